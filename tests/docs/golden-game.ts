import {
  angle,
  axis,
  button,
  defineGame,
  entity,
  input,
  ownerOnly,
  position,
  uint,
  velocity,
} from "@tidelock/shared";

/** The game of docs/wire-format.md: small, with one field of each kind that is coded differently. */
export const golden = defineGame({
  name: "golden",
  tickRate: 32,
  entities: {
    ship: entity({
      x: position({ min: -64, max: 64, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 16, slowest: 1 / 32 }),
      aim: angle({ bits: 10 }),
      hp: uint({ max: 100, initial: 100 }),
      ammo: ownerOnly(uint({ max: 15 })),
    }),
    flag: entity({ carrier: uint({ max: 200 }) }, { predicted: "nobody" }),
  },
  input: input({ moveX: axis(), aim: angle({ bits: 10 }), fire: button() }),
  step(world) {
    for (const ship of world.all("ship")) ship.x += ship.vx * world.dt;
  },
});
