import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build, type Rolldown } from "vite";

/** A page that is served, and how to stop serving it. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** What a bundler says the build is for. */
export type BuildKind = "production" | "development";

/** Bundles a TypeScript entry for the browser, with the packages taken from their sources. */
export async function bundleForBrowser(entry: string, kind: BuildKind = "production"): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": JSON.stringify(kind) },
    resolve: { conditions: ["@tidelock/source", "browser", "import", "module", "default"] },
    build: {
      write: false,
      minify: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: entry },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  for (const { output } of outputs) {
    for (const chunk of output) if (chunk.type === "chunk" && chunk.isEntry) return chunk.code;
  }
  throw new Error(`The bundle of ${entry} has no entry chunk.`);
}

/** Serves one empty page that runs `entry`, on a free port of the loopback interface. */
export async function servePage(entry: string, kind: BuildKind = "production"): Promise<ServedPage> {
  const script = await bundleForBrowser(entry, kind);
  const html = `<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
