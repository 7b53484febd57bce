import {
  angle,
  type CodeTables,
  defineGame,
  entity,
  type EntityDefinition,
  type Field,
  input,
  int,
  ownerOnly,
  position,
  real,
  uint,
  velocity,
} from "@tidelock/shared";
import { sail, SEA, type Sailing } from "./sail.ts";
import tables from "./tables.json" with { type: "json" };

export const TICK_RATE = 30;
export const BOATS = 60;

const GRID = 1 / 4096;
const SPEED = { max: 16, slowest: 1 / 64 };
const TURN = { max: 2, slowest: 1 / 64 };

/** A number that the first version of a schema gives to everything: fine enough for all, far enough for all. */
const anything = () => real({ min: -10_000, max: 10_000, grid: GRID });
const fine = () => position({ min: -SEA, max: SEA, grid: GRID });
const shown = () => position({ min: -SEA, max: SEA, grid: GRID, shown: 1 / 64 });
/** What moves a boat, each velocity declared as what it is. */
const moving = (place: () => Field<number>) => ({
  x: place(),
  y: place(),
  vx: velocity("x", SPEED),
  vy: velocity("y", SPEED),
  heading: angle({ bits: 15 }),
  turn: velocity("heading", TURN),
});
const small = { throttle: int({ min: -1, max: 3 }), hp: uint({ max: 100 }) };
const mine = { ammo: ownerOnly(uint({ max: 1000 })) };

type BoatFields = Readonly<Record<keyof Sailing | "hp" | "ammo", Field<number>>>;

/** One way to declare the boats of the regatta, each less wasteful than the one before. */
export interface Stage {
  readonly name: string;
  readonly boat: EntityDefinition<BoatFields>;
  readonly tables?: CodeTables;
}

export const stages: readonly Stage[] = [
  {
    name: "numbers",
    boat: entity(
      {
        x: anything(),
        y: anything(),
        vx: anything(),
        vy: anything(),
        heading: anything(),
        turn: anything(),
        throttle: anything(),
        hp: anything(),
        ammo: anything(),
      },
      { predicted: "nobody" },
    ),
  },
  {
    name: "velocities",
    boat: entity({ ...moving(fine), ...small, ammo: uint({ max: 1000 }) }, { predicted: "nobody" }),
  },
  {
    name: "shown steps",
    boat: entity({ ...moving(shown), ...small, ammo: uint({ max: 1000 }) }, { predicted: "nobody" }),
  },
  {
    name: "motion",
    boat: entity(
      { ...moving(shown), ...small, ammo: uint({ max: 1000 }) },
      { predicted: "nobody", motion: sail },
    ),
  },
  {
    name: "owner only",
    boat: entity({ ...moving(shown), ...small, ...mine }, { predicted: "nobody", motion: sail }),
  },
  {
    name: "tables",
    boat: entity({ ...moving(shown), ...small, ...mine }, { predicted: "nobody", motion: sail }),
    tables,
  },
];

/** The regatta with its boats declared in one of these ways. */
export function regatta({ boat, tables }: Stage) {
  return defineGame({
    name: "regatta",
    tickRate: TICK_RATE,
    entities: { boat },
    input: input({}),
    ...(tables && { tables }),
    step(world) {
      for (const boat of world.all("boat")) {
        const random = world.random(boat);
        // Every three seconds or so somebody steers anew; now and then there is a shot.
        if (random.float() < 1 / 90) {
          boat.turn = random.range(-1, 1);
          boat.throttle = random.int(5) - 1;
        }
        if (random.float() < 1 / 150) boat.hp = Math.max(0, boat.hp - 7);
        if (random.float() < 1 / 60) boat.ammo = (boat.ammo + 999) % 1000;
        sail(boat, world.dt);
      }
    },
  });
}
