import type { Condition } from "@tidelock/shared";
import { LeadController, type LeadBounds, ServerClock } from "@tidelock/client/testing";
import { createPath } from "./path.ts";
import type { PathProfile } from "./simulated-path.ts";
import { Timeline } from "./timeline.ts";

export interface InputMatch {
  readonly up: PathProfile | Condition;
  readonly down: PathProfile | Condition;
  readonly seconds: number;
  readonly seed: number;
  readonly tickRate?: number;
  /** Snapshots per second; a divisor of the tick rate. */
  readonly snapshotRate?: number;
  /** Frames per second of the client. */
  readonly frameRate?: number;
  /** How fast the client's clock runs against the server's, e.g. 1.0002. */
  readonly clockRate?: number;
  /** Called at virtual times to change the path. */
  readonly bounds?: LeadBounds;
  readonly events?: readonly {
    readonly atMs: number;
    readonly up?: PathProfile;
    readonly down?: PathProfile;
  }[];
}

/** What happened from the third second on, when a player has settled in. */
export interface InputFigures {
  readonly inputs: number;
  readonly lateShare: number;
  /** Late inputs that were not sent while a stall held the path. */
  readonly lateOutsideStalls: number;
  /** The longest run of ticks in a row without their input, in milliseconds. */
  readonly longestFreezeMs: number;
  readonly meanSlackTicks: number;
  readonly maxSlackTicks: number;
  readonly minSpeed: number;
  readonly maxSpeed: number;
  /** Share of frames with time dilated by more than 1%. */
  readonly dilatedShare: number;
  /** Changes from speeding to slowing by more than 0.5% and back, per minute. */
  readonly reversalsPerMinute: number;
  readonly hardSteps: number;
  /** Slack in ticks at the end of every second, from the first. */
  readonly slackBySecond: readonly number[];
}

const SETTLED_MS = 3000;
const MAX_REDUNDANCY = 32;

/** Plays the client's clock, lead controller and redundant inputs against a server, in virtual time. */
export function playInputMatch(match: InputMatch): InputFigures {
  const { tickRate = 60, snapshotRate = 30, frameRate = 60, clockRate = 1 } = match;
  const tickMs = 1000 / tickRate;
  const timeline = new Timeline();
  let up = createPath(match.up, match.seed);
  let down = createPath(match.down, match.seed + 1000);
  for (const event of match.events ?? []) {
    timeline.at(event.atMs, () => {
      if (event.up) up = createPath(event.up, match.seed + 1);
      if (event.down) down = createPath(event.down, match.seed + 1001);
    });
  }

  const clock = new ServerClock(tickRate);
  const lead = new LeadController(tickRate, match.bounds);
  const localMs = (): number => 5000 + timeline.nowMs * clockRate;

  // Server
  let serverTick = -1;
  let newestInput = -1;
  let smallestMargin = Infinity;
  const arrived = new Set<number>();
  let inputs = 0;
  let late = 0;
  let lateOutside = 0;
  let missingRun = 0;
  let longestRun = 0;
  const sentInStall = new Set<number>();
  const settled = (): boolean => timeline.nowMs >= SETTLED_MS;
  const receive = (from: number, to: number): void => {
    for (let tick = from; tick <= to; tick++) {
      if (arrived.has(tick) || tick <= newestInput - MAX_REDUNDANCY * 2) continue;
      arrived.add(tick);
      smallestMargin = Math.min(smallestMargin, tick - timeline.nowMs / tickMs);
      if (!settled()) continue;
      inputs++;
      if (tick > serverTick) continue;
      late++;
      if (!sentInStall.has(tick)) lateOutside++;
    }
    newestInput = Math.max(newestInput, to);
  };
  timeline.every(0, tickMs, (tick) => {
    serverTick = tick;
    missingRun = newestInput >= 0 && !arrived.has(tick) && settled() ? missingRun + 1 : 0;
    longestRun = Math.max(longestRun, missingRun);
    arrived.delete(tick - 600);
    if (tick % Math.round(tickRate / snapshotRate) !== 0) return;
    const margin = smallestMargin;
    const ack = newestInput;
    const arrivalMs = down.send(timeline.nowMs);
    smallestMargin = Infinity;
    if (arrivalMs === undefined) return;
    timeline.at(arrivalMs, () => {
      clock.observe(tick, localMs());
      if (margin !== Infinity) lead.observeMargin(margin, localMs(), ack);
      acked = Math.max(acked, ack);
    });
  });

  // Client
  let acked = -1;
  let newestSent = -1;
  let speeds = { min: Infinity, max: -Infinity, dilated: 0, frames: 0, reversals: 0, direction: 0 };
  let slack = { sum: 0, max: -Infinity };
  const ping = (): void => {
    const sentMs = localMs();
    const there = up.send(timeline.nowMs);
    if (there === undefined) return;
    timeline.at(there, () => {
      const back = down.send(timeline.nowMs);
      if (back !== undefined) timeline.at(back, () => lead.observeRtt(localMs() - sentMs));
    });
  };
  timeline.every(1, 250, ping);
  timeline.every(3.7, 1000 / frameRate, () => {
    if (!lead.started) {
      if (!clock.synchronised || !lead.rttKnown) return;
      lead.start(clock.serverTickAt(localMs()), localMs());
      newestSent = Math.floor(lead.predictedTick) - 1;
      acked = newestSent;
    }
    const target = Math.floor(lead.advance(localMs()));
    while (newestSent < target) {
      newestSent++;
      if (up.stalledAt(timeline.nowMs)) sentInStall.add(newestSent);
      const from = Math.max(acked + 1, newestSent - MAX_REDUNDANCY + 1);
      const to = newestSent;
      const arrivalMs = up.send(timeline.nowMs);
      if (arrivalMs !== undefined) timeline.at(arrivalMs, () => receive(from, to));
    }
    if (!settled()) return;
    slack.sum += lead.slackTicks;
    slack.max = Math.max(slack.max, lead.slackTicks);
    speeds.frames++;
    speeds.min = Math.min(speeds.min, lead.speed);
    speeds.max = Math.max(speeds.max, lead.speed);
    const dilation = lead.speed - 1;
    if (Math.abs(dilation) > 0.01) speeds.dilated++;
    if (Math.abs(dilation) > 0.005 && Math.sign(dilation) !== speeds.direction) {
      if (speeds.direction !== 0) speeds.reversals++;
      speeds.direction = Math.sign(dilation);
    }
  });
  const slackBySecond: number[] = [];
  timeline.every(1000, 1000, () => slackBySecond.push(lead.slackTicks));

  timeline.runUntil(match.seconds * 1000);
  return {
    inputs,
    lateShare: inputs === 0 ? 1 : late / inputs,
    lateOutsideStalls: inputs === 0 ? 1 : lateOutside / inputs,
    longestFreezeMs: longestRun * tickMs,
    meanSlackTicks: slack.sum / speeds.frames,
    maxSlackTicks: slack.max,
    minSpeed: speeds.min,
    maxSpeed: speeds.max,
    dilatedShare: speeds.dilated / speeds.frames,
    reversalsPerMinute: (speeds.reversals * 60) / (match.seconds - SETTLED_MS / 1000),
    hardSteps: lead.hardSteps,
    slackBySecond,
  };
}
