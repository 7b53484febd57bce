import type { Channel, Condition, Scheduler } from "@tidelock/shared";
import { Stepper } from "../../../tests/stepper/stepper.ts";
import { walkersGame } from "./walkers-game.ts";

/** Near to what a screen of 60 Hz does: frames and ticks then meet in every phase. */
export const SCREEN_HZ = 59.94;
/** Radians per second at which walkers walk their circles. */
const TURN = 1;

export interface WalkOptions {
  readonly seed: number;
  readonly path: Condition;
  readonly tickRate?: number;
  readonly framesPerSecond?: number;
  /** Everybody gets the exact place, and not only who predicts it. */
  readonly isExact?: boolean;
  /** Puts something into the server's end of each path. */
  readonly narrow?: (serverEnd: Channel, scheduler: Scheduler) => Channel;
}

/** Two players behind the same kind of path, each of whom sees the other. */
export function walkers(options: WalkOptions) {
  const { seed, path, tickRate = 60, framesPerSecond = SCREEN_HZ, isExact = false, narrow } = options;
  const game = walkersGame(tickRate, isExact);
  // As close to thirty snapshots a second as the tick rate allows.
  const stepper = new Stepper({ game, seed, framesPerSecond, sendEvery: Math.max(1, tickRate / 30) });
  const { simulation } = stepper;
  const clients = [0, 50].map((x) =>
    stepper.join(
      path,
      (owner) => void simulation.world.spawn("walker", { owner, x }),
      (end) => (narrow ? narrow(end, stepper.scheduler) : end),
    ),
  );
  return { stepper, simulation, clients };
}

export type Walk = ReturnType<typeof walkers>;
export type Walker = Walk["clients"][number];

/** Holds the stick of a walker who goes round in circles: it moves in every frame, and every input is another one. */
export function turn({ input, number }: Walker, nowMs: number): void {
  const angle = number + (TURN * nowMs) / 1000;
  input.moveX = Math.cos(angle);
  input.moveY = Math.sin(angle);
}

/** Where a client shows its own walker, or the other one; undefined while it shows none. */
export function shownAt(
  { shown }: Walker,
  mine: boolean,
): { readonly x: number; readonly y: number } | undefined {
  const walker = shown.walker?.find((each) => each.mine === mine);
  return walker && { x: Number(walker.x), y: Number(walker.y) };
}

/** The server's walker of a player. */
export function walkerOf({ simulation }: Walk, number: number) {
  for (const walker of simulation.world.all("walker")) if (walker.owner === number) return walker;
  throw new Error(`player ${number} has no walker`);
}
