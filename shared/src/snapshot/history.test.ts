import { expect, test } from "vitest";
import { defineGame, entity, input, position, velocity } from "../index.ts";
import { WorldHistory } from "./history.ts";

const still = defineGame({
  name: "still",
  tickRate: 30,
  entities: {
    stone: entity({
      x: position({ min: -8, max: 8, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 4, slowest: 0.1 }),
    }),
  },
  input: input({}),
  step: (world) => {
    for (const stone of world.all("stone")) stone.x += stone.vx * world.dt;
  },
});

test.each([{ owner: 0 }, { owner: 3 }])(
  "lets go of what rests, whoever it belongs to, and looks again when it moves: $owner",
  ({ owner }) => {
    const world = still.createWorld();
    const stones = Array.from({ length: 5 }, (_, i) => world.spawn("stone", { owner, x: i / 3 }));
    const history = new WorldHistory(world);
    const inputs = still.createInputs();
    const pass = (ticks: number): void => {
      for (let i = 0; i < ticks; i++) {
        still.step(world, world.tick + 1, inputs);
        history.record(world.tick);
      }
    };
    pass(1);
    expect(history.tables[0].awake).toBe(5);
    pass(100);
    expect(history.tables[0].awake).toBe(0);
    stones[2].vx = 1;
    pass(1);
    expect(history.tables[0].awake).toBe(1);
    stones[2].vx = 0;
    pass(100);
    expect(history.tables[0].awake).toBe(0);
  },
);
