import { defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";
import tables from "./tables.json" with { type: "json" };

const place = position({ min: 0, max: 100, grid: 1 / 4096, shown: 1 / 64 });

export const drift = defineGame({
  name: "drift",
  tickRate: 30,
  entities: {
    raft: entity({ x: place, vx: velocity("x", { max: 10 }), cargo: uint({ max: 200 }) }),
  },
  input: input({}),
  tables,
  step(world) {
    for (const raft of world.all("raft")) {
      const random = world.random(raft);
      if (random.int(30) === 0) raft.vx = random.range(-5, 5);
      if (random.int(50) === 0) raft.cargo += random.int(3);
      raft.x += raft.vx * world.dt;
    }
  },
});
