import { fileURLToPath } from "node:url";
import type { Application } from "express";
import { build } from "vite";

/** Builds the page once and serves it from memory. */
export async function servePage(app: Application): Promise<void> {
  const result = await build({
    root: fileURLToPath(new URL("../web", import.meta.url)),
    configFile: false,
    // The packages of this repository are taken from their source.
    resolve: { conditions: ["@tidelock/source", "module", "browser", "development|production"] },
    build: { write: false, target: "es2023" },
    logLevel: "warn",
  });
  for (const bundle of Array.isArray(result) ? result : [result]) {
    if (!("output" in bundle)) continue;
    for (const file of bundle.output) {
      const path = `/${file.fileName}`;
      app.get(path === "/index.html" ? ["/", path] : path, (_request, response) => {
        response.type(path.slice(path.lastIndexOf(".") + 1));
        response.send(Buffer.from(file.type === "chunk" ? file.code : file.source));
      });
    }
  }
}
