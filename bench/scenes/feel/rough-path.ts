import { type Condition, condition } from "@tidelock/shared";
import { percentile } from "../../report/percentile.ts";
import { FreezeWatch } from "./freeze-watch.ts";
import { InputLog } from "./input-log.ts";
import { turn, walkers } from "./walkers.ts";

/** Each way 70 ms and up to 50 ms more, and 5% of the frames lost in bursts of three (Gilbert-Elliott). */
export const ROUGH_PATH = condition({ latencyMs: 70, jitterMs: 50, burstLossPercent: 5, burstFrames: 3 });
const SETTLED_MS = 3000;
/** One input in a thousand may be late. */
const IN_TIME = 0.999;

/** How two players fared on a path, both of them together, from the third second on. */
export interface RoughPathFigures {
  /** Ticks that the server ran without their input, of all ticks. */
  readonly lateInputShare: number;
  readonly worstSeedLateInputShare: number;
  /** Neither walker moves on the screen. */
  readonly longestFreezeMs: number;
  readonly longestOwnFreezeMs: number;
  readonly longestRemoteFreezeMs: number;
  /** Those of the other walker above 100 ms, per minute and player. */
  readonly remoteFreezesPerMinute: number;
  /** Mean distance of prediction ahead of the server's tick. */
  readonly leadTicks: number;
  /** The lead with which one input in a thousand had been late, losses repaired by later packets, and a tick. */
  readonly neededLeadTicks: number;
  readonly leadExcessTicks: number;
  readonly interpolationDelayMs: number;
}

/** Plays on a path with each of `seeds`, for `seconds` each. */
export function measureRoughPath(
  path: Condition,
  seeds: readonly number[],
  seconds: number,
): RoughPathFigures {
  const leads: number[] = [];
  const delays: number[] = [];
  const late: number[] = [];
  const freezes = { all: 0, own: 0, remote: 0, longRemote: 0 };
  const interpolation: number[] = [];
  for (const seed of seeds) {
    const walk = walkers({ seed, path });
    const watched = walk.clients.map((client) => ({
      client,
      inputs: new InputLog(walk, client),
      freezes: new FreezeWatch(),
    }));
    walk.stepper.onFrame = (client, nowMs) => {
      const { inputs, freezes } = watched[walk.clients.indexOf(client)];
      inputs.frame(nowMs);
      freezes.frame(client, nowMs);
      if (nowMs > SETTLED_MS) interpolation.push(client.netcode.playout.delayMs);
      turn(client, nowMs);
    };
    walk.stepper.run(SETTLED_MS);
    for (const each of watched) {
      each.inputs.clear();
      each.freezes.clear();
    }
    walk.stepper.run(seconds * 1000 - SETTLED_MS);
    let [missed, ticks] = [0, 0];
    for (const { inputs, freezes: seen } of watched) {
      leads.push(...inputs.leads());
      delays.push(...inputs.delays());
      missed += inputs.missedMs.length;
      ticks += inputs.ticks;
      freezes.all = Math.max(freezes.all, seen.longestMs);
      freezes.longRemote += seen.longRemoteFreezes;
      freezes.own = Math.max(freezes.own, seen.longestOwnMs);
      freezes.remote = Math.max(freezes.remote, seen.longestRemoteMs);
    }
    late.push(missed / ticks);
  }
  const leadTicks = mean(leads);
  const neededLeadTicks = percentile(delays, IN_TIME) + 1;
  return {
    lateInputShare: mean(late),
    worstSeedLateInputShare: Math.max(...late),
    longestFreezeMs: freezes.all,
    longestOwnFreezeMs: freezes.own,
    longestRemoteFreezeMs: freezes.remote,
    remoteFreezesPerMinute: freezes.longRemote / ((seeds.length * 2 * seconds) / 60),
    leadTicks,
    neededLeadTicks,
    leadExcessTicks: leadTicks - neededLeadTicks,
    interpolationDelayMs: mean(interpolation),
  };
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
