import { packageOf, resolveRelative, type Workspace } from "../workspace.ts";

/** Which packages a package may import. What is not listed may not be imported: dependencies point one way. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  server: ["shared"],
  "client-sdk": ["shared"],
  examples: ["shared", "server", "client-sdk"],
  tools: ["shared", "server", "client-sdk", "examples"],
  bench: ["shared", "server", "client-sdk", "examples", "tests"],
  tests: ["shared", "server", "client-sdk", "examples", "tools"],
};

function top(folder: string): string {
  return folder.split("/")[0];
}

/**
 * Packages are entered by name through index.ts or a declared sub-path, and only in the allowed direction. Those that
 * declare no entry (examples, benches) are programs, and reached by path.
 */
export function packageBoundaries(workspace: Workspace): string[] {
  const violations: string[] = [];
  for (const { path, imports } of workspace.files) {
    const own = packageOf(workspace, path);
    if (own === undefined) continue;
    for (const { text, line } of imports) {
      const at = `${path}:${line}`;
      const isPath = text.startsWith(".");
      const imported = isPath
        ? packageOf(workspace, resolveRelative(path, text))
        : workspace.packages.find(({ name }) => text === name || text.startsWith(`${name}/`));
      if (imported === undefined) {
        if (isPath) violations.push(`${at} leaves its package by the path "${text}"`);
        continue;
      }
      if (imported !== own && !ALLOWED[top(own.folder)]?.includes(top(imported.folder))) {
        violations.push(`${at} imports ${text}: ${own.folder} may not depend on ${imported.folder}`);
      } else if (isPath) {
        const isOpen = imported === own || imported.subPaths === undefined;
        if (!isOpen)
          violations.push(`${at} leaves its package by the path "${text}"; import ${imported.name}`);
      } else if (!(imported.subPaths ?? []).includes(`.${text.slice(imported.name.length)}`)) {
        violations.push(`${at} imports ${text}, which ${imported.folder}/package.json does not declare`);
      }
    }
  }
  return violations;
}
