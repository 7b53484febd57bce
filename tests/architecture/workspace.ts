import { readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { parseSource, type SourceFile } from "./source-file.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", ".git", ".vite"]);

export interface WorkspacePackage {
  /** As it is imported, for example `@tidelock/shared`. */
  readonly name: string;
  /** From the root, without a slash at the end. */
  readonly folder: string;
  /** Sub-paths that package.json declares, "." included; undefined where it declares none. */
  readonly subPaths: readonly string[] | undefined;
}

export interface Workspace {
  readonly packages: readonly WorkspacePackage[];
  readonly files: readonly SourceFile[];
}

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** Reads every package and every TypeScript file below the root. */
export function readWorkspace(root: string = ROOT): Workspace {
  const packages: WorkspacePackage[] = [];
  const files: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) walk(path);
      } else if (entry.name.endsWith(".ts")) {
        files.push(parseSource(path, readFileSync(join(root, path), "utf8")));
      } else if (entry.name === "package.json" && folder !== "") {
        const { name, exports } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
        packages.push({ name, folder, subPaths: exports === undefined ? undefined : Object.keys(exports) });
      }
    }
  };
  walk("");
  return { packages, files };
}

/** The package a file belongs to: the one with the longest folder that holds it. */
export function packageOf(workspace: Workspace, path: string): WorkspacePackage | undefined {
  return workspace.packages
    .filter(({ folder }) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

/** Where a relative import leads, from the root of the repository. */
export function resolveRelative(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}
