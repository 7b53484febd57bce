import { fileURLToPath } from "node:url";
import { type DatachannelHost, openDirectHost, openGeckosHost } from "@tidelock/server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "./harness/chromium.ts";
import { type EchoServer, startEchoServer } from "./harness/echo-server.ts";
import { freeUdpPort } from "./harness/free-port.ts";
import { type ServedPage, servePage } from "./harness/page-server.ts";
import { startUdpRelay, type UdpRelay } from "./harness/udp-relay.ts";
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

  const hosts = [
    ["webrtc-direct", openDirectHost],
    ["webrtc-geckos", openGeckosHost],
  ] as const;
  describe.each(hosts)("%s", (kind, openHost) => {
    let relay: UdpRelay;
    let host: DatachannelHost;
    let server: EchoServer;
    beforeAll(async () => {
      const port = await freeUdpPort();
      relay = await startUdpRelay(port);
      host = openHost({
        port,
        bindAddress: "127.0.0.1",
        externalAddress: "127.0.0.1",
        externalPort: relay.port,
      });
      server = await startEchoServer(host);
    });
    beforeEach(() => {
      relay.cut = false;
    });
    afterAll(async () => {
      await server.close();
      await host.close();
      await relay.close();
    });

    it("moves to the datachannel and exchanges frames there in both directions", async () => {
      const page = await open(server);
      await page.waitForFunction(`report().transport === '${kind}'`, undefined, { timeout: 5000 });
      await page.waitForTimeout(100);
      const before = await report(page);
      const inputsBefore = server.inputs.count;
      await page.waitForTimeout(1000);
      const after = await report(page);
      expect(after.snapshots.datachannel - before.snapshots.datachannel).toBeGreaterThan(40);
      expect(after.snapshots.websocket).toBe(before.snapshots.websocket);
      expect(server.inputs.count - inputsBefore).toBeGreaterThan(20);
      expect(server.links.at(-1)?.transport).toBe(kind);
      expect(after.drops).toEqual({});
      await page.close();
    });

    it("carries Colyseus' own unreliable fields and messages", async () => {
      const page = await open(server);
      await page.waitForFunction(`report().transport === '${kind}'`, undefined, { timeout: 5000 });
      await page.waitForFunction("report().beatChanges > 20 && report().wordsHeard > 0", undefined, {
        timeout: 5000,
      });
      await page.close();
    });

    it("goes on over the WebSocket within a second when UDP is cut, and comes back when it returns", async () => {
      const page = await open(server);
      await page.waitForFunction(`report().transport === '${kind}'`, undefined, { timeout: 5000 });
      await page.waitForTimeout(500);
      await page.evaluate("resetGap()");
      relay.cut = true;
      const inputsBefore = server.inputs.count;
      await page.waitForTimeout(2000);
      const during = await report(page);
      expect(during.transport).toBe("websocket");
      expect(during.longestGapMs).toBeLessThan(1500);
      expect(during.snapshots.websocket).toBeGreaterThan(20);
      expect(server.inputs.count - inputsBefore).toBeGreaterThan(15);
      relay.cut = false;
      await page.waitForFunction(`report().transport === '${kind}'`, undefined, { timeout: 10_000 });
      await page.close();
    }, 30_000);

    it("stays on the WebSocket when UDP never gets through", async () => {
      relay.cut = true;
      const page = await open(server);
      await page.waitForFunction("report().drops['datachannel-attempt-timeout'] > 0", undefined, {
        timeout: 10_000,
      });
      const state = await report(page);
      expect(state.transport).toBe("websocket");
      expect(state.snapshots.websocket).toBeGreaterThan(100);
      expect(state.snapshots.datachannel).toBe(0);
      expect(state.longestGapMs).toBeLessThan(500);
      await page.close();
    }, 30_000);
  });

  it("stays on the WebSocket when the server has no WebRTC", async () => {
    const server = await startEchoServer(undefined);
    const page = await open(server);
    await page.waitForFunction("report().snapshots.websocket > 20", undefined, { timeout: 5000 });
    const state = await report(page);
    expect(state.transport).toBe("websocket");
    expect(state.drops).toEqual({ "datachannel-refused-off": 1 });
    await page.close();
    await server.close();
  });
});
