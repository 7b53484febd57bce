import { axis, button, defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";

/** Units per second at full stick. */
export const WALK_SPEED = 7;
/** Shots fired in one tick, and how many ticks they last. */
export const SHOTS_PER_TICK = 8;
const SHOT_TICKS = 20;
export const SHOT_SPEED = 20;
const EDGE = 2000;
const GRID = 1 / 4096;

/** What those who only look are shown, where a scene does not ask for the exact place. */
const SHOWN = 1 / 64;

/** Walkers that do at once what their sticks say, so that any difference between two motions is the netcode's; and eight shots a tick. */
export function walkersGame(tickRate: number, isExact: boolean) {
  const place = position({ min: -EDGE, max: EDGE, grid: GRID, shown: isExact ? GRID : SHOWN });
  return defineGame({
    name: `walkers-${tickRate}`,
    tickRate,
    entities: {
      walker: entity({
        x: place,
        y: place,
        vx: velocity("x", { max: WALK_SPEED + 1 }),
        vy: velocity("y", { max: WALK_SPEED + 1 }),
      }),
      shot: entity({
        x: place,
        y: place,
        vx: velocity("x", { max: SHOT_SPEED + 1 }),
        life: uint({ max: SHOT_TICKS, initial: SHOT_TICKS }),
      }),
    },
    input: input({ moveX: axis(), moveY: axis(), fire: button() }),
    step(world, inputs) {
      for (const walker of world.all("walker")) {
        const { moveX, moveY, fire } = inputs.of(walker);
        walker.vx = moveX * WALK_SPEED;
        walker.vy = moveY * WALK_SPEED;
        walker.x += walker.vx * world.dt;
        walker.y += walker.vy * world.dt;
        if (!fire) continue;
        for (let shot = 0; shot < SHOTS_PER_TICK; shot++)
          world.spawn("shot", {
            owner: walker.owner,
            x: walker.x,
            y: walker.y + shot,
            vx: SHOT_SPEED,
          });
      }
      for (const shot of world.all("shot")) {
        shot.x += shot.vx * world.dt;
        if (shot.life === 0) world.despawn(shot);
        else shot.life--;
      }
    },
  });
}
