import {
  angle,
  angularVelocity,
  axis,
  button,
  defineGame,
  entity,
  input,
  ownerOnly,
  position,
  quaternion,
  rotateQuaternion,
  teamOnly,
  uint,
  velocity,
} from "@tidelock/shared";

/** A shell's motion: it falls along x, by 8 units per second each second. */
function fall(shell: { x: number; vx: number }, dt: number): void {
  shell.vx -= 8 * dt;
  shell.x += shell.vx * dt;
}

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
    rock: entity(
      {
        turn: quaternion({ bits: 12, shown: 9 }),
        spin: angularVelocity("turn", { max: 4, grid: 1 / 64 }),
        fuel: teamOnly(uint({ max: 500 })),
      },
      { predicted: "nobody", far: { every: 4, coarser: 8 } },
    ),
    shell: entity(
      {
        x: position({ min: -64, max: 64, grid: 1 / 1024, shown: 1 / 64 }),
        vx: velocity("x", { max: 16, slowest: 1 / 32 }),
      },
      { motion: fall },
    ),
  },
  input: input({ moveX: axis(), aim: angle({ bits: 10 }), fire: button() }),
  step(world) {
    for (const ship of world.all("ship")) ship.x += ship.vx * world.dt;
    for (const { turn, spin } of world.all("rock")) rotateQuaternion(turn, spin.x, spin.y, spin.z, world.dt);
    for (const shell of world.all("shell")) fall(shell, world.dt);
  },
});
