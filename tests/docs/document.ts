import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Reads a file of the repository by its path from the root. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** Paths from the root of all files under `folder` that end so, tests left out when asked. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !path.split("/").includes("node_modules"))
    .map((path) => `${folder}/${path}`);
}

/** The sources that ship: no tests, no fixtures. */
export function productSources(): string[] {
  return ["shared/src", "server/src", "client-sdk/src"]
    .flatMap((folder) => filesUnder(folder, ".ts"))
    .filter((path) => !path.endsWith(".test.ts") && !path.endsWith("-conformance.ts"));
}

/** The documents of the repository. */
export function documents(): string[] {
  const top = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
  return [...top, ...filesUnder("docs", ".md")];
}

/** A code block of a document, by what stands behind its opening fence. */
export interface CodeBlock {
  readonly info: string;
  readonly text: string;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```([^\n]+)\n([\s\S]*?)^```$/gm)].map(([, info, text]) => ({
    info: info.trim(),
    text: text.trimEnd(),
  }));
}
