import type { ArenaInputs, ArenaWorld, Player } from "./entities.ts";
import { spawnPoints } from "./map.ts";
import { ACCELERATION, FULL_HEALTH, MAGAZINE, PLAYER_RADIUS, SHIELD_TICKS, TOP_SPEED } from "./rules.ts";
import { slide } from "./terrain.ts";

/** Moves every ship by its player's input; brings the sunk back when their time has come. */
export function sail(world: ArenaWorld, inputs: ArenaInputs): void {
  for (const player of world.all("player")) {
    if (player.condition !== "fighting" && world.tick >= player.conditionEndsAt) {
      if (player.condition === "sunk") respawn(world, player);
      else player.condition = "fighting";
    }
    if (player.condition === "sunk") continue;
    const { moveX, moveY, aim } = inputs.of(player);
    player.aim = aim;
    steer(player, moveX, moveY, world.dt);
    const before = player.x;
    const above = player.y;
    const reached = slide(before, above, player.vx * world.dt, player.vy * world.dt, PLAYER_RADIUS);
    player.x = reached.x;
    player.y = reached.y;
    // The velocity is what really happened, so that everyone else can carry the ship on from it without a surprise.
    player.vx = (reached.x - before) / world.dt;
    player.vy = (reached.y - above) / world.dt;
  }
}

/** Turns the velocity towards what the stick asks for, by no more than the acceleration allows. */
function steer(player: Player, moveX: number, moveY: number, dt: number): void {
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  // Two keys at once point at a corner of the square, 1.4 long: a diagonal is not a way to be faster.
  const speed = length > 1 ? TOP_SPEED / length : TOP_SPEED;
  const changeX = moveX * speed - player.vx;
  const changeY = moveY * speed - player.vy;
  const change = Math.sqrt(changeX * changeX + changeY * changeY);
  const most = ACCELERATION * dt;
  const share = change > most ? most / change : 1;
  player.vx += changeX * share;
  player.vy += changeY * share;
}

/** A random place, from the stream that the player's own client can draw from as well: the camera never has to jump back. */
function respawn(world: ArenaWorld, player: Player): void {
  const { x, y } = spawnPoints[world.random(player).int(spawnPoints.length)];
  player.x = x;
  player.y = y;
  player.vx = player.vy = 0;
  player.hp = FULL_HEALTH;
  player.ammo = MAGAZINE;
  player.gunReadyAt = world.tick;
  player.condition = "shielded";
  player.conditionEndsAt = world.tick + SHIELD_TICKS;
}
