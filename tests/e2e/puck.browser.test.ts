import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PuckServer, startPuckServer } from "../../examples/puck/server/puck-server.ts";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { freeUdpPort } from "../browser/harness/free-port.ts";

/** A processor that draws WebGL itself shows few pictures per second: conditions get all the time they need. */
const PATIENCE = { timeout: 45_000 };
const SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const DESKTOP: BrowserContextOptions = { viewport: { width: 480, height: 320 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 300, height: 560 },
  hasTouch: true,
  isMobile: true,
};

describe.skipIf(findChromium() === undefined)("puck in Chromium", () => {
  let server: PuckServer;
  let browser: Browser;
  let blue: Page;
  let red: Page;
  const errors: string[] = [];

  async function enter(device: BrowserContextOptions): Promise<Page> {
    const page = await browser.newPage(device);
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`http://127.0.0.1:${server.port}/?network=off`);
    await page.waitForSelector("canvas[data-ball]", PATIENCE);
    return page;
  }

  beforeAll(async () => {
    server = await startPuckServer(
      {
        port: 0,
        udpPort: await freeUdpPort(),
        publicAddress: "127.0.0.1",
        transport: "direct",
        condition: "",
        snapshotRate: 30,
        bindAddress: "127.0.0.1",
      },
      false,
    );
    browser = await launchChromium(SOFTWARE_WEBGL);
    blue = await enter(DESKTOP);
    red = await enter(PHONE);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it(
    "puts players into teams in turn, with a clock that runs from kick-off",
    { timeout: 60_000 },
    async () => {
      await blue.waitForSelector("#board .left.mine", PATIENCE);
      await red.waitForSelector("#board .right.mine", PATIENCE);
      await blue.waitForFunction(
        () => document.querySelector("#clock")?.textContent !== "3:00",
        undefined,
        PATIENCE,
      );
    },
  );

  it(
    "lets a player drive into the ball, which then rolls on both screens",
    { timeout: 100_000 },
    async () => {
      await blue.keyboard.down("KeyD");
      for (const page of [blue, red])
        await page.waitForFunction(
          () => Number(document.querySelector("canvas")?.dataset["ball"]?.split(" ")[0]) > 1,
          undefined,
          PATIENCE,
        );
      await blue.keyboard.up("KeyD");
      expect(errors).toEqual([]);
    },
  );

  it(
    "stands on end on an upright screen, with a stick and a button to drive by",
    { timeout: 60_000 },
    async () => {
      expect(await red.isVisible("#boost")).toBe(true);
      expect(await blue.isVisible("#boost")).toBe(false);
      await red.touchscreen.tap(80, 480);
      expect(errors).toEqual([]);
    },
  );
});
