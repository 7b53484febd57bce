import { condition } from "@tidelock/shared";
import type { Row } from "../report/table.ts";
import { atMost } from "../report/target.ts";
import { TICK_RATE } from "../worlds/load-game.ts";
import { compareLoad, type HalfFigures } from "./load-comparison.ts";
import { weighLoad } from "./load-memory.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

const CLIENTS = 200;
/** Two leave and two come in every second. */
const CHANGE_EVERY = TICK_RATE / 2;
const JITTER_MS = 4;
/** Packets have to arrive before the next tick, for what they say to be held against the world as it is. */
const MOST_RTT_MS = 2 * Math.floor(1000 / TICK_RATE - JITTER_MS);
/** Packets lost in a row, on average. */
const BURST_PACKETS = 3;
/** Half a minute shows whether anything differs; memory takes as long as the command line says. */
const MOST_COMPARED_TICKS = 900;
/** What more it may take to tell everybody where half of them lose packets: other ages of baselines are other bits to work out. */
const MOST_RATIO = 1.25;
/** A hundredth of what is held; a kilobyte kept of everybody who leaves would be more in ten minutes. */
const MOST_GROWTH_PERCENT = 1;

/**
 * 200 clients in one room, half of them behind bursts of loss, who come and go: what the other half is sent, how long it takes, and
 * what the process holds as the minutes go by.
 */
export async function runLoad({ ticks, seed, path, progress }: SceneOptions): Promise<SceneResult> {
  if (path.rttMs > MOST_RTT_MS)
    throw new Error(`Scene load compares what clients are shown at once: --rtt up to ${MOST_RTT_MS}.`);
  const steadyPath = condition({ latencyMs: path.rttMs / 2, jitterMs: JITTER_MS });
  const lossyPath = condition({
    ...steadyPath,
    burstLossPercent: path.loss * 100,
    burstFrames: BURST_PACKETS,
  });
  const room = { clients: CLIENTS, seed, path: steadyPath, changeEvery: CHANGE_EVERY };
  const comparison = compareLoad({
    ...room,
    lossyPath,
    ticks: Math.min(ticks, MOST_COMPARED_TICKS),
    progress,
  });
  const memory = await weighLoad({ ...room, otherPath: lossyPath, decodeEvery: 0, ticks }, progress);
  const { steady, lossy, encodeMs, encodeMsWithoutLoss, mismatches } = comparison;
  const { bytesPerObjectUpdate, bytesPerClientTick } = steady.withLoss;
  return {
    json: {
      scene: "load",
      bytesPerObjectUpdate,
      bytesPerClientTick,
      bytesPerFrame: bytesPerClientTick,
      encodeMsPerTick: encodeMs,
      encodeMsP95: comparison.encodeMsP95,
      mismatches,
      comparison,
      memory,
      clients: CLIENTS,
      peers: {},
      ticks,
      seed,
      rttMs: path.rttMs,
      loss: path.loss,
    },
    rows: [
      row("nobody loses", "those who never lose", steady.withoutLoss, encodeMsWithoutLoss),
      row("nobody loses", "the others", lossy.withoutLoss, encodeMsWithoutLoss),
      row("half lose", "those who never lose", steady.withLoss, encodeMs),
      row("half lose", "the others", lossy.withLoss, encodeMs),
    ],
    setting:
      `${CLIENTS} clients, two a second leave and are replaced, half lose ${path.loss * 100}% each way in bursts of ` +
      `${BURST_PACKETS}; ${memory.markSeconds * memory.heldBytes.length} s of the room's time, seed ${seed}`,
    targets: [
      atMost(
        "clients that never lose and got another byte than without the others' loss",
        comparison.otherBytes,
        0,
      ),
      atMost("and a packet sooner or later", comparison.otherDelays, 0),
      atMost("encode for all, with the loss by without", comparison.encodeRatio, MOST_RATIO),
      atMost(
        "memory held, third to last minute, growth in percent",
        memory.grownPercent,
        MOST_GROWTH_PERCENT,
      ),
    ],
  };
}

function row(room: string, half: string, figures: HalfFigures, encodeMs: number): Row {
  return {
    room,
    clients: half,
    "bytes per client and tick": figures.bytesPerClientTick,
    "bytes per object-update": figures.bytesPerObjectUpdate,
    "delay ms": figures.meanDelayMs,
    "encode ms for all": encodeMs,
  };
}
