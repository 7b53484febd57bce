import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** Runs an installed tool; resolves with its exit code and, unless it is shown live, all that it printed. */
export function runTool(
  tool: string,
  args: readonly string[],
  { live = false, limitMinutes }: { live?: boolean; limitMinutes: number },
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const path = `${resolve(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
    const child = spawn(tool, args, {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: live ? "inherit" : ["ignore", "pipe", "pipe"],
      // A group of its own, so that at the limit its workers end with it.
      detached: true,
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself in the meantime.
      }
    };
    const interrupt = (): void => {
      end();
      process.exit(130);
    };
    process.once("SIGINT", interrupt);
    process.once("SIGTERM", interrupt);
    const timer = setTimeout(() => {
      chunks.push(Buffer.from(`${tool} was ended after ${limitMinutes} minutes.\n`));
      if (live) console.log(`${tool} was ended after ${limitMinutes} minutes.`);
      end();
    }, limitMinutes * 60_000);
    const finish = (code: number, output: string): void => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
      done({ code, output });
    };
    child.on("error", (error) => finish(1, error.message));
    child.on("close", (code) => finish(code ?? 1, Buffer.concat(chunks).toString()));
  });
}
