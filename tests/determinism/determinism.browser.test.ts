import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { type ServedPage, servePage } from "../browser/harness/page-server.ts";
import { runs } from "./runs.ts";

describe.skipIf(findChromium() === undefined)("10,000 scripted steps", () => {
  let browser: Browser;
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL("determinism-page.ts", import.meta.url)));
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction("typeof runDeterminism === 'function'");
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test.each(runs)(
    "of $name give the same hashes in Node and in Chromium",
    { timeout: 300_000 },
    async (run) => {
      const inNode = run.module.run();
      const inChromium: number[] = await page.evaluate(`runDeterminism(${JSON.stringify(run.name)})`);
      expect(inNode).toHaveLength(100);
      expect(new Set(inNode).size).toBe(100);
      expect(inChromium).toEqual(inNode);
    },
  );
});
