import { cos, gridWalls, rewind, sin } from "@tidelock/shared";
import type { ArenaInputs, ArenaWorld, Bullet, Player } from "./entities.ts";
import {
  BULLET_LIFE_TICKS,
  BULLET_RADIUS,
  BULLET_SPEED,
  BULLET_SPREAD,
  COVER_MS,
  FIRE_EVERY_TICKS,
  FULL_HEALTH,
  HEAL_AMOUNT,
  HEAL_DELAY_TICKS,
  HEAL_EVERY_TICKS,
  HIT_DAMAGE,
  LAG_STEPS,
  MAGAZINE,
  MUZZLE_DISTANCE,
  PLAYER_RADIUS,
  RELOAD_TICKS,
  RESPAWN_TICKS,
} from "./rules.ts";
import { Targets } from "./targets.ts";
import { freeShare, terrain } from "./terrain.ts";

/** Filled anew in every step and kept only so that no step allocates: it carries nothing from one tick to the next. */
const targets = new Targets();
const walls = gridWalls(terrain);

/** Guns, healing, and the flight of every bullet. */
export function fight(world: ArenaWorld, inputs: ArenaInputs): void {
  targets.clear();
  for (const player of world.all("player")) {
    if (player.condition === "sunk") continue;
    const { fire, reload } = inputs.of(player);
    workGun(world, player, fire, reload);
    heal(player, world.tick);
    targets.add(player);
  }
  for (const bullet of world.all("bullet")) fly(world, bullet);
}

function workGun(world: ArenaWorld, player: Player, fire: boolean, reload: boolean): void {
  if (world.tick < player.gunReadyAt) return;
  if (player.ammo === 0) player.ammo = MAGAZINE;
  if (reload && player.ammo < MAGAZINE) {
    player.ammo = 0;
    player.gunReadyAt = world.tick + RELOAD_TICKS;
  } else if (fire) {
    player.ammo--;
    player.gunReadyAt = world.tick + (player.ammo === 0 ? RELOAD_TICKS : FIRE_EVERY_TICKS);
    // Whoever shoots can be shot.
    player.condition = "fighting";
    shoot(world, player);
  }
}

function shoot(world: ArenaWorld, player: Player): void {
  const angle = player.aim + world.random(player).range(-BULLET_SPREAD, BULLET_SPREAD);
  const towardsX = cos(angle);
  const towardsY = sin(angle);
  world.spawn("bullet", {
    owner: player.owner,
    x: player.x + towardsX * MUZZLE_DISTANCE,
    y: player.y + towardsY * MUZZLE_DISTANCE,
    vx: towardsX * BULLET_SPEED,
    vy: towardsY * BULLET_SPEED,
    endsAt: world.tick + BULLET_LIFE_TICKS,
    lag: Math.round(rewind(world, player).ticks * LAG_STEPS),
  });
}

function heal(player: Player, tick: number): void {
  if (player.hp === FULL_HEALTH || tick < player.healsAt) return;
  player.hp = Math.min(FULL_HEALTH, player.hp + HEAL_AMOUNT);
  player.healsAt = tick + HEAL_EVERY_TICKS;
}

/** Carries a bullet through one tick: to the first ship or wall in its way, or on. */
function fly(world: ArenaWorld, bullet: Bullet): void {
  if (world.tick >= bullet.endsAt) return world.despawn(bullet);
  const dx = bullet.vx * world.dt;
  const dy = bullet.vy * world.dt;
  const untilWall = freeShare(bullet.x, bullet.y, dx, dy, BULLET_RADIUS);
  const isStopped =
    bullet.lag > 0
      ? strikesSeen(world, bullet, dx, dy)
      : strikesPresent(world, bullet, dx * untilWall, dy * untilWall);
  if (isStopped || untilWall < 1) return world.despawn(bullet);
  bullet.x += dx;
  bullet.y += dy;
}

function strikesPresent(world: ArenaWorld, bullet: Bullet, dx: number, dy: number): boolean {
  const victim = targets.firstHit(bullet.x, bullet.y, dx, dy, bullet.owner);
  if (victim !== undefined) strike(world, bullet, victim);
  return victim !== undefined;
}

/** The bullet of somebody far away meets the others where its shooter's screen shows them, all the way. */
function strikesSeen(world: ArenaWorld, bullet: Bullet, dx: number, dy: number): boolean {
  const { x, y, lag } = bullet;
  const hit = rewind(world, bullet, { ticks: lag / LAG_STEPS }).sweep("player", {
    from: { x, y },
    to: { x: x + dx, y: y + dy },
    radius: BULLET_RADIUS,
    target: PLAYER_RADIUS,
    where: ({ condition }) => condition !== "sunk",
    walls,
    coverMs: COVER_MS,
  });
  // A client that only looks at the victim leaves it to the server what the hit does.
  if (hit?.entity !== undefined) strike(world, bullet, hit.entity);
  return hit !== undefined;
}

function strike(world: ArenaWorld, bullet: Bullet, victim: Player): void {
  if (victim.condition !== "fighting") return;
  const { x, y } = victim;
  victim.hp = Math.max(0, victim.hp - HIT_DAMAGE);
  victim.healsAt = world.tick + HEAL_DELAY_TICKS;
  world.emit("hit", { victim: victim.owner, by: bullet.owner, damage: HIT_DAMAGE, x, y });
  if (victim.hp > 0) return;
  victim.condition = "sunk";
  victim.conditionEndsAt = world.tick + RESPAWN_TICKS;
  victim.vx = victim.vy = 0;
  world.emit("kill", { victim: victim.owner, by: bullet.owner, x, y });
}
