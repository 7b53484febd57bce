import { axis, button, defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";

const EDGE = 30;
const place = position({ min: -EDGE, max: EDGE, grid: 1 / 4096, shown: 1 / 64 });

/** Runners on ice, who sprint and sometimes slip. */
export const ice = defineGame({
  name: "ice",
  tickRate: 60,
  entities: {
    runner: entity({
      x: place,
      y: place,
      vx: velocity("x", { max: 12 }),
      vy: velocity("y", { max: 12 }),
      /** The runner slides, whatever its player does, until this tick. */
      slipsUntil: uint({ max: 2 ** 29 }),
    }),
  },
  input: input({ moveX: axis(), moveY: axis(), sprint: button() }),
  step(world, inputs) {
    for (const runner of world.all("runner")) {
      const { moveX, moveY, sprint } = inputs.of(runner);
      const onFeet = world.tick >= runner.slipsUntil;
      if (onFeet) {
        runner.vx = moveX * (sprint ? 10 : 5);
        runner.vy = moveY * (sprint ? 10 : 5);
      }
      if (onFeet && sprint && world.random(runner).int(60) === 0) runner.slipsUntil = world.tick + 30;
      runner.x += runner.vx * world.dt;
      runner.y += runner.vy * world.dt;
    }
  },
});
