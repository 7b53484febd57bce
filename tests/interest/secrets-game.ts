import {
  axis,
  defineGame,
  entity,
  input,
  ownerOnly,
  position,
  Rng,
  StaticGrid,
  teamOnly,
  uint,
  velocity,
} from "@tidelock/shared";

const PLACE = { min: -500, max: 500, grid: 1 / 4096, shown: 1 / 64 };
const CODE_MAX = 2 ** 29;
/** Below it values are no secrets: a secret is recognised wherever it turns up. */
const SECRET_FROM = 2 ** 20;

/** A wall on the y axis: who stands left of it does not see what is kept to the right of it. */
export const wall = new StaticGrid([{ minX: -1, minY: -100, maxX: 1, maxY: 100 }]);

const place = { x: position(PLACE), y: position(PLACE) };
const moving = { ...place, vx: velocity("x", { max: 10 }), vy: velocity("y", { max: 10 }) };

/** Where the hidden things are kept, by type: behind the wall, out of reach, or among the players. */
const HIDDEN = { vault: [10, 20], spark: [300, 400], ghost: [-25, -15] } as const;
export const HIDDEN_TYPES = Object.keys(HIDDEN) as readonly (keyof typeof HIDDEN)[];

/**
 * Players in the open, and things that some of them must know nothing of. All about these follows from chance that only
 * the server has, and `secrets` takes up every value. Player 2 is the enemy, whose own fields are secrets as well.
 */
export function secretsGame(secrets: Set<number>) {
  const draw = (random: Rng): number => {
    const value = SECRET_FROM + random.int(CODE_MAX - SECRET_FROM);
    secrets.add(value);
    return value;
  };
  return defineGame({
    name: "secrets",
    tickRate: 60,
    entities: {
      player: entity({
        ...moving,
        purse: ownerOnly(uint({ max: CODE_MAX })),
        orders: teamOnly(uint({ max: CODE_MAX })),
      }),
      crate: entity({ ...moving, code: uint({ max: CODE_MAX }) }, { predicted: "nobody" }),
      vault: entity({ ...place, code: uint({ max: CODE_MAX }) }, { predicted: "nobody" }),
      spark: entity({ ...place, code: uint({ max: CODE_MAX }) }, { predicted: "nobody" }),
      ghost: entity({ ...moving, code: uint({ max: CODE_MAX }) }, { predicted: "nobody" }),
    },
    input: input({ moveX: axis(), moveY: axis() }),
    step(world, inputs) {
      for (const player of world.all("player")) {
        const { moveX, moveY } = inputs.of(player);
        player.vx = moveX * 5;
        player.vy = moveY * 5;
        player.x = Math.max(-60, Math.min(-5, player.x + player.vx * world.dt));
        player.y = Math.max(-60, Math.min(60, player.y + player.vy * world.dt));
        if (player.owner !== 2) player.purse = player.orders = world.tick;
      }
      const { secret } = world;
      if (secret === undefined) return;
      for (const crate of world.all("crate")) {
        crate.code = world.tick;
        if (world.tick % 40 === 0) crate.vy = -crate.vy;
        crate.y += crate.vy * world.dt;
      }
      for (const player of world.all("player"))
        if (player.owner === 2) [player.purse, player.orders] = [draw(secret), draw(secret)];
      for (const type of HIDDEN_TYPES) {
        const [left, right] = HIDDEN[type];
        for (const hidden of world.all(type)) {
          if (secret.int(3) > 0) continue;
          hidden.x = secret.range(left, right);
          hidden.y = secret.range(-20, 20);
          hidden.code = draw(secret);
          if (secret.int(20) === 0) world.despawn(hidden);
        }
        if (secret.int(10) === 0)
          world.spawn(type, { owner: 2, x: secret.range(left, right), code: draw(secret) });
      }
    },
  });
}
