import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ArenaServer, startArenaServer } from "../../examples/arena/server/arena-server.ts";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { freeUdpPort } from "../browser/harness/free-port.ts";

/** A processor that draws WebGL itself shows few pictures per second: conditions get all the time they need. */
const PATIENCE = { timeout: 45_000 };
const SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const DESKTOP: BrowserContextOptions = { viewport: { width: 800, height: 500 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

describe.skipIf(findChromium() === undefined)("the arena in Chromium", () => {
  let server: ArenaServer;
  let browser: Browser;
  let ada: Page;
  let bert: Page;
  const errors: string[] = [];

  /** Opens the page, gives a name and dives in; returns once the own ship is on the map. */
  const enter = async (name: string, device: BrowserContextOptions): Promise<Page> => {
    const page = await browser.newPage(device);
    page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${name}: ${message.text()}`);
    });
    await page.addInitScript(keepSockets);
    await page.goto(`http://127.0.0.1:${server.port}/?quality=plain`);
    await page.waitForSelector("#stage canvas", PATIENCE);
    await page.fill("#join-name", name);
    await page.press("#join-name", "Enter");
    await page.waitForSelector("#minimap[data-x]", PATIENCE);
    return page;
  };
  const showsText = (page: Page, selector: string, text: string) =>
    page.waitForFunction(
      ([where, wanted]) => document.querySelector(where)?.textContent?.includes(wanted),
      [selector, text] as const,
      PATIENCE,
    );
  const place = (page: Page): Promise<{ x: number; y: number }> =>
    page.$eval("#minimap", (map) => ({
      x: Number(map.getAttribute("data-x")),
      y: Number(map.getAttribute("data-y")),
    }));
  const movesFrom = (page: Page, from: { x: number; y: number }) =>
    page.waitForFunction(
      ({ x, y }) => {
        const map = document.querySelector("#minimap")!;
        const moved = [Number(map.getAttribute("data-x")) - x, Number(map.getAttribute("data-y")) - y];
        return Math.hypot(moved[0], moved[1]) > 1;
      },
      from,
      PATIENCE,
    );
  /** The names on the scoreboard, which is shown while its key is held. */
  const names = async (page: Page): Promise<string[]> => {
    await page.bringToFront();
    await page.keyboard.down("Tab");
    await page.waitForSelector("#scoreboard td", PATIENCE);
    const shown = await page.$$eval("#scoreboard td:nth-child(2)", (cells) =>
      cells.map((cell) => cell.textContent ?? ""),
    );
    await page.keyboard.up("Tab");
    return shown.toSorted();
  };

  beforeAll(async () => {
    server = await startArenaServer({
      config: {
        port: 0,
        udpPort: await freeUdpPort(),
        publicAddress: "127.0.0.1",
        transport: "direct",
        condition: "",
        snapshotRate: 30,
      },
      bindAddress: "127.0.0.1",
      stopOnSignals: false,
    });
    browser = await launchChromium(SOFTWARE_WEBGL);
    ada = await enter("Ada", DESKTOP);
    bert = await enter("Bert", DESKTOP);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("shows each of two players the other, on the scoreboard and on the sea", async () => {
    for (const page of [ada, bert]) {
      expect(await names(page)).toEqual(["Ada", "Bert"]);
      await page.waitForSelector("#minimap[data-ships='2']", PATIENCE);
    }
  }, 120_000);

  it("plays over WebRTC and says so", async () => {
    for (const page of [ada, bert]) {
      await page.bringToFront();
      await showsText(page, "#badge", "WebRTC");
    }
  }, 120_000);

  it("carries a line of chat to the other, and its letters do not sail the ship", async () => {
    await ada.bringToFront();
    const from = await place(ada);
    await ada.keyboard.press("Enter");
    await ada.keyboard.type("wads in sight");
    await ada.keyboard.press("Enter");
    await bert.bringToFront();
    await showsText(bert, "#chat-lines", "wads in sight");
    expect(await bert.textContent("#chat-lines")).toContain("Ada");
    await ada.bringToFront();
    await ada.keyboard.press("Enter");
    await ada.waitForSelector("#chat-input:focus");
    await ada.keyboard.press("Escape");
    await ada.waitForSelector("#chat-form", { state: "hidden" });
    expect(await place(ada)).toEqual(from);
  }, 120_000);

  it("says that the connection broke, and goes on as the same player when it is back", async () => {
    await bert.bringToFront();
    await bert.evaluate(() => {
      const notice = document.querySelector("#notice")!;
      const told: string[] = [];
      new MutationObserver(() => {
        if (notice.textContent) told.push(notice.textContent);
        notice.setAttribute("data-told", told.join(" "));
      }).observe(notice, { childList: true });
    });
    await bert.evaluate("sockets.at(-1).close()");
    await bert.waitForSelector("#notice[data-told*='Connection lost']", { ...PATIENCE, state: "attached" });
    await bert.waitForSelector("#notice", { ...PATIENCE, state: "hidden" });
    expect(await names(bert)).toEqual(["Ada", "Bert"]);
    const from = await place(bert);
    const key = from.x > 0 ? "a" : "d";
    await bert.keyboard.down(key);
    await movesFrom(bert, from);
    await bert.keyboard.up(key);
  }, 120_000);

  it("sails a phone's ship with the left stick", async () => {
    const phone = await enter("Thumb", PHONE);
    const touch = await phone.context().newCDPSession(phone);
    const from = await place(phone);
    // Towards the middle of the arena, so that no outer wall is in the way.
    const aim = { x: 90 - Math.sign(from.x) * 50, y: 700 - Math.sign(from.y) * 50 };
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: 90, y: 700 }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [aim] });
    await movesFrom(phone, from);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await phone.close();
  }, 120_000);

  it("leaves nothing in the console to complain of", () => {
    expect(errors).toEqual([]);
  });
});

/** Runs in the page before its own code: its WebSockets become reachable, so that a test can break them. */
function keepSockets(): void {
  const sockets: WebSocket[] = [];
  Object.assign(window, { sockets });
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };
}
