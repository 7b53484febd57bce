import {
  axis,
  button,
  defineGame,
  entity,
  event,
  type EntityOf,
  type EventsOf,
  input,
  ownerOnly,
  position,
  rewind,
  uint,
  velocity,
  type World,
} from "@tidelock/shared";
import {
  BOX_ACCELERATION,
  BOX_HALF,
  BOX_SPEED,
  BOX_TOP,
  HALF_HEIGHT,
  HALF_WIDTH,
  MAX_REWIND_MS,
  PUSH_SPEED,
  RELOAD_TICKS,
  TARGET_RADIUS,
} from "./rules.ts";

const place = position({ min: -HALF_WIDTH, max: HALF_WIDTH, grid: 1 / 4096, shown: 1 / 256 });

const entities = {
  /** A player's own: predicted by its client. */
  box: entity({
    x: place,
    y: place,
    vx: velocity("x", { max: PUSH_SPEED }),
    vy: velocity("y", { max: PUSH_SPEED }),
    readyAt: ownerOnly(uint({ max: 2 ** 29 })),
  }),
  /** The server's: clients see it a little in the past. */
  target: entity({ x: place, y: place, vx: velocity("x", { max: 12 }) }),
};

/** A target as a shot found it. */
export interface Tested {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** What became of a shot, straight up from a box. */
export interface Shot {
  readonly by: number;
  /** From where. */
  readonly x: number;
  readonly y: number;
  /** The target that was hit; 0 for none. */
  readonly hit: number;
  /** How far back the targets were looked at, in milliseconds, and whether the shooter saw them further back than that. */
  readonly rewindMs: number;
  readonly capped: boolean;
  /** Where the targets were that it was tested against. */
  readonly tested: readonly Tested[];
}

const events = { shot: event<Shot>() };

export type BoxWorld = World<typeof entities, EventsOf<typeof events>>;

/** Two boxes, moving targets, and shots: the smallest game in which every mechanism has something to do. */
export const movingBox = defineGame({
  name: "moving-box",
  tickRate: 60,
  entities,
  events,
  input: input({ moveX: axis(), moveY: axis(), fire: button() }),
  lagCompensation: { maxRewindMs: MAX_REWIND_MS },
  step(world, inputs) {
    for (const target of world.all("target")) {
      target.x += target.vx * world.dt;
      const beyond = Math.abs(target.x) - (HALF_WIDTH - TARGET_RADIUS);
      if (beyond > 0 && target.x * target.vx > 0) target.vx = -target.vx;
    }
    for (const box of world.all("box")) {
      const { moveX, moveY, fire } = inputs.of(box);
      box.vx = towards(box.vx, moveX * BOX_SPEED, BOX_ACCELERATION * world.dt);
      box.vy = towards(box.vy, moveY * BOX_SPEED, BOX_ACCELERATION * world.dt);
      box.x = clamp(box.x + box.vx * world.dt, -HALF_WIDTH + BOX_HALF, HALF_WIDTH - BOX_HALF);
      box.y = clamp(box.y + box.vy * world.dt, BOX_TOP, HALF_HEIGHT - BOX_HALF);
      if (!fire || world.tick < box.readyAt) continue;
      box.readyAt = world.tick + RELOAD_TICKS;
      shoot(world, box);
    }
  },
});

/** Tests the targets where the shooter saw them, or where they are when it is not known what it saw. */
function shoot(world: BoxWorld, box: EntityOf<typeof entities, "box">): void {
  const { owner, x, y } = box;
  const seen = rewind(world, box);
  const hit = seen.ray("target", { from: { x, y }, to: { x, y: -HALF_HEIGHT }, target: TARGET_RADIUS });
  const tested: Tested[] = [];
  // Hits nothing, and passes by everything: the page wants to draw what was tested.
  seen.touching("target", {
    center: { x: 0, y: 0 },
    radius: 2 * HALF_WIDTH,
    target: TARGET_RADIUS,
    where: (target, { id }) => {
      tested.push({ id, x: target.x, y: target.y });
      return false;
    },
  });
  const { ms: rewindMs, capped } = seen;
  world.emit("shot", { by: owner, x, y, hit: hit?.id ?? 0, rewindMs, capped, tested });
}

function towards(from: number, to: number, most: number): number {
  return from + clamp(to - from, -most, most);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
