import { parseSource } from "./source-file.ts";
import type { Workspace } from "./workspace.ts";

/** A workspace with the real packages and made-up files, to prove that a rule sees what it forbids. */
export function planted(files: Readonly<Record<string, string>>): Workspace {
  return {
    packages: [
      { name: "@tidelock/shared", folder: "shared", subPaths: [".", "./testing"] },
      { name: "@tidelock/server", folder: "server", subPaths: ["."] },
      { name: "@tidelock/client", folder: "client-sdk", subPaths: ["."] },
      { name: "@tidelock/example-arena", folder: "examples/arena", subPaths: undefined },
      { name: "@tidelock/tests", folder: "tests", subPaths: undefined },
    ],
    files: Object.entries(files).map(([path, text]) => parseSource(path, text)),
  };
}
