import { type Group, type PictureFigures, pictureFigures } from "../picture/picture.ts";
import { field } from "../stepper/field-game.ts";
import type { NarrowingRun } from "./measure-narrowing.ts";

/** What one run says of the product's promises. Times in milliseconds, rates in bytes per second. */
export interface NarrowingFigures {
  /** The longest that a byte had to wait at the narrow place, in the whole run. */
  readonly maxQueueMs: number;
  /** Of the packets sent while the path was narrow, beyond the first second. */
  readonly narrowQueueP50Ms: number;
  readonly narrowQueueP95Ms: number;
  /** Age of snapshots at their arrival, before, while and after the path was narrow (beyond the first second each). */
  readonly ageP95Ms: readonly [before: number, narrow: number, after: number];
  readonly maxAgeMs: number;
  /** Snapshot bytes that arrived in those times, headers not included. */
  readonly stateBytesPerSecond: readonly [before: number, narrow: number, after: number];
  /** All bytes sent in those times, headers included. */
  readonly wireBytesPerSecond: readonly [before: number, narrow: number, after: number];
  readonly snapshotsPerSecond: readonly [before: number, narrow: number, after: number];
  /** Until a second brings nine tenths of what it brought before, from the moment at which the path is wide again. */
  readonly recoveryMs: number;
  /** How good the picture was in those times, by how near and how fast entities were. */
  readonly picture: readonly [
    before: Record<Group, PictureFigures>,
    narrow: Record<Group, PictureFigures>,
    after: Record<Group, PictureFigures>,
  ];
  readonly changes: readonly string[];
}

const SECOND_MS = 1000;

export function narrowingFigures(run: NarrowingRun): NarrowingFigures {
  const { narrowMs, wideMs, fromMs, toMs } = run;
  const phases = [
    [fromMs, narrowMs],
    [narrowMs + SECOND_MS, wideMs],
    [wideMs + 5 * SECOND_MS, toMs],
  ] as const;
  const inEach = (figure: (from: number, to: number) => number): [number, number, number] => {
    const [before, narrow, after] = phases.map(([from, to]) => Math.round(figure(from, to)));
    return [before, narrow, after];
  };
  const picture = ([from, to]: readonly [number, number]) =>
    pictureFigures(
      run.pictures.filter(({ atMs }) => atMs >= from && atMs < to),
      run.truth,
      run.sentMs,
      field.tickRate,
    );
  const arrived = (from: number, to: number) => run.arrivals.filter(([atMs]) => atMs >= from && atMs < to);
  const state = (from: number, to: number): number =>
    perSecond(
      arrived(from, to).map(([, , bytes]) => bytes),
      from,
      to,
    );
  const met = run.queue.filter(([atMs, bytes]) => bytes > 0 && atMs >= narrowMs + SECOND_MS && atMs < wideMs);
  const [before] = inEach(state);
  let recovered = wideMs;
  while (recovered + SECOND_MS < toMs && state(recovered, recovered + SECOND_MS) < 0.9 * before)
    recovered += 50;
  return {
    maxQueueMs: Math.round(Math.max(...run.queue.map(([, , queueMs]) => queueMs))),
    narrowQueueP50Ms: quantile(
      met.map(([, , queueMs]) => queueMs),
      0.5,
    ),
    narrowQueueP95Ms: quantile(
      met.map(([, , queueMs]) => queueMs),
      0.95,
    ),
    ageP95Ms: inEach((from, to) =>
      quantile(
        arrived(from, to).map(([, ageMs]) => ageMs),
        0.95,
      ),
    ),
    maxAgeMs: Math.round(Math.max(...run.arrivals.map(([, ageMs]) => ageMs))),
    stateBytesPerSecond: inEach(state),
    wireBytesPerSecond: inEach((from, to) =>
      perSecond(
        run.queue.filter(([atMs]) => atMs >= from && atMs < to).map(([, bytes]) => bytes),
        from,
        to,
      ),
    ),
    snapshotsPerSecond: inEach((from, to) => (arrived(from, to).length * SECOND_MS) / (to - from)),
    recoveryMs: Math.round(recovered + SECOND_MS - wideMs),
    picture: [picture(phases[0]), picture(phases[1]), picture(phases[2])],
    changes: run.changes,
  };
}

function perSecond(bytes: readonly number[], from: number, to: number): number {
  return (bytes.reduce((sum, count) => sum + count, 0) * SECOND_MS) / (to - from);
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor((sorted.length - 1) * fraction)] ?? Number.NaN);
}
