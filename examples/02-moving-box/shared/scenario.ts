import { defineScenario } from "@tidelock/shared/sync-test";
import { movingBox } from "./game.ts";
import { HALF_HEIGHT, TARGETS } from "./rules.ts";

/** A game that plays itself, for tests that run without a room. */
export const scenario = defineScenario(movingBox, {
  open(world) {
    for (const { y, speed } of TARGETS) world.spawn("target", { x: -speed, y, vx: speed });
  },
  join: (world, player) =>
    void world.spawn("box", { owner: player, x: player % 2 === 1 ? -6 : 6, y: HALF_HEIGHT / 2 }),
});
