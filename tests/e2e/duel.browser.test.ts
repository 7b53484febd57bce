import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DuelServer, startDuelServer } from "../../examples/duel/server/duel-server.ts";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { freeUdpPort } from "../browser/harness/free-port.ts";

/** A processor that draws WebGL itself shows few pictures per second: conditions get all the time they need. */
const PATIENCE = { timeout: 60_000 };
const FLAGS = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // Both pages play at once, though only one can be in front.
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

describe.skipIf(findChromium() === undefined)("the duel at 150 ms and 2% loss, in Chromium", () => {
  let server: DuelServer;
  let browser: Browser;
  let left: Page;
  let right: Page;
  const errors: string[] = [];

  const open = async (query: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 400, height: 240 } });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.port}/?quality=plain${query}`);
    await page.waitForSelector("#stage canvas", PATIENCE);
    return page;
  };
  const fight = async (): Promise<Page> => {
    const page = await open("&table=e2e&condition=international");
    await page.click("#fight", PATIENCE);
    await page.waitForSelector("#hud:not([hidden])", PATIENCE);
    return page;
  };
  const panel = (page: Page, side: string): Promise<Record<string, string | undefined>> =>
    page.$eval(`.side.${side}`, (element) => ({
      health: (element as HTMLElement).dataset["health"],
      x: (element as HTMLElement).dataset["x"],
      name: element.querySelector(".name")?.textContent ?? "",
    }));

  beforeAll(async () => {
    server = await startDuelServer(
      {
        port: 0,
        udpPort: await freeUdpPort(),
        publicAddress: "127.0.0.1",
        transport: "direct",
        condition: "",
        snapshotRate: 60,
        bindAddress: "127.0.0.1",
      },
      false,
    );
    browser = await launchChromium(FLAGS);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("gives who is alone somebody to fight, and a second player in its place", async () => {
    left = await fight();
    await left.waitForFunction(
      () => document.querySelector(".right .name")?.textContent === "Bot",
      null,
      PATIENCE,
    );
    right = await fight();
    await left.waitForFunction(
      () => document.querySelector(".right .name")?.textContent === "Rival",
      null,
      PATIENCE,
    );
    expect((await panel(right, "right")).name).toBe("You");
    for (const page of [left, right]) await page.waitForSelector("#hud[data-phase='fight']", PATIENCE);
  }, 240_000);

  it("takes a rival's health with blows, and both pages agree on it", async () => {
    await left.keyboard.down("KeyD");
    await left.waitForFunction(
      () => {
        const [a, b] = [".left", ".right"].map((side) =>
          Number(document.querySelector<HTMLElement>(`.side${side}`)?.dataset["x"]),
        );
        return b - a < 0.95;
      },
      null,
      PATIENCE,
    );
    await left.keyboard.up("KeyD");
    const health = async (): Promise<number> => Number((await panel(left, "right")).health);
    // Where pictures come seldom a step may have ended out of reach of the first blow.
    for (let blow = 0; blow < 10 && (blow < 3 || (await health()) === 1000); blow++) {
      await left.keyboard.press("KeyJ", { delay: 80 });
      await left.waitForTimeout(500);
    }
    expect(await health()).toBeLessThan(1000);
    const differing = async (): Promise<string[]> => {
      const sides = ["left", "right"].map(async (side) => {
        const [one, other] = [await panel(left, side), await panel(right, side)];
        const fields = Object.keys(one) as (keyof typeof one)[];
        return fields.filter((field) => field !== "name" && one[field] !== other[field]);
      });
      return (await Promise.all(sides)).flat();
    };
    await expect.poll(differing, PATIENCE).toEqual([]);
  }, 240_000);

  it("plays over WebRTC, and shows the network that is imitated", async () => {
    const chip = await left.$eval("#net", ({ dataset }) => ({ ...dataset }));
    expect(chip["transport"]).toBe("webrtc-direct");
    await left.keyboard.press("KeyN");
    await left.waitForSelector("#netpanel canvas", PATIENCE);
  }, 120_000);

  it("leaves the seat of who goes to the bot", async () => {
    await right.close({ runBeforeUnload: false });
    await left.waitForFunction(
      () => document.querySelector(".right .name")?.textContent === "Bot",
      null,
      PATIENCE,
    );
  }, 120_000);

  it("can be practised without the network, by touch", async () => {
    const page = await open("");
    await page.click("#practise", PATIENCE);
    await page.evaluate(() => document.documentElement.classList.add("touch"));
    await page.waitForSelector("#hud[data-phase='fight']", PATIENCE);
    const from = Number((await panel(page, "left")).x);
    const pad = page.locator("[data-hold='right']");
    await pad.dispatchEvent("pointerdown", { pointerType: "touch", pointerId: 7, ...(await middleOf(page)) });
    await page.waitForFunction(
      (before) => Number(document.querySelector<HTMLElement>(".side.left")?.dataset["x"]) > before + 0.3,
      from,
      PATIENCE,
    );
    await page.close();
  }, 120_000);

  it("throws nothing in any page", () => {
    expect(errors).toEqual([]);
  });
});

/** Where a thumb lies on the pad that leads to the right. */
function middleOf(page: Page): Promise<{ clientX: number; clientY: number }> {
  return page.$eval("[data-hold='right']", (pad) => {
    const { x, y, width, height } = pad.getBoundingClientRect();
    return { clientX: x + width / 2, clientY: y + height / 2 };
  });
}
