import { fileURLToPath } from "node:url";
import { condition } from "@tidelock/shared";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { type ServedPage, servePage } from "../browser/harness/page-server.ts";
import type { DrawnFrame } from "../browser/pages/game-page.ts";
import { type FieldProcess, startFieldProcess } from "./start-field-process.ts";

/** 150 ms there and back on average, 20 ms of jitter and 2% lost, each way. */
const ROUGH = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 2 });
const PLAY_MS = 20_000;
/** Clock, lead and play-out have found their places after this. */
const SETTLE_MS = 5000;
/** A page or a server that stood still this long had no processor: an input made in that time cannot be early enough. */
const STALL_MS = 50;
/** What a stall does is over after this: the round trip, the input lead and a few snapshots. */
const AFTERMATH_MS = 1000;
/** Units per second of a player of the field. */
const SPEED = 7;
/** What is shown of others may run this much faster than their time, and steps by the shown grid. */
const PLAYOUT = 1.15;
const SHOWN_STEP = 1 / 64;

type Interval = readonly [fromMs: number, toMs: number];

describe.skipIf(findChromium() === undefined)("a page at 150 ms, 20 ms jitter and 2% loss", () => {
  let browser: Browser;
  let served: ServedPage;
  let server: FieldProcess;
  let pages: readonly [Page, Page];
  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL("../browser/pages/game-page.ts", import.meta.url)));
    server = await startFieldProcess();
    browser = await launchChromium();
    pages = [await open(), await open()];
    for (const page of pages) {
      await page.waitForFunction(() => game.report().transport === "webrtc-direct", undefined, {
        timeout: 20_000,
      });
      await page.evaluate((rough) => game.setCondition(rough), ROUGH);
    }
    await pages[0].waitForTimeout(SETTLE_MS);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    server?.close();
  });

  async function open(): Promise<Page> {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error("page error:", error.message));
    await page.goto(served.url);
    await page.waitForFunction("'game' in globalThis");
    await page.evaluate((url) => game.start(url), server.url);
    return page;
  }

  it("moves its player in the frame that follows the key press", async () => {
    const [page] = pages;
    await page.bringToFront();
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft", "ArrowRight"]) {
      await page.evaluate(() => game.takeFrames());
      await page.waitForTimeout(300);
      await page.keyboard.down(key);
      await page.waitForTimeout(200);
      await page.keyboard.up(key);
      // The field's players take a moment to stand still.
      await page.waitForTimeout(1500);
      const frames = await page.evaluate(() => game.takeFrames());
      const press = frames.findIndex(({ pressed }) => pressed.includes(key));
      const x = frames.map(({ mine }) => mine?.[0] ?? Number.NaN);
      expect(press).toBeGreaterThan(2);
      expect(x[press - 1]).toBe(x[press - 2]);
      const way = key === "ArrowRight" ? 1 : -1;
      expect((x[press] - x[press - 1]) * way).toBeGreaterThan(0);
    }
  }, 60_000);

  it("is never corrected while nothing collides, and shows no remote player jump", async () => {
    for (const page of pages) await page.evaluate(() => game.wander(true));
    await pages[0].waitForTimeout(3000);
    const before = await server.report();
    // Until what was missed before has been put right on the screen.
    await pages[0].waitForTimeout(1000);
    for (const page of pages) await page.evaluate(() => game.takeFrames());
    await pages[0].waitForTimeout(PLAY_MS);
    const after = await server.report();
    const missed = after.players.map((player, i) => player.missed - before.players[i].missed);
    for (const [i, page] of pages.entries()) {
      const frames = await page.evaluate(() => game.takeFrames());
      const { timeOrigin, rttMs, leadTicks } = await page.evaluate(() => game.report());
      const stalls = [
        ...stallsOf(frames),
        ...after.stalls.map(([from, to]): Interval => [from - timeOrigin, to - timeOrigin]),
      ];
      const calm = (atMs: number): boolean =>
        !stalls.some(([from, to]) => atMs >= from && atMs <= to + AFTERMATH_MS);
      const corrected = frames.filter(
        ({ corrections }, i) => i > 0 && corrections !== frames[i - 1].corrections,
      );
      const judged = frames.filter(({ atMs }) => calm(atMs)).length;
      console.info(
        `frames ${frames.length}, judged ${judged}, corrections ${corrected.length}, of them calm ${corrected.filter(({ atMs }) => calm(atMs)).length}, ` +
          `stalls ${stalls.length}, missed inputs ${missed}, rtt ${rttMs.toFixed(0)} ms, lead ${leadTicks.toFixed(1)}, ` +
          `largest excess of motion ${largestExcess(frames, () => true).toFixed(4)}, calm ${largestExcess(frames, calm).toFixed(4)}`,
      );
      // The server does not agree to an input that came too late; how many may is tested in virtual time.
      expect(corrected.filter(({ atMs }) => calm(atMs)).length).toBeLessThanOrEqual(missed[i]);
      expect(judged).toBeGreaterThan(frames.length / 10);
      expect(largestExcess(frames, calm)).toBeLessThanOrEqual(0);
    }
  }, 60_000);
});

/** When the page drew no frame although many were due. */
function stallsOf(frames: readonly DrawnFrame[]): Interval[] {
  const stalls: Interval[] = [];
  for (let i = 1; i < frames.length; i += 1)
    if (frames[i].atMs - frames[i - 1].atMs > STALL_MS) stalls.push([frames[i - 1].atMs, frames[i].atMs]);
  return stalls;
}

/** The most by which the other player moved further between two frames, on one axis, than the time between them allows. */
function largestExcess(frames: readonly DrawnFrame[], judged: (atMs: number) => boolean): number {
  let largest = -Infinity;
  for (let i = 1; i < frames.length; i += 1) {
    const [from, to] = [frames[i - 1].other, frames[i].other];
    if (from === undefined || to === undefined || !judged(frames[i].atMs)) continue;
    const allowed = (SPEED * PLAYOUT * (frames[i].atMs - frames[i - 1].atMs)) / 1000 + SHOWN_STEP;
    for (const axis of [0, 1] as const)
      largest = Math.max(largest, Math.abs(to[axis] - from[axis]) - allowed);
  }
  return largest;
}
