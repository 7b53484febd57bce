import { fileURLToPath } from "node:url";
import { launchChromium } from "../../tests/browser/harness/chromium.ts";
import { servePage } from "../../tests/browser/harness/page-server.ts";
import { percentile, rounded } from "../report/percentile.ts";
import { atMost } from "../report/target.ts";
import type { ResimulationOptions } from "../resim/resimulation.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

const ARENA_TICKS_BACK = 12;
const PUCK_TICKS_BACK = 8;
/** Everybody has fought, died and come back; the ball has been everywhere and the crates lie about. */
const WARM_UP_TICKS = 1200;
/** What a client may spend of a frame of 16.7 ms on being corrected. */
const MOST_MS = { arena: 2, puck: 8 };

/** Two games in Chromium, each corrected in every tick: what it takes to go back and play the ticks since then again. */
export async function runResim({ ticks, seed, progress }: SceneOptions): Promise<SceneResult> {
  const served = await servePage(fileURLToPath(new URL("../resim/page.ts", import.meta.url)));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction("typeof resimulate === 'function'");
    const measure = async (game: "arena" | "puck" | "puckIsland", ticksBack: number): Promise<number[]> => {
      progress(`${game}, ${ticks} resimulations of ${ticksBack} ticks`);
      const options: ResimulationOptions = { warmUpTicks: WARM_UP_TICKS, samples: ticks, ticksBack };
      return page.evaluate(`resimulate(${JSON.stringify(game)}, ${seed}, ${JSON.stringify(options)})`);
    };
    const arena = await measure("arena", ARENA_TICKS_BACK);
    const puck = await measure("puck", PUCK_TICKS_BACK);
    const island = await measure("puckIsland", PUCK_TICKS_BACK);
    const ms = (samples: readonly number[], fraction: number): number =>
      rounded(percentile(samples, fraction), 3);
    const figures = {
      arena12TicksMs: ms(arena, 0.5),
      arena12TicksP99Ms: ms(arena, 0.99),
      puck8TicksMs: ms(puck, 0.5),
      puck8TicksP99Ms: ms(puck, 0.99),
      // Of the fifty bodies one craft alone was somewhere else.
      puckIsland8TicksMs: ms(island, 0.5),
      puckIsland8TicksP99Ms: ms(island, 0.99),
    };
    const chromium = browser.version();
    return {
      json: { scene: "resim", ...figures, chromium, ticks, seed },
      rows: [figures],
      setting: `64 players in the arena, 50 rigid bodies on the pitch, ${ticks} resimulations of each in Chromium ${chromium}, seed ${seed}`,
      targets: [
        atMost("arena, 12 ticks again, ms", figures.arena12TicksMs, MOST_MS.arena),
        atMost("puck, 8 ticks again, ms", figures.puck8TicksMs, MOST_MS.puck),
      ],
    };
  } finally {
    await browser.close();
    await served.close();
  }
}
