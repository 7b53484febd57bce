import { enter, facing, frameOf } from "./acting.ts";
import { Button, direction } from "./buttons.ts";
import type { DuelWorld, Fighter } from "./entities.ts";
import { type Attack, type Box, fireballAttack, type Height, hurtBoxes, moves } from "./moves.ts";
import { CHIP_PERCENT, COMBO_SCALING, FIREBALL_HALF_SIZE, FIREBALL_HEIGHT, HALF_STAGE } from "./rules.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Both fighters' attacks of this tick: first all are found, then all take effect, so that two can hit each other at once. */
export function strike(world: DuelWorld, fighters: readonly Fighter[]): void {
  const found: { attacker: Fighter; victim: Fighter; attack: Attack; at: Place }[] = [];
  for (const attacker of fighters) {
    const { attack } = moves[attacker.state];
    const victim = fighters.find(({ side }) => side !== attacker.side);
    if (attack === undefined || victim === undefined || attacker.spent || world.tick < attacker.stopsUntil)
      continue;
    const frame = frameOf(attacker, world.tick);
    if (frame < attack.startup || frame >= attack.startup + attack.active) continue;
    if (!isTouchable(victim, world.tick)) continue;
    const at = overlap(placed(attack.box, attacker), placed(hurtBoxes[moves[victim.state].posture], victim));
    if (at !== undefined) found.push({ attacker, victim, attack, at });
  }
  for (const { attacker, victim, attack, at } of found) {
    attacker.spent = true;
    stop(attacker, attack.stop, world.tick);
    contact(world, attacker, victim, attack, at, facing(attacker));
  }
}

/** Fireballs fly on, meet each other, walls and fighters. */
export function fly(world: DuelWorld, fighters: readonly Fighter[]): void {
  const balls = [...world.all("fireball")];
  for (const ball of balls) {
    if (!ball.alive) continue;
    ball.x += ball.vx * world.dt;
    const twin = balls.find((other) => other.side !== ball.side && other.alive);
    if (twin !== undefined && Math.abs(twin.x - ball.x) < 2 * FIREBALL_HALF_SIZE) {
      world.emit("burst", { x: (twin.x + ball.x) / 2, y: FIREBALL_HEIGHT });
      world.despawn(twin);
      world.despawn(ball);
      continue;
    }
    if (Math.abs(ball.x) >= HALF_STAGE) {
      world.emit("burst", { x: ball.x, y: FIREBALL_HEIGHT });
      world.despawn(ball);
      continue;
    }
    const victim = fighters.find(({ side }) => side !== ball.side);
    if (victim === undefined || !isTouchable(victim, world.tick)) continue;
    const at = overlap(around(ball.x), placed(hurtBoxes[moves[victim.state].posture], victim));
    if (at === undefined) continue;
    const way = ball.vx > 0 ? 1 : -1;
    world.despawn(ball);
    contact(world, undefined, victim, fireballAttack, at, way);
  }
}

function isTouchable(fighter: Fighter, tick: number): boolean {
  const { posture, untouchable } = moves[fighter.state];
  if (posture === "down" || fighter.health === 0) return false;
  if (untouchable === undefined) return true;
  const frame = frameOf(fighter, tick);
  return frame < untouchable[0] || frame >= untouchable[1];
}

/** A box of a fighter where it stands, the way it faces. */
function placed(box: Box, { x, y, facesRight }: Fighter): Box {
  return {
    left: x + (facesRight ? box.left : -box.right),
    right: x + (facesRight ? box.right : -box.left),
    bottom: y + box.bottom,
    top: y + box.top,
  };
}

/** The box of a fireball. */
function around(x: number): Box {
  return {
    left: x - FIREBALL_HALF_SIZE,
    right: x + FIREBALL_HALF_SIZE,
    bottom: FIREBALL_HEIGHT - FIREBALL_HALF_SIZE,
    top: FIREBALL_HEIGHT + FIREBALL_HALF_SIZE,
  };
}

/** The middle of what two boxes have in common; undefined when that is nothing. */
function overlap(a: Box, b: Box): Place | undefined {
  const left = Math.max(a.left, b.left);
  const right = Math.min(a.right, b.right);
  const bottom = Math.max(a.bottom, b.bottom);
  const top = Math.min(a.top, b.top);
  return left < right && bottom < top ? { x: (left + right) / 2, y: (bottom + top) / 2 } : undefined;
}

/** The moment of impact: everything that is under way is put off by so many ticks. */
function stop(fighter: Fighter, ticks: number, tick: number): void {
  fighter.stopsUntil = tick + ticks;
  fighter.since += ticks;
}

/** What comes of an attack, or a fireball without an attacker, that has reached somebody; `way` is where it pushes. */
function contact(
  world: DuelWorld,
  attacker: Fighter | undefined,
  victim: Fighter,
  attack: Attack,
  at: Place,
  way: number,
): void {
  const { tick } = world;
  const { side } = victim;
  const heavy = attack.damage > 60;
  const guards = isGuarding(victim, attack.height, way);
  const isAir = moves[victim.state].posture === "air";
  if (guards) {
    const chip = attacker === undefined ? Math.floor((attack.damage * CHIP_PERCENT) / 100) : 0;
    victim.health = Math.max(1, victim.health - chip);
    enter(victim, (victim.held & Button.down) !== 0 ? "lowGuard" : "guard", tick);
    world.emit("block", { side, heavy, ...at });
  } else {
    const scaling = COMBO_SCALING[Math.min(victim.combo, COMBO_SCALING.length - 1)];
    victim.health = Math.max(0, victim.health - Math.floor((attack.damage * scaling) / 100));
    victim.combo = Math.min(99, victim.combo + 1);
    const isLaunched = isAir || attack.launch !== undefined || victim.health === 0;
    enter(victim, isLaunched ? "reel" : "hurt", tick);
    if (isLaunched) victim.vy = attack.launch ?? (victim.health === 0 ? 5.5 : 4);
    world.emit("hit", { side, heavy, combo: victim.combo, ...at });
  }
  victim.facesRight = way < 0;
  victim.wish = "nothing";
  victim.stunnedUntil = tick + attack.stop + (guards ? attack.blockStun : attack.hitStun);
  stop(victim, attack.stop, tick);
  push(attacker, victim, way * attack.push);
}

/** Away from the attacker; who has the wall behind gives the push back. */
function push(attacker: Fighter | undefined, victim: Fighter, speed: number): void {
  const isCornered = Math.abs(victim.x) > HALF_STAGE - 0.1 && victim.x > 0 === speed > 0;
  victim.vx = isCornered ? 0 : speed;
  if (isCornered && attacker !== undefined) attacker.vx = -speed;
}

/** Guards by holding away from the attack, standing or crouching as its height asks. */
function isGuarding(victim: Fighter, height: Height, way: number): boolean {
  const { state, held } = victim;
  const canGuard = moves[state].free || state === "guard" || state === "lowGuard";
  if (!canGuard || direction(victim) !== way) return false;
  const isLow = (held & Button.down) !== 0;
  return isLow ? height !== "high" : height !== "low";
}
