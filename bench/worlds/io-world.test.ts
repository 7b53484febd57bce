import { describe, expect, it } from "vitest";
import { GRID_PER_METRE, IoWorld, MOVER_COUNT, TICK_RATE, WORLD_METRES } from "./io-world.ts";

const TICKS = 400;

/** Runs a world and hands every tick to `look`, with the headings and hit points of the tick before. */
function watch(
  seed: number,
  look: (world: IoWorld, before: { heading: Uint8Array; hp: Uint8Array }) => void,
): IoWorld {
  const world = new IoWorld(seed);
  for (let tick = 0; tick < TICKS; tick++) {
    const before = { heading: world.heading.slice(), hp: world.hp.slice() };
    world.step();
    look(world, before);
  }
  return world;
}

function changes(now: Uint8Array, before: Uint8Array): number {
  return now.reduce((count, value, index) => count + Number(value !== before[index]), 0);
}

describe("the io-world", () => {
  it("is the same world for the same seed and another for another seed", () => {
    const [one, same, other] = [7, 7, 8].map((seed) => watch(seed, () => undefined));
    expect(same.x).toEqual(one.x);
    expect(same.hp).toEqual(one.hp);
    expect(other.x).not.toEqual(one.x);
  });

  it("keeps every mover inside the edges and between 2 and 10 m/s", () => {
    const edge = WORLD_METRES * GRID_PER_METRE;
    watch(1, (world) => {
      for (let i = 0; i < MOVER_COUNT; i++) {
        const speed = (Math.sqrt(world.vx[i] ** 2 + world.vy[i] ** 2) * TICK_RATE) / GRID_PER_METRE;
        if (world.x[i] < 0 || world.y[i] < 0 || world.x[i] > edge || world.y[i] > edge)
          throw new Error(`out: ${i}`);
        // Rounding the velocity to whole grid steps per tick moves the speed by at most 0.02 m/s.
        if (speed < 1.98 || speed > 10.02) throw new Error(`mover ${i} at ${speed} m/s`);
      }
    });
  });

  it("turns every 2 s and changes hit points every 10 s on average", () => {
    let turns = 0;
    let hits = 0;
    watch(2, (world, before) => {
      turns += changes(world.heading, before.heading);
      hits += changes(world.hp, before.hp);
    });
    const moverSeconds = (MOVER_COUNT * TICKS) / TICK_RATE;
    // Bounces add about a hundredth to the turns.
    expect(moverSeconds / turns).toBeCloseTo(2, 0);
    expect(moverSeconds / hits).toBeGreaterThan(9);
    expect(moverSeconds / hits).toBeLessThan(11);
  });

  it("points the heading along the velocity, after bounces too", () => {
    watch(3, (world) => {
      for (let i = 0; i < MOVER_COUNT; i += 10) {
        const turns = Math.atan2(world.vy[i], world.vx[i]) / (2 * Math.PI);
        const off = Math.abs(turns - world.heading[i] / 256);
        // Half a heading step, and what rounding the velocity to the grid can turn a slow mover.
        if (Math.min(off, Math.abs(off - 1)) > 0.5 / 256 + 0.002)
          throw new Error(`mover ${i} off by ${off} turns`);
      }
    });
  });
});
