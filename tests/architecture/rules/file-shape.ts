import { posix } from "node:path";
import type { Workspace } from "../workspace.ts";

const MAX_LINES = 400;

/** Names that say nothing about what is inside, so that everything ends up inside. */
const EMPTY_NAMES = new Set(["utils", "util", "helpers", "helper", "common", "types", "misc"]);

/** A file holds one concept: it is short, and it is named after the concept. */
export function fileShape({ files }: Workspace): string[] {
  const violations: string[] = [];
  for (const { path, lineCount } of files) {
    if (lineCount > MAX_LINES) violations.push(`${path} has ${lineCount} lines; ${MAX_LINES} are allowed`);
    const parts = path.split("/");
    const stem = posix.basename(path).split(".")[0];
    const empty = [...parts.slice(0, -1), stem].find((part) => EMPTY_NAMES.has(part));
    if (empty !== undefined) violations.push(`${path}: "${empty}" names no concept`);
  }
  return violations;
}
