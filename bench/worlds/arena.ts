import { angle, defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";
import { WorldRandom } from "./random.ts";
import type { ReplicatedWorld } from "./replicated-world.ts";

export const PLAYER_COUNT = 100;
export const PROJECTILE_COUNT = 200;
/** Simulation and send rate in ticks per second. */
export const TICK_RATE = 30;
/** Edge of the square in metres. */
export const ARENA_METRES = 60;

const RUN = 6;
const PROJECTILE_SPEED = 20;
const PROJECTILE_TICKS = 2 * TICK_RATE;
const HP_MAX = 100;
/** Players run another way, aim at something else and lose hit points once in so many ticks on average. */
const RUN_CHANCE = 1 / (0.7 * TICK_RATE);
const AIM_CHANCE = 1 / (0.7 * TICK_RATE);
const HP_CHANCE = 1 / (5 * TICK_RATE);
/** Fastest turn of an aim, in radians per tick. */
const AIM_TURN = Math.PI / TICK_RATE;
const AXIS = { min: 0, max: ARENA_METRES, grid: 1 / 4096, shown: 1 / 64 };

/** What a player is about to do, which is nobody else's business. */
interface Plan {
  vx: number;
  vy: number;
  aim: number;
  aimTarget: number;
}

/**
 * 100 players that run about, swing their aim and fire, so that 200 projectiles are always in flight; everybody sees all of it.
 * A projectile flies straight for 2 s or up to the wall, and the next one is fired at once by whoever's turn it is.
 */
export function createArena(seed: number): ReplicatedWorld {
  const random = new WorldRandom(seed);
  const plans: Plan[] = Array.from({ length: PLAYER_COUNT }, () => ({ vx: 0, vy: 0, aim: 0, aimTarget: 0 }));
  const fired = new Map<number, number>();
  let nextShooter = 0;
  const game = defineGame({
    name: "arena-crowd",
    tickRate: TICK_RATE,
    entities: {
      player: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", { max: RUN, slowest: 1 / 64 }),
        vy: velocity("y", { max: RUN, slowest: 1 / 64 }),
        aim: angle({ bits: 10 }),
        hp: uint({ max: HP_MAX }),
      }),
      projectile: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", { max: PROJECTILE_SPEED, slowest: 1 / 64 }),
        vy: velocity("y", { max: PROJECTILE_SPEED, slowest: 1 / 64 }),
      }),
    },
    input: input({}),
    step(world) {
      const { dt, tick } = world;
      for (const player of world.all("player")) {
        const plan = plans[player.id - 1];
        decide(plan, random);
        if (random.unit() < HP_CHANCE) player.hp = random.below(HP_MAX + 1);
        if (isOutside(player.x + plan.vx * dt)) plan.vx = -plan.vx;
        if (isOutside(player.y + plan.vy * dt)) plan.vy = -plan.vy;
        player.vx = onGrid(plan.vx, dt);
        player.vy = onGrid(plan.vy, dt);
        player.x += player.vx * dt;
        player.y += player.vy * dt;
        player.aim = plan.aim;
      }
      for (const projectile of world.all("projectile")) {
        const x = projectile.x + projectile.vx * dt;
        const y = projectile.y + projectile.vy * dt;
        const since = fired.get(projectile.id) ?? tick;
        if (isOutside(x) || isOutside(y) || tick - since >= PROJECTILE_TICKS) {
          fired.delete(projectile.id);
          world.despawn(projectile);
          continue;
        }
        projectile.x = x;
        projectile.y = y;
      }
      while (fired.size < PROJECTILE_COUNT) {
        const shooter = world.get("player", 1 + (nextShooter++ % PLAYER_COUNT));
        if (shooter === undefined) continue;
        const { id } = world.spawn("projectile", {
          owner: shooter.owner,
          x: shooter.x,
          y: shooter.y,
          vx: onGrid(Math.cos(shooter.aim) * PROJECTILE_SPEED, dt),
          vy: onGrid(Math.sin(shooter.aim) * PROJECTILE_SPEED, dt),
        });
        // The first volley ends one by one, as later ones do.
        fired.set(id, tick <= 1 ? tick - random.below(PROJECTILE_TICKS) : tick);
      }
    },
  });
  const world = game.createWorld();
  for (let i = 0; i < PLAYER_COUNT; i++) {
    world.spawn("player", {
      owner: i + 1,
      x: random.between(0, ARENA_METRES),
      y: random.between(0, ARENA_METRES),
      hp: HP_MAX,
    });
  }
  const inputs = game.createInputs();
  return {
    tickRate: TICK_RATE,
    types: game.types,
    world,
    step: () => game.step(world, world.tick + 1, inputs),
  };
}

function decide(plan: Plan, random: WorldRandom): void {
  if (random.unit() < RUN_CHANCE) {
    const way = random.between(-Math.PI, Math.PI);
    plan.vx = Math.cos(way) * RUN;
    plan.vy = Math.sin(way) * RUN;
  }
  if (random.unit() < AIM_CHANCE) plan.aimTarget = random.between(-Math.PI, Math.PI);
  plan.aim += Math.max(-AIM_TURN, Math.min(AIM_TURN, plan.aimTarget - plan.aim));
}

function isOutside(coordinate: number): boolean {
  return coordinate < 0 || coordinate > ARENA_METRES;
}

/** The nearest velocity that moves a position by whole grid steps per tick. */
function onGrid(velocity: number, dt: number): number {
  return (Math.round((velocity * dt) / AXIS.grid) * AXIS.grid) / dt;
}
