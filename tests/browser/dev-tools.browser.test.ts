import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "./harness/chromium.ts";
import { type ServedPage, servePage } from "./harness/page-server.ts";

/** Frames enough for a few pictures of the graph, which come 20 times a second. */
const A_WHILE_MS = 400;

describe.skipIf(findChromium() === undefined)("the tools for developers, in Chromium", () => {
  let browser: Browser;
  let served: ServedPage;
  let page: Page;
  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL("pages/dev-tools-page.ts", import.meta.url)));
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage({ viewport: { width: 640, height: 720 } });
    await page.goto(served.url);
    await page.waitForFunction("'tools' in globalThis && tools.graph !== undefined");
    return page;
  });

  const asked = (): Promise<number> => page.evaluate(() => tools.asked);

  it("cost nothing while hidden: no figure is asked for, nothing is laid out", async () => {
    expect(await page.evaluate(() => document.querySelector("canvas")!.getClientRects().length)).toBe(0);
    const before = await asked();
    await page.waitForTimeout(A_WHILE_MS);
    expect(await asked()).toBe(before);
  });

  it("come and go by their key, but not while somebody writes", async () => {
    await page.keyboard.press("Backquote");
    await page.waitForFunction("tools.asked > 10");
    expect(await page.isVisible("canvas")).toBe(true);
    await page.click("#chat");
    await page.keyboard.press("Backquote");
    expect(await page.isVisible("canvas")).toBe(true);
    expect(await page.inputValue("#chat")).toBe("`");
    await page.click("#game");
    await page.keyboard.press("Backquote");
    expect(await page.isVisible("canvas")).toBe(false);
    const before = await asked();
    await page.waitForTimeout(A_WHILE_MS);
    expect(await asked()).toBe(before);
  });

  it("grow at a tap, count bytes only then, and leave room for what is optional", async () => {
    await page.evaluate(() => tools.graph.toggle());
    await page.waitForFunction("tools.asked > 10");
    const height = (): Promise<number> =>
      page.evaluate(() => document.querySelector("canvas")!.getBoundingClientRect().height);
    const small = await height();
    expect(await page.evaluate(() => tools.counting)).toBe(false);
    await page.click("canvas");
    await page.waitForTimeout(A_WHILE_MS);
    const full = await height();
    expect(full).toBeGreaterThan(2 * small);
    expect(await page.evaluate(() => tools.counting)).toBe(true);
    await page.evaluate(() => tools.hit());
    await page.waitForTimeout(A_WHILE_MS);
    expect(await height()).toBeGreaterThan(full);
    await page.click("canvas");
    await page.waitForTimeout(A_WHILE_MS);
    expect(await height()).toBe(small);
    expect(await page.evaluate(() => tools.counting)).toBe(false);
  });

  it("draw lost, late and timely snapshots, and frames on both sides of the newest", async () => {
    await page.evaluate(() => tools.graph.toggle());
    await page.waitForFunction("tools.asked > 60");
    const colours = await page.evaluate(() => tools.colours());
    for (const colour of ["255,106,61", "240,228,66", "47,197,155", "86,180,233", "245,166,35"])
      expect(colours[colour] ?? 0, colour).toBeGreaterThan(20);
  });

  it("fit a narrow phone", async () => {
    await page.setViewportSize({ width: 300, height: 600 });
    await page.evaluate(() => tools.graph.toggle());
    await page.waitForFunction("tools.asked > 10");
    await page.evaluate(() => tools.graph.resize("full"));
    await page.waitForTimeout(A_WHILE_MS);
    const box = await page.evaluate(() => document.querySelector("canvas")!.getBoundingClientRect().toJSON());
    expect(box.right).toBeLessThanOrEqual(300);
    expect(box.bottom).toBeLessThanOrEqual(600);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
  });

  it("name the simulated network, change it at once, and keep the keys of the menu from the game", async () => {
    const badge = page.locator("label", { hasText: "Simulated network" });
    expect(await badge.locator("select").inputValue()).toBe("regional");
    await badge.locator("select").selectOption("badWifi");
    expect(await page.evaluate(() => tools.session.condition)).toBe("badWifi");
    await badge.locator("select").focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => tools.keys)).toEqual([]);
    await page.evaluate(() => void (tools.session.condition = "latency=120"));
    await page.waitForFunction(
      () =>
        document.querySelector("[data-tidelock-corner] div")!.shadowRoot!.querySelector("select")!.value ===
        "latency=120",
    );
  });

  it("share one corner, and move nothing in the page", async () => {
    const top = (): Promise<number> =>
      page.evaluate(() => document.querySelector("#game")!.getBoundingClientRect().top);
    const before = await top();
    await page.evaluate(() => {
      tools.mountAnother();
      tools.graph.toggle();
    });
    expect(await page.locator("[data-tidelock-corner]").count()).toBe(1);
    expect(await page.locator("canvas").count()).toBe(2);
    expect(await top()).toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(720);
  });
});
