import { fileURLToPath } from "node:url";
import { type DatachannelHost, openDirectHost } from "@tidelock/server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "./harness/chromium.ts";
import { type EchoServer, startEchoServer } from "./harness/echo-server.ts";
import { type ServedPage, servePage } from "./harness/page-server.ts";
import type { TransportReport } from "./pages/transport-page.ts";

describe.skipIf(findChromium() === undefined)("transport in Chromium", () => {
  let browser: Browser;
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL("pages/transport-page.ts", import.meta.url)));
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const report = (page: Page): Promise<TransportReport> => page.evaluate("report()");
  const open = async (server: EchoServer): Promise<Page> => {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error("page error:", error.message));
    await page.goto(served.url);
    await page.waitForFunction("typeof start === 'function'");
    await page.evaluate(`start(${JSON.stringify(server.url)}, true)`);
    return page;
  };

  it("moves to the direct datachannel and exchanges frames there in both directions", async () => {
    const host: DatachannelHost = openDirectHost({ port: 41_201, bindAddress: "127.0.0.1" });
    const server = await startEchoServer(host);
    try {
      const page = await open(server);
      await page.waitForFunction("report().transport === 'webrtc-direct'", undefined, { timeout: 5000 });
      const before = await report(page);
      const inputsBefore = server.inputs.count;
      await page.waitForTimeout(1000);
      const after = await report(page);
      console.log(after);
      expect(after.snapshots.datachannel - before.snapshots.datachannel).toBeGreaterThan(40);
      expect(after.snapshots.websocket).toBe(before.snapshots.websocket);
      expect(server.inputs.count - inputsBefore).toBeGreaterThan(20);
      expect(server.links[0].transport).toBe("webrtc-direct");
    } finally {
      await server.close();
      await host.close();
    }
  });
});
