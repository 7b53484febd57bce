import { fileURLToPath } from "node:url";
import type { Application } from "express";
import { build, createServer, type InlineConfig } from "vite";

/** Built once at start and kept in memory, or compiled on demand from what is on disk at that moment. */
export type PageMode = "built" | "development";

const config: InlineConfig = {
  root: fileURLToPath(new URL("../web", import.meta.url)),
  configFile: false,
  // The packages of this repository are taken from their source.
  resolve: { conditions: ["@tidelock/source", "module", "browser", "development|production"] },
  build: { write: false, target: "es2023", chunkSizeWarningLimit: 1500 },
  logLevel: "warn",
};

/** Names of built files carry a hash of their content: they never change. The page itself names them and may. */
const FOREVER = "public, max-age=31536000, immutable";

export async function servePage(app: Application, mode: PageMode): Promise<void> {
  if (mode === "development") {
    const vite = await createServer({
      ...config,
      appType: "spa",
      server: { middlewareMode: true, hmr: false },
    });
    app.use(vite.middlewares);
    return;
  }
  for (const [path, content] of await buildPage()) {
    const isPage = path === "/index.html";
    app.get(isPage ? ["/", path] : path, (_request, response) => {
      response.set("Cache-Control", isPage ? "no-cache" : FOREVER);
      response.type(path.slice(path.lastIndexOf(".") + 1)).send(content);
    });
  }
}

/** Every file of the page by its path. */
async function buildPage(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const result = await build(config);
  for (const bundle of Array.isArray(result) ? result : [result]) {
    if (!("output" in bundle)) continue;
    for (const file of bundle.output)
      files.set(`/${file.fileName}`, Buffer.from(file.type === "chunk" ? file.code : file.source));
  }
  return files;
}
