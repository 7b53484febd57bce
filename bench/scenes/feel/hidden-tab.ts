import { condition } from "@tidelock/shared";
import { shownAt, turn, walkers } from "./walkers.ts";
import { WALK_SPEED } from "./walkers-game.ts";

const SETTLED_MS = 5000;
const HIDDEN_MS = 60_000;
const RTTS_MS = [50, 100, 200];
const TICK_MS = 1000 / 60;
/** Nothing is shown faster than this share above its own speed. */
const FASTEST = 1.15;
const QUANTUM = 1 / 64;
/** The others are shown as late as before when it is no more than this. */
const SAME_TICKS = 1;
const WATCHED_MS = 3000;

export interface HiddenTabFigures {
  /** From the first frame after the return until prediction is ahead of the server and the others are shown as late as before: the longest. */
  readonly resumeMs: number;
  /** The same beyond one round trip and one tick; below zero where it was quicker. */
  readonly resumeExcessMs: number;
  /** Frames later than a round trip and a tick after the return in which something was shown faster than it can move. */
  readonly fastForwardFrames: number;
  readonly mostResimulatedTicks: number;
}

/** Hides one of two walkers' pages for a minute, on paths of several lengths. */
export function measureHiddenTab(seeds: readonly number[]): HiddenTabFigures {
  const figures = RTTS_MS.flatMap((rttMs) => seeds.map((seed) => play(rttMs, seed)));
  const most = (of: (each: HiddenTabFigures) => number): number => Math.max(...figures.map(of));
  return {
    resumeMs: most(({ resumeMs }) => resumeMs),
    resumeExcessMs: most(({ resumeExcessMs }) => resumeExcessMs),
    fastForwardFrames: most(({ fastForwardFrames }) => fastForwardFrames),
    mostResimulatedTicks: most(({ mostResimulatedTicks }) => mostResimulatedTicks),
  };
}

function play(rttMs: number, seed: number): HiddenTabFigures {
  const walk = walkers({ seed, path: condition({ latencyMs: rttMs / 2 }) });
  const { stepper, clients } = walk;
  const [client] = clients;
  const { netcode } = client;
  let [returnedMs, resumedMs, previousMs, fast] = [Infinity, Infinity, 0, 0];
  let behindBefore = 0;
  const last: ReturnType<typeof shownAt>[] = [];
  const behind = (nowMs: number): number =>
    nowMs / TICK_MS - (netcode.decoder.newestTick - netcode.playout.roomTicks);
  stepper.onFrame = (each, nowMs) => {
    turn(each, nowMs);
    if (each !== client) return;
    returnedMs = Math.min(returnedMs, hidden ? nowMs : Infinity);
    const ahead = netcode.predictor.running && netcode.tick > nowMs / TICK_MS;
    const places = [true, false].map((mine) => shownAt(client, mine));
    if (resumedMs === Infinity) {
      if (hidden && ahead && behind(nowMs) <= behindBefore + SAME_TICKS) resumedMs = nowMs;
      if (!hidden) behindBefore = behind(nowMs);
    } else {
      const farthest = (WALK_SPEED * FASTEST * (nowMs - previousMs)) / 1000 + QUANTUM;
      const isFast = places.some(
        (at, i) => at && last[i] && Math.hypot(at.x - last[i].x, at.y - last[i].y) > farthest,
      );
      if (isFast && nowMs > returnedMs + rttMs + TICK_MS) fast++;
    }
    last.splice(0, 2, ...places);
    previousMs = nowMs;
  };
  let hidden = false;
  stepper.run(SETTLED_MS + seed * 7);
  client.hidden = hidden = true;
  stepper.run(HIDDEN_MS);
  const resimulated = netcode.predictor.resimulatedTicks;
  client.hidden = false;
  stepper.run(WATCHED_MS);
  const resumeMs = resumedMs - returnedMs;
  return {
    resumeMs,
    resumeExcessMs: resumeMs - rttMs - TICK_MS,
    fastForwardFrames: fast,
    mostResimulatedTicks: netcode.predictor.resimulatedTicks - resimulated,
  };
}
