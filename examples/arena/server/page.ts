import { fileURLToPath } from "node:url";
import express, { type Application } from "express";
import { build, createServer, type InlineConfig } from "vite";

const root = fileURLToPath(new URL("../web", import.meta.url));
const built = fileURLToPath(new URL("../dist", import.meta.url));

const config: InlineConfig = {
  root,
  configFile: false,
  // The packages of this repository are taken from their source.
  resolve: { conditions: ["@tidelock/source", "module", "browser", "development|production"] },
  build: { outDir: built, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 1500 },
  logLevel: "warn",
};

/** Serves the page: built once at start, or, in development, compiled on demand from what is on disk at that moment. */
export async function servePage(app: Application, mode: "built" | "development"): Promise<void> {
  if (mode === "development") {
    const vite = await createServer({
      ...config,
      appType: "spa",
      server: { middlewareMode: true, hmr: false },
    });
    app.use(vite.middlewares);
    return;
  }
  await build(config);
  app.use(express.static(built));
}
