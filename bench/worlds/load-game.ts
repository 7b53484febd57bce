import { axis, button, defineGame, entity, hash32, input, position, uint, velocity } from "@tidelock/shared";

/** Simulation and send rate in ticks per second. */
export const TICK_RATE = 30;
/** Edge of the square in metres: of 200 players some forty are within RADIUS of one of them. */
export const GROUND_METRES = 200;
/** How far players see, in metres. */
export const RADIUS_METRES = 50;
/** Beyond this they see nothing any more. */
export const LEAVE_METRES = 58;

const RUN = 6;
const BULLET_SPEED = 25;
const BULLET_TICKS = TICK_RATE;
const COOLDOWN_TICKS = 2 * TICK_RATE;
/** Ticks for which a player keeps to one decision. */
const DECISION_TICKS = 20;
const AXIS = { min: 0, max: GROUND_METRES, grid: 1 / 4096, shown: 1 / 64 };

/** What a player does in one tick. */
export interface LoadInput {
  moveX: number;
  moveY: number;
  fire: boolean;
}

/** What a player does at a tick: a function of nothing else, so that server and client come to the same. */
export function scriptedInput(tick: number, player: number): LoadInput {
  const decision = hash32(player, Math.floor((tick + player * 7) / DECISION_TICKS));
  return {
    moveX: (decision % 3) - 1,
    moveY: ((decision >>> 8) % 3) - 1,
    fire: (decision & 0x1_0000) !== 0,
  };
}

export type LoadGame = ReturnType<typeof createLoadGame>;

/**
 * Players that run about and shoot. Those that are `driven` follow the script by themselves, whatever arrives of their inputs: what
 * their path loses is lost to their client and changes nothing for anybody else. `onStepped` is called at the end of each step.
 */
export function createLoadGame(isDriven: (player: number) => boolean, onStepped: () => void = () => {}) {
  return defineGame({
    name: "load",
    tickRate: TICK_RATE,
    entities: {
      player: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", { max: RUN, slowest: 1 / 64 }),
        vy: velocity("y", { max: RUN, slowest: 1 / 64 }),
        cooldown: uint({ max: COOLDOWN_TICKS }),
        shots: uint({ max: 255 }),
      }),
      bullet: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", { max: BULLET_SPEED, slowest: 1 / 64 }),
        vy: velocity("y", { max: BULLET_SPEED, slowest: 1 / 64 }),
        ends: uint({ max: 0xffff }),
      }),
    },
    input: input({ moveX: axis(), moveY: axis(), fire: button() }),
    step(world, inputs) {
      const { tick, dt } = world;
      for (const player of world.all("player")) {
        const { moveX, moveY, fire } = isDriven(player.owner)
          ? scriptedInput(tick, player.owner)
          : inputs.of(player);
        player.vx = moveX * RUN;
        player.vy = moveY * RUN;
        player.x = onGround(player.x + player.vx * dt);
        player.y = onGround(player.y + player.vy * dt);
        if (player.cooldown > 0) player.cooldown--;
        else if (fire) {
          player.cooldown = COOLDOWN_TICKS;
          player.shots = (player.shots + 1) & 255;
          world.spawn("bullet", {
            owner: player.owner,
            x: player.x,
            y: player.y,
            vx: BULLET_SPEED * (moveX === 0 && moveY === 0 ? 1 : moveX),
            vy: BULLET_SPEED * moveY,
            ends: (tick + BULLET_TICKS) & 0xffff,
          });
        }
      }
      for (const bullet of world.all("bullet")) {
        const x = bullet.x + bullet.vx * dt;
        const y = bullet.y + bullet.vy * dt;
        if (bullet.ends === (tick & 0xffff) || x !== onGround(x) || y !== onGround(y)) {
          world.despawn(bullet);
          continue;
        }
        bullet.x = x;
        bullet.y = y;
      }
      onStepped();
    },
  });
}

function onGround(coordinate: number): number {
  return Math.max(0, Math.min(GROUND_METRES, coordinate));
}
