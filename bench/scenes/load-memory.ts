import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { rounded } from "../report/percentile.ts";
import { TICK_RATE } from "../worlds/load-game.ts";
import { LoadRoom, type LoadRoomOptions } from "../worlds/load-room.ts";

/** Marks per run; of a run of ten minutes, one per minute. */
const MARKS = 10;
/** Each is the mean of so many weighings, evenly over its part of the run: views grow and shrink, and bullets come and go. */
const WEIGHINGS = 4;
/** From this mark on all that is kept for good is there: views have had their largest, tables and slabs their fullest moment. */
const SETTLED_MARK = 3;

export interface LoadMemory {
  /** Bytes held, for each tenth of the run: on the heap, and outside of it, buffers included. */
  heldBytes: readonly number[];
  /** Seconds of the room's time from one mark to the next. */
  markSeconds: number;
  /** From the third mark to the last. */
  grownBytes: number;
  grownPercent: number;
  /** Slope of the least-squares line from the third mark to the last, per minute of the room's time. */
  bytesPerMinute: number;
  /** Clients that came after the first ones, each in the place of one that left. */
  joinedLater: number;
}

/** Plays a room in which clients come and go all the time, and weighs the process while it does. */
export async function weighLoad(
  { ticks, ...options }: LoadRoomOptions & { readonly ticks: number },
  progress: (message: string) => void,
): Promise<LoadMemory> {
  const room = new LoadRoom(options);
  let joinedLater = 0;
  room.onLeave = () => joinedLater++;
  const heldBytes: number[] = [];
  for (let mark = 1; mark <= MARKS; mark++) {
    let sum = 0;
    for (let weighing = 1 - WEIGHINGS; weighing <= 0; weighing++) {
      while (room.tick < (ticks * (mark + weighing / WEIGHINGS)) / MARKS) room.step();
      sum += await held();
    }
    heldBytes.push(Math.round(sum / WEIGHINGS));
    progress(`${heldBytes[mark - 1]} bytes held, part ${mark} of ${MARKS}`);
  }
  const markSeconds = ticks / MARKS / TICK_RATE;
  const settled = heldBytes.slice(SETTLED_MARK - 1);
  const grownBytes = settled[settled.length - 1] - settled[0];
  return {
    heldBytes,
    markSeconds,
    grownBytes,
    grownPercent: rounded((100 * grownBytes) / settled[0], 3),
    bytesPerMinute: Math.round((slope(settled) * 60) / markSeconds),
    joinedLater,
  };
}

/** Bytes that are still held after everything unused has been collected. */
async function held(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // External memory includes that of buffers.
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Of the least-squares line through values at 0, 1, 2 and so on. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let above = 0;
  let below = 0;
  for (const [i, value] of values.entries()) {
    above += (i - middle) * (value - mean);
    below += (i - middle) ** 2;
  }
  return above / below;
}
