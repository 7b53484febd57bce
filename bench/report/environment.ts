import { execFileSync } from "node:child_process";
import { cpus } from "node:os";

/** The processor and the Node version that the figures were measured on. */
export function machine(): string {
  const processors = cpus();
  return `${processors.length} x ${processors[0]?.model.trim() ?? "unknown processor"}, Node ${process.versions.node}`;
}

/** The commit that was measured, marked when the tree had changes; "unknown" outside a repository. */
export function commit(): string {
  try {
    const hash = git("rev-parse", "--short", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no") === "" ? hash : `${hash}+changes`;
  } catch {
    return "unknown";
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}
