import { axis, button, defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";

/** As far as a body may come in three ticks by itself: only what it says of itself tells a hop from a run. */
export const HOP = 3;
const place = position({ min: -500, max: 500, grid: 1 / 1024 });

export const hops = defineGame({
  name: "hops",
  tickRate: 60,
  entities: {
    body: entity(
      { x: place, vx: velocity("x", { max: 60 }), warps: uint({ max: 3 }), waits: uint({ max: 60 }) },
      { teleport: "warps" },
    ),
  },
  input: input({ moveX: axis(), hop: button() }),
  step(world, inputs) {
    for (const body of world.all("body")) {
      const { moveX, hop } = inputs.of(body);
      body.vx = moveX * 6;
      body.x += body.vx * world.dt;
      if (body.waits > 0) body.waits--;
      else if (hop) {
        body.x += HOP;
        body.warps = (body.warps + 1) & 3;
        body.waits = 30;
      }
    }
  },
});
