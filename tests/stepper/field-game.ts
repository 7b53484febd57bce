import {
  axis,
  button,
  defineGame,
  entity,
  event,
  input,
  ownerOnly,
  position,
  uint,
  velocity,
} from "@tidelock/shared";

const EDGE = 40;

/** Goes part of the way, and the rest once that is short: a share of the last grid step would round to itself for ever. */
function approach(from: number, to: number): number {
  return Math.abs(to - from) < 0.1 ? to : from + (to - from) * 0.3;
}

/** Players that accelerate on a field with an edge and shoot: small, but with every part of the netcode in play. */
export const field = defineGame({
  name: "field",
  tickRate: 60,
  entities: {
    player: entity({
      x: position({ min: -50, max: 50, grid: 1 / 4096, shown: 1 / 64 }),
      y: position({ min: -50, max: 50, grid: 1 / 4096, shown: 1 / 64 }),
      vx: velocity("x", { max: 8 }),
      vy: velocity("y", { max: 8 }),
      hp: uint({ max: 100, initial: 100 }),
      cooldown: ownerOnly(uint({ max: 60 })),
    }),
    bullet: entity({
      x: position({ min: -50, max: 50, grid: 1 / 4096, shown: 1 / 64 }),
      y: position({ min: -50, max: 50, grid: 1 / 4096, shown: 1 / 64 }),
      vx: velocity("x", { max: 40, slowest: 0.1 }),
      life: uint({ max: 60, initial: 30 }),
    }),
  },
  input: input({ moveX: axis(), moveY: axis(), fire: button() }),
  events: { shot: event<{ by: number }>() },
  step(world, inputs) {
    for (const player of world.all("player")) {
      const { moveX, moveY, fire } = inputs.of(player);
      player.vx = approach(player.vx, moveX * 7);
      player.vy = approach(player.vy, moveY * 7);
      player.x = Math.max(-EDGE, Math.min(EDGE, player.x + player.vx * world.dt));
      player.y = Math.max(-EDGE, Math.min(EDGE, player.y + player.vy * world.dt));
      if (player.cooldown > 0) player.cooldown--;
      else if (fire) {
        player.cooldown = 8;
        world.spawn("bullet", { owner: player.owner, x: player.x, y: player.y, vx: 30 });
        world.emit("shot", { by: player.owner });
      }
    }
    for (const bullet of world.all("bullet")) {
      bullet.x += bullet.vx * world.dt;
      if (bullet.life === 0 || Math.abs(bullet.x) > EDGE) world.despawn(bullet);
      else bullet.life--;
    }
  },
});
