import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import { launchChromium } from "../browser/harness/chromium.ts";
import { codeBlocks, readRepositoryFile, ROOT } from "./document.ts";

const FOLDER = "tests/docs/smallest-game";
const FILES = ["game.ts", "server.ts", "client.ts", "index.html"];

describe("the smallest game of the README", () => {
  let server: ChildProcess;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const port = await freeTcpPort();
    url = `http://localhost:${port}/`;
    server = spawn(process.execPath, ["--conditions=@tidelock/source", `${FOLDER}/server.ts`], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), TIDELOCK_UDP_PORT: String(await freeUdpPort()) },
      stdio: "ignore",
    });
    browser = await launchChromium();
    await vi.waitFor(() => fetch(url), { timeout: 15_000, interval: 100 });
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    server.kill("SIGKILL");
    await once(server, "exit");
  });

  it("is shown there as it is tested here, file by file", () => {
    const shown = codeBlocks(readRepositoryFile("README.md")).filter(({ info }) =>
      FILES.some((file) => info.endsWith(` ${file}`)),
    );
    expect(shown.map(({ info }) => info.split(" ").at(-1))).toEqual(FILES);
    for (const [i, file] of FILES.entries())
      expect(shown[i].text).toBe(readRepositoryFile(`${FOLDER}/${file}`).trimEnd());
  });

  it("is played in two pages, each of which sees the other move", async () => {
    const [mover, watcher] = [await browser.newPage(), await browser.newPage()];
    await mover.goto(url);
    await watcher.goto(url);
    // The canvas is made once the game is joined.
    for (const page of [mover, watcher]) await page.waitForSelector("canvas");
    await mover.bringToFront();
    await mover.keyboard.down("ArrowRight");
    await expect.poll(() => centre(mover, "red"), { timeout: 10_000 }).toBeGreaterThan(480);
    await watcher.bringToFront();
    await expect.poll(() => centre(watcher, "blue"), { timeout: 10_000 }).toBeGreaterThan(480);
  }, 40_000);
});

/** Mean x of the pixels that are mostly of this colour; 0 when there are none. */
function centre(page: Page, colour: "red" | "blue"): Promise<number> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector("canvas");
    const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (pixels === undefined) return 0;
    let sum = 0;
    let count = 0;
    for (let i = 0; i < pixels.data.length; i += 4) {
      const [red, , blue] = pixels.data.subarray(i, i + 3);
      if (wanted === "red" ? red <= blue : blue <= red) continue;
      sum += (i / 4) % pixels.width;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  }, colour);
}

async function freeTcpPort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
