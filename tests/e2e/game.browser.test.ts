import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import { type ServedPage, servePage } from "../browser/harness/page-server.ts";
import { startUdpRelay, type UdpRelay } from "../browser/harness/udp-relay.ts";
import type { GameReport } from "../browser/pages/game-page.ts";
import { type FieldServer, startFieldServer } from "./field-server.ts";

/** Play has to go on within this, whatever happens to UDP. */
const RESUME_MS = 2000;
/** Times are generous because machines are busy; what has to be fast is measured in the page. */
const PATIENCE = { timeout: 20_000 };

describe.skipIf(findChromium() === undefined)("two pages in Chromium play one field", () => {
  let browser: Browser;
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL("../browser/pages/game-page.ts", import.meta.url)));
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const report = (page: Page): Promise<GameReport> => page.evaluate(() => game.report());
  const open = async (server: FieldServer): Promise<Page> => {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error("page error:", error.message));
    await page.goto(served.url);
    await page.waitForFunction("'game' in globalThis");
    await page.evaluate((url) => game.start(url), server.url);
    return page;
  };
  const usesTransport = (page: Page, transport: string) =>
    page.waitForFunction((wanted) => game.report().transport === wanted, transport, PATIENCE);

  /** Holds a key in one page until the other has shown that player move by two units. */
  const seesMove = async (mover: Page, watcher: Page, key: "ArrowRight" | "ArrowLeft"): Promise<void> => {
    const sign = key === "ArrowRight" ? 1 : -1;
    await watcher.waitForFunction(() => game.report().other !== undefined, undefined, PATIENCE);
    const from = (await report(watcher)).other![0];
    await mover.keyboard.down(key);
    await watcher.waitForFunction(
      ([start, way]) => (game.report().other![0] - start) * way > 2,
      [from, sign] as const,
      PATIENCE,
    );
    await mover.keyboard.up(key);
  };
  const receivedDuring = async (page: Page, action: () => Promise<unknown>) => {
    const before = (await report(page)).received;
    await action();
    const { received } = await report(page);
    return {
      websocket: received.websocket - before.websocket,
      datachannel: received.datachannel - before.datachannel,
    };
  };

  describe.each([
    ["webrtc-direct", "direct"],
    ["webrtc-geckos", "geckos"],
  ] as const)("with %s", (kind, transport) => {
    let relay: UdpRelay;
    let server: FieldServer;
    let pages: Page[] = [];
    beforeAll(async () => {
      const udpPort = await freeUdpPort();
      relay = await startUdpRelay(udpPort);
      server = await startFieldServer({
        transport,
        udpPort,
        publicAddress: "127.0.0.1",
        publicUdpPort: relay.port,
      });
    });
    beforeEach(async () => {
      relay.cut = false;
      await Promise.all(pages.map((page) => page.close()));
      pages = [];
    });
    afterAll(async () => {
      await Promise.all(pages.map((page) => page.close()));
      await server.close();
      await relay.close();
    });

    it("over the datachannel and not over the WebSocket, and each sees the other move", async () => {
      pages = [await open(server), await open(server)];
      const [one, two] = pages;
      await Promise.all(pages.map((page) => usesTransport(page, kind)));
      // What the server sent before it knew of the datachannel may still be under way.
      await one.waitForTimeout(500);
      for (const [mover, watcher] of [
        [one, two],
        [two, one],
      ]) {
        const received = await receivedDuring(watcher, async () => {
          await seesMove(mover, watcher, "ArrowRight");
          await watcher.waitForTimeout(1000);
        });
        expect(received.websocket).toBe(0);
        expect(received.datachannel).toBeGreaterThan(25);
      }
    }, 60_000);

    it("over the WebSocket when UDP is blocked from the start", async () => {
      relay.cut = true;
      pages = [await open(server), await open(server)];
      const [one, two] = pages;
      await seesMove(one, two, "ArrowRight");
      await seesMove(two, one, "ArrowLeft");
      // Longer than an attempt at a datachannel lasts, so that it is over that play goes on without.
      await one.waitForTimeout(4500);
      for (const page of pages) {
        const { transport: used, received, longestGapMs } = await report(page);
        expect(used).toBe("websocket");
        expect(received.datachannel).toBe(0);
        expect(received.websocket).toBeGreaterThan(150);
        expect(longestGapMs).toBeLessThan(RESUME_MS);
      }
    }, 60_000);

    it("without a pause of two seconds when UDP is cut, and over the datachannel again when it is back", async () => {
      pages = [await open(server), await open(server)];
      const [one, two] = pages;
      await Promise.all(pages.map((page) => usesTransport(page, kind)));
      await seesMove(one, two, "ArrowRight");
      await Promise.all(pages.map((page) => page.evaluate(() => game.resetGap())));
      relay.cut = true;
      await seesMove(one, two, "ArrowLeft");
      await Promise.all(pages.map((page) => usesTransport(page, "websocket")));
      await seesMove(two, one, "ArrowRight");
      const gaps = await Promise.all(pages.map(async (page) => (await report(page)).longestGapMs));
      relay.cut = false;
      await Promise.all(pages.map((page) => usesTransport(page, kind)));
      const received = await receivedDuring(two, () => seesMove(one, two, "ArrowRight"));
      expect(received.datachannel).toBeGreaterThan(5);
      const atReturn = await Promise.all(pages.map(async (page) => (await report(page)).longestGapMs));
      console.info(
        `${kind}: longest pause ${gaps.map(Math.round)} ms, ${atReturn.map(Math.round)} ms with the return`,
      );
      for (const gap of atReturn) expect(gap).toBeLessThan(RESUME_MS);
    }, 60_000);
  });
});
