import { resolveRelative, type Workspace } from "../workspace.ts";

/** No file loads itself through its imports. Type imports, gone when the code runs, may point back. */
export function importCycles({ files }: Workspace): string[] {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ text, typeOnly }) => text.startsWith(".") && !typeOnly)
        .map(({ text }) => resolveRelative(path, text)),
    ]),
  );
  const violations: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      violations.push([...trail.slice(start), path].join(" -> "));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of targets.keys()) visit(path);
  return violations;
}
