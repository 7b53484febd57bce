import { Button, direction } from "./buttons.ts";
import type { DuelWorld, Fighter, State } from "./entities.ts";
import { moves } from "./moves.ts";
import {
  FIREBALL_SPEED,
  GRAVITY,
  GROUND_FRICTION,
  HALF_STAGE,
  JUMP_DRIFT,
  JUMP_SPEED,
  RETREAT_SPEED,
  SLOWEST_SLIDE,
  WALK_SPEED,
} from "./rules.ts";

/** How many ticks into its state a fighter is. It stands still while the fighter is stopped by an impact. */
export function frameOf({ since, stopsUntil }: Pick<Fighter, "since" | "stopsUntil">, tick: number): number {
  return (tick < stopsUntil ? stopsUntil : tick) - since;
}

export function enter(fighter: Fighter, state: State, tick: number): void {
  fighter.state = state;
  fighter.since = tick;
  fighter.spent = false;
}

/** 1 for who faces right, -1 for who faces left. */
export function facing({ facesRight }: Pick<Fighter, "facesRight">): number {
  return facesRight ? 1 : -1;
}

/** Moves a fighter on by one tick: what ends, what begins, and how fast it goes. */
export function act(
  world: DuelWorld,
  fighter: Fighter,
  opponent: Fighter | undefined,
  mayBegin: boolean,
): void {
  const { tick } = world;
  if (tick < fighter.stopsUntil) return;
  endState(fighter, tick);
  if (opponent !== undefined && moves[fighter.state].free && fighter.x !== opponent.x)
    fighter.facesRight = fighter.x < opponent.x;
  if (mayBegin) begin(world, fighter);
  else if (moves[fighter.state].free && fighter.state !== "idle") enter(fighter, "idle", tick);
  fire(world, fighter);
  setSpeed(fighter, world.dt);
}

function endState(fighter: Fighter, tick: number): void {
  const { ticks, next } = moves[fighter.state];
  const isStunned = fighter.state === "hurt" || fighter.state === "guard" || fighter.state === "lowGuard";
  if (isStunned ? tick < fighter.stunnedUntil : ticks === 0 || frameOf(fighter, tick) < ticks) return;
  if (fighter.state === "hurt" || fighter.state === "rise") fighter.combo = 0;
  if (next === "air") {
    fighter.vy = JUMP_SPEED;
    fighter.vx = direction(fighter) * JUMP_DRIFT;
  }
  enter(fighter, next, tick);
}

/** Begins what the fighter wishes or holds, as far as its state allows. */
function begin(world: DuelWorld, fighter: Fighter): void {
  const { tick } = world;
  const move = moves[fighter.state];
  const wished = wishedState(fighter);
  if (wished !== undefined && (move.free || isAirAttack(fighter, wished) || isCancel(fighter, wished))) {
    fighter.wish = "nothing";
    enter(fighter, wished, tick);
    const { attack } = moves[wished];
    if (attack !== undefined) world.emit("swing", { side: fighter.side, heavy: attack.damage > 60 });
    if (wished === "crouchJump" || wished === "dash" || wished === "backdash")
      world.emit("leap", { side: fighter.side });
    return;
  }
  if (!move.free) return;
  const wanted = heldState(fighter);
  if (wanted !== fighter.state) enter(fighter, wanted, tick);
}

function wishedState(fighter: Fighter): State | undefined {
  const isAir = moves[fighter.state].posture === "air";
  const isDown = (fighter.held & Button.down) !== 0;
  switch (fighter.wish) {
    case "light":
      return isAir ? "airLight" : isDown ? "low" : "light";
    case "heavy":
      return isAir ? "airHeavy" : isDown ? "sweep" : "heavy";
    case "special":
      return isAir ? undefined : "special";
    case "dash":
      return isAir ? undefined : direction(fighter) === -facing(fighter) ? "backdash" : "dash";
    case "jump":
      return isAir ? undefined : "crouchJump";
    case "nothing":
      return undefined;
  }
}

function isAirAttack(fighter: Fighter, wished: State): boolean {
  return fighter.state === "air" && moves[wished].posture === "air";
}

function isCancel(fighter: Fighter, wished: State): boolean {
  return fighter.spent && (moves[fighter.state].attack?.cancels.includes(wished) ?? false);
}

function heldState(fighter: Fighter): State {
  if ((fighter.held & Button.down) !== 0) return "crouch";
  if ((fighter.held & Button.up) !== 0) return "crouchJump";
  const way = direction(fighter) * facing(fighter);
  return way > 0 ? "walk" : way < 0 ? "retreat" : "idle";
}

/** Lets a fireball go, unless one of the fighter's is still under way. */
function fire(world: DuelWorld, fighter: Fighter): void {
  const { fires } = moves[fighter.state];
  if (fires === undefined || frameOf(fighter, world.tick) !== fires) return;
  for (const { side } of world.all("fireball")) if (side === fighter.side) return;
  const way = facing(fighter);
  world.spawn("fireball", {
    owner: fighter.owner,
    side: fighter.side,
    x: Math.max(-HALF_STAGE, Math.min(HALF_STAGE, fighter.x + way * 0.75)),
    vx: way * FIREBALL_SPEED,
  });
  world.emit("fire", { side: fighter.side });
}

function setSpeed(fighter: Fighter, dt: number): void {
  const { posture, speed } = moves[fighter.state];
  if (posture === "air") {
    fighter.vy -= GRAVITY * dt;
    return;
  }
  if (fighter.state === "walk") fighter.vx = facing(fighter) * WALK_SPEED;
  else if (fighter.state === "retreat") fighter.vx = -facing(fighter) * RETREAT_SPEED;
  else if (speed !== undefined) fighter.vx = facing(fighter) * speed;
  else if (fighter.state === "idle" || fighter.state === "crouch" || fighter.state === "crouchJump")
    fighter.vx = 0;
  else fighter.vx = Math.abs(fighter.vx) < SLOWEST_SLIDE ? 0 : fighter.vx * GROUND_FRICTION;
}
