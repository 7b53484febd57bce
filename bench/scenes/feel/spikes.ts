import { condition, Rng } from "@tidelock/shared";
import { percentile } from "../../report/percentile.ts";
import { InputLog } from "./input-log.ts";
import { Stall } from "./stall.ts";
import { turn, walkers } from "./walkers.ts";

/** Bad Wi-Fi without its losses: what is measured is the recovery from the spikes. */
const PATH = condition({ latencyMs: 70, jitterMs: 50 });
const SETTLED_MS = 10_000;
const SPIKE_MS = [150, 500] as const;
const EVERY_MS = [3000, 10_000] as const;
/**
 * Lead and play-out are back when they are this close to where they were when the spike began. The lead may be more: the first spikes
 * teach it to be, up to its bound.
 */
const BACK_TICKS = 2;
const STAYS_MS = 500;

export interface SpikeFigures {
  readonly spikes: number;
  /** From the end of a spike until inputs are in time and lead and play-out back, and stay so for half a second: the longest. */
  readonly recoveryMs: number;
  readonly medianRecoveryMs: number;
  /** Mean lead, which the spikes drive to its bound. */
  readonly leadTicks: number;
}

/** Plays through spikes of 150 to 500 ms in both directions, every 3 to 10 s. */
export function measureSpikes(seeds: readonly number[], seconds: number): SpikeFigures {
  const recoveries: number[] = [];
  const leads: number[] = [];
  for (const seed of seeds) recoveries.push(...play(seed, seconds, leads));
  return {
    spikes: recoveries.length,
    recoveryMs: Math.max(...recoveries),
    medianRecoveryMs: percentile(recoveries, 0.5),
    leadTicks: leads.reduce((sum, lead) => sum + lead, 0) / leads.length,
  };
}

/** What a client is like in one frame. */
interface State {
  readonly leadTicks: number;
  /** How far play lies behind the newest moment that the server could have told of, and whether it is shown from snapshots. */
  readonly behindTicks: number;
  readonly guessing: boolean;
}

function play(seed: number, seconds: number, leads: number[]): number[] {
  const random = new Rng(seed);
  const between = ([least, most]: readonly [number, number]): number =>
    least + (most - least) * random.float();
  const stalls: Stall[] = [];
  const walk = walkers({
    seed,
    path: PATH,
    narrow: (end, scheduler) => {
      const stall = new Stall(scheduler);
      stalls.push(stall);
      return stall.around(end);
    },
  });
  const { stepper, clients } = walk;
  const [client] = clients;
  const inputs = new InputLog(walk, client);
  const recoveries: number[] = [];
  /** The state before the spike, while its recovery is watched; and since when the client has been like that again. */
  let before: State | undefined;
  let backSinceMs = 0;
  let endMs = 0;
  const stateAt = (nowMs: number): State => {
    const { lead, playout, decoder } = client.netcode;
    return {
      leadTicks: lead.predictedTick - (nowMs * 60) / 1000,
      behindTicks: (nowMs * 60) / 1000 - (decoder.newestTick - playout.roomTicks),
      guessing: playout.roomTicks < 0,
    };
  };
  stepper.onFrame = (each, nowMs) => {
    turn(each, nowMs);
    if (each !== client) return;
    inputs.frame(nowMs);
    const state = stateAt(nowMs);
    if (nowMs > SETTLED_MS) leads.push(state.leadTicks);
    if (before === undefined || nowMs < endMs) return;
    const back =
      state.leadTicks >= before.leadTicks - BACK_TICKS &&
      Math.abs(state.behindTicks - before.behindTicks) <= BACK_TICKS &&
      !state.guessing;
    if (!back || (inputs.missedMs.at(-1) ?? 0) > nowMs - 1000 / 60) backSinceMs = nowMs;
    else if (nowMs - backSinceMs > STAYS_MS) {
      recoveries.push(Math.max(0, backSinceMs - endMs));
      before = undefined;
    }
  };
  stepper.run(SETTLED_MS);
  while (stepper.scheduler.nowMs() < seconds * 1000) {
    const lengthMs = between(SPIKE_MS);
    before = stateAt(stepper.scheduler.nowMs());
    endMs = backSinceMs = Infinity;
    for (const stall of stalls) stall.begin(lengthMs);
    stepper.run(lengthMs);
    backSinceMs = endMs = stepper.scheduler.nowMs();
    stepper.run(between(EVERY_MS));
    if (before !== undefined) recoveries.push(stepper.scheduler.nowMs() - endMs);
    before = undefined;
  }
  return recoveries;
}
