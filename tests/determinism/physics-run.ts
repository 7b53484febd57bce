import {
  circleObstacle,
  cos,
  createSlideResult,
  createSweepHit,
  lineOfSight,
  moveAndSlide,
  raycast,
  Rng,
  sin,
  type StaticBox,
  StaticGrid,
} from "@tidelock/shared";
import { HashStream } from "./hash-stream.ts";

const STEPS = 10_000;
const MOVERS = 8;

/** Movers that slide through a room of boxes and pillars, casting rays; positions are not rounded to any grid. */
export function run(): number[] {
  const stream = new HashStream();
  const rng = new Rng(64, 1);
  const obstacles: StaticBox[] = [];
  for (let i = 0; i < 60; i += 1) {
    const x = rng.range(-30, 30);
    const y = rng.range(-30, 30);
    if (i % 4 === 0) obstacles.push(circleObstacle(x, y, rng.range(0.2, 2)));
    else obstacles.push({ minX: x, minY: y, maxX: x + rng.range(0.1, 5), maxY: y + rng.range(0.1, 5) });
  }
  const grid = new StaticGrid(obstacles);
  const movers = Array.from({ length: MOVERS }, () => ({
    x: rng.range(-30, 30),
    y: rng.range(-30, 30),
    heading: 0,
  }));
  const slid = createSlideResult();
  const hit = createSweepHit();
  for (let step = 1; step <= STEPS; step += 1) {
    for (const mover of movers) {
      if (rng.int(20) === 0) mover.heading = rng.range(-3.2, 3.2);
      moveAndSlide(grid, mover.x, mover.y, cos(mover.heading) * 0.15, sin(mover.heading) * 0.15, 0.5, slid);
      // Out on one side, in on the other.
      mover.x = slid.x - (slid.x > 32 ? 64 : 0) + (slid.x < -32 ? 64 : 0);
      mover.y = slid.y - (slid.y > 32 ? 64 : 0) + (slid.y < -32 ? 64 : 0);
      raycast(grid, mover.x, mover.y, cos(mover.heading) * 40, sin(mover.heading) * 40, hit);
      const seesFirst = lineOfSight(grid, mover.x, mover.y, movers[0].x, movers[0].y);
      stream.add(mover.x, mover.y, slid.contacts, hit.time, hit.normalX, hit.obstacle, seesFirst ? 1 : 0);
    }
    if (step % 100 === 0) stream.checkpoint();
  }
  return stream.checkpoints;
}
