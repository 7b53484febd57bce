import {
  angle,
  axis,
  button,
  cos,
  defineGame,
  entity,
  event,
  input,
  position,
  rewind,
  sin,
  uint,
  velocity,
} from "@tidelock/shared";

/** Half the side of the field, in metres. */
const HALF = 40;
export const TARGET_RADIUS = 0.5;
export const RANGE = 60;
/** Metres per second, and per second: what a player on foot does. */
const TOP_SPEED = 7;
const ACCELERATION = 40;

const place = position({ min: -HALF, max: HALF, grid: 1 / 4096, shown: 1 / 64 });
const body = {
  x: place,
  y: place,
  vx: velocity("x", { max: TOP_SPEED + 1 }),
  vy: velocity("y", { max: TOP_SPEED + 1 }),
};

/** What the server decided of one shot. */
export interface Verdict {
  readonly by: number;
  readonly shot: number;
  /** The id of what was hit, 0 for nothing. */
  readonly target: number;
  readonly rewindTicks: number;
  readonly capped: boolean;
}

/** A shooting range: targets that run, turn, strafe and stop, and players that shoot at them. `judged` is called on the server. */
export function rangeGame(judged: (verdict: Verdict) => void) {
  return defineGame({
    name: "range",
    tickRate: 60,
    entities: {
      shooter: entity({ ...body, lastShot: uint({ max: 65535 }) }),
      target: entity({
        ...body,
        style: uint({ max: 2 }),
        heading: angle({ bits: 12 }),
        turnsAt: uint({ max: 2 ** 29 }),
      }),
    },
    input: input({
      moveX: axis(),
      moveY: axis(),
      aim: angle({ bits: 16 }),
      fire: button(),
      shot: uint({ max: 65535 }),
    }),
    events: { shot: event<{ shot: number; target: number }>() },
    lagCompensation: {},
    step(world, inputs) {
      for (const target of world.all("target")) {
        if (world.tick >= target.turnsAt) {
          const random = world.random(target);
          target.style = random.int(3);
          target.heading = random.range(-3.14, 3.14);
          target.turnsAt = world.tick + 12 + random.int(78);
        }
        // One runs a straight way, one runs in a circle, one strafes: to and fro three times in two seconds.
        if (target.style === 1) target.heading += 2.5 * world.dt;
        const side = target.style === 2 && world.tick % 40 < 20 ? -1 : 1;
        run(target, side * TOP_SPEED * cos(target.heading), side * TOP_SPEED * sin(target.heading), world.dt);
      }
      for (const shooter of world.all("shooter")) {
        const { moveX, moveY, aim, fire, shot } = inputs.of(shooter);
        run(shooter, moveX * TOP_SPEED, moveY * TOP_SPEED, world.dt);
        if (!fire || shot === shooter.lastShot) continue;
        shooter.lastShot = shot;
        const seen = rewind(world, shooter);
        const { x, y } = shooter;
        const to = { x: x + RANGE * cos(aim), y: y + RANGE * sin(aim) };
        const hit = seen.ray("target", { from: { x, y }, to, target: TARGET_RADIUS });
        const target = hit?.id ?? 0;
        world.emit("shot", { shot, target });
        if (world.secret !== undefined)
          judged({ by: shooter.owner, shot, target, rewindTicks: seen.ticks, capped: seen.capped });
      }
    },
  });
}

function run(
  body: { x: number; y: number; vx: number; vy: number },
  vx: number,
  vy: number,
  dt: number,
): void {
  const most = ACCELERATION * dt;
  body.vx += Math.max(-most, Math.min(most, vx - body.vx));
  body.vy += Math.max(-most, Math.min(most, vy - body.vy));
  body.x = Math.max(-HALF, Math.min(HALF, body.x + body.vx * dt));
  body.y = Math.max(-HALF, Math.min(HALF, body.y + body.vy * dt));
}
