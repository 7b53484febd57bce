import { axis, defineGame, entity, input, position, velocity } from "@tidelock/shared";

const place = position({ min: -40, max: 40, grid: 1 / 4096, shown: 1 / 64 });

export const dots = defineGame({
  name: "dots",
  tickRate: 60,
  entities: {
    dot: entity({ x: place, y: place, vx: velocity("x", { max: 12 }), vy: velocity("y", { max: 12 }) }),
  },
  input: input({ moveX: axis(), moveY: axis() }),
  step(world, inputs) {
    for (const dot of world.all("dot")) {
      const { moveX, moveY } = inputs.of(dot);
      dot.vx = moveX * 12;
      dot.vy = moveY * 12;
      dot.x += dot.vx * world.dt;
      dot.y += dot.vy * world.dt;
    }
  },
});
