import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { type BuildKind, type ServedPage, servePage } from "../browser/harness/page-server.ts";
import { type FieldServer, startFieldServer } from "./field-server.ts";

const GAME_PAGE = fileURLToPath(new URL("../browser/pages/game-page.ts", import.meta.url));
/** What "regional" adds to a round trip. */
const REGIONAL_MS = 40;
const BADGE = "[data-tidelock-corner] label";

describe.skipIf(findChromium() === undefined)("a page that joins and says nothing of networks", () => {
  let browser: Browser;
  let server: FieldServer;
  let served: ServedPage | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    server = await startFieldServer();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(() => served?.close());

  async function play(kind: BuildKind): Promise<Page> {
    served = await servePage(GAME_PAGE, kind);
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction("'game' in globalThis");
    await page.evaluate((url) => game.start(url), server.url);
    await page.waitForFunction(() => game.report().rttMs > 0);
    await page.waitForTimeout(1500);
    return page;
  }

  it("plays on the network of most players in a development build, and says so", async () => {
    const page = await play("development");
    expect(await page.textContent(BADGE)).toContain("Simulated network");
    expect(await page.locator(`${BADGE} select`).inputValue()).toBe("regional");
    expect((await page.evaluate(() => game.report())).rttMs).toBeGreaterThan(REGIONAL_MS);
    await page.locator(`${BADGE} select`).selectOption("off");
    expect((await page.evaluate(() => game.report())).condition).toBe("off");
  }, 60_000);

  it("plays on the network there is in a production build", async () => {
    const page = await play("production");
    expect(await page.locator("[data-tidelock-corner]").count()).toBe(0);
    expect((await page.evaluate(() => game.report())).condition).toBe("off");
  }, 60_000);
});

describe("a client in Node", () => {
  it("plays on the network there is unless NODE_ENV says development, and names what the server imitates", async () => {
    const { join } = await import("@tidelock/client");
    const { field } = await import("../stepper/field-game.ts");
    const server = await startFieldServer({ condition: "lan/latency=30" });
    const before = process.env.NODE_ENV;
    try {
      for (const [env, condition] of [
        [undefined, "off"],
        ["production", "off"],
        ["development", "regional"],
      ] as const) {
        if (env === undefined) delete process.env.NODE_ENV;
        else process.env.NODE_ENV = env;
        const session = await join(server.url, field, { rtc: null });
        expect(session.condition).toBe(condition);
        const shown = condition === "off" ? "server lan/latency=30" : `${condition} + server lan/latency=30`;
        expect(session.stats.conditioner).toBe(shown);
        await session.leave();
      }
      process.env.NODE_ENV = "development";
      const session = await join(server.url, field, { rtc: null, condition: "mobile,loss=3" });
      expect(session.condition).toBe("mobile,loss=3");
      expect(() => (session.condition = "dialup")).toThrow(/config\/condition/);
      await session.leave();
    } finally {
      process.env.NODE_ENV = before;
      await server.close();
    }
  }, 30_000);
});
