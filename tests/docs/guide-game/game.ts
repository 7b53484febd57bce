import {
  angle,
  axis,
  button,
  cos,
  defineGame,
  entity,
  event,
  input,
  ownerOnly,
  position,
  sin,
  uint,
  velocity,
} from "@tidelock/shared";

const EDGE = 40;
const SPEED = 12;
const RELOAD_TICKS = 10;
const BULLET_TICKS = 60;
const REACH = 0.8;

const place = position({ min: -EDGE, max: EDGE, grid: 1 / 4096, shown: 1 / 64 });
/** A moment, as the number of its tick. */
const moment = uint({ max: 2 ** 29 });

export const hunt = defineGame({
  name: "hunt",
  tickRate: 60,
  entities: {
    player: entity({
      x: place,
      y: place,
      vx: velocity("x", { max: 12 }),
      vy: velocity("y", { max: 12 }),
      aim: angle({ bits: 12 }),
      hp: uint({ max: 100, initial: 100 }),
      gunReadyAt: ownerOnly(moment),
    }),
    bullet: entity({
      x: place,
      y: place,
      vx: velocity("x", { max: 40, slowest: 0.1 }),
      vy: velocity("y", { max: 40, slowest: 0.1 }),
      endsAt: ownerOnly(moment),
    }),
    coin: entity({ x: place, y: place }, { predicted: "nobody" }),
  },
  input: input({ moveX: axis(), moveY: axis(), aim: angle({ bits: 12 }), fire: button() }),
  events: { shot: event<{ by: number }>(), kill: event<{ by: number; victim: number }>() },
  step(world, inputs) {
    for (const player of world.all("player")) {
      const { moveX, moveY, aim, fire } = inputs.of(player);
      player.aim = aim;
      const x = Math.max(-EDGE, Math.min(EDGE, player.x + moveX * SPEED * world.dt));
      const y = Math.max(-EDGE, Math.min(EDGE, player.y + moveY * SPEED * world.dt));
      player.vx = (x - player.x) / world.dt;
      player.vy = (y - player.y) / world.dt;
      player.x = x;
      player.y = y;

      if (fire && world.tick >= player.gunReadyAt) {
        player.gunReadyAt = world.tick + RELOAD_TICKS;
        const direction = aim + world.random(player).range(-0.05, 0.05);
        world.spawn("bullet", {
          owner: player.owner,
          x: player.x,
          y: player.y,
          vx: cos(direction) * 30,
          vy: sin(direction) * 30,
          endsAt: world.tick + BULLET_TICKS,
        });
        world.emit("shot", { by: player.owner });
      }
    }

    for (const bullet of world.all("bullet")) {
      bullet.x += bullet.vx * world.dt;
      bullet.y += bullet.vy * world.dt;
      if (world.tick >= bullet.endsAt) world.despawn(bullet);
      for (const player of world.all("player")) {
        const dx = player.x - bullet.x;
        const dy = player.y - bullet.y;
        if (player.owner === bullet.owner || dx * dx + dy * dy > REACH * REACH) continue;
        world.despawn(bullet);
        player.hp = Math.max(0, player.hp - 25);
        if (player.hp > 0) break;
        world.emit("kill", { by: bullet.owner, victim: player.owner });
        if (world.secret !== undefined && world.secret.float() < 0.5)
          world.spawn("coin", { x: player.x, y: player.y });
        player.hp = 100;
        player.x = player.y = 0;
        break;
      }
    }
  },
});
