import { isTestFile } from "../source-file.ts";
import type { Workspace } from "../workspace.ts";

const MARKER = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const RUNNER = new Set(["it", "test", "describe", "suite", "bench"]);
const SWITCHES = new Set(["skip", "only", "todo", "fails"]);

/** Nothing is left for later: no notes to do something, no test switched off or run alone. */
export function leftovers({ files }: Workspace): string[] {
  const violations: string[] = [];
  for (const { path, comments, names } of files) {
    for (const { text, line } of comments) {
      const marker = MARKER.exec(text);
      if (marker !== null) violations.push(`${path}:${line} says ${marker[0]}`);
    }
    if (!isTestFile(path)) continue;
    for (const { text, line } of names) {
      const [root, ...members] = text.split(".");
      if (RUNNER.has(root) && members.length > 0 && SWITCHES.has(members[members.length - 1])) {
        violations.push(`${path}:${line} uses ${text}; skipIf with a reason is for what cannot run here`);
      }
    }
  }
  return violations;
}
