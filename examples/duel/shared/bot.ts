import { facing } from "./acting.ts";
import { Button } from "./buttons.ts";
import type { DuelWorld, Fighter } from "./entities.ts";
import { moves } from "./moves.ts";

/** Ticks after which somebody who only watches begins to react: about as quick as a person. */
const REACTION_TICKS = 14;

/**
 * The buttons of a fighter without a player. It is a part of the step like everything else: its plans are fields, its
 * chances are drawn from the stream of the match, and so every client knows what it will do.
 */
export function botButtons(world: DuelWorld, self: Fighter, opponent: Fighter | undefined): number {
  if (opponent === undefined) return 0;
  const { tick } = world;
  const chance = world.random(self);
  const distance = Math.abs(opponent.x - self.x);
  if (tick >= self.planUntil) {
    const dice = chance.int(100);
    if (distance > 4) self.plan = dice < 45 ? "approach" : dice < 75 ? "shoot" : "rush";
    else if (distance > 1.7)
      self.plan = dice < 50 ? "approach" : dice < 65 ? "leap" : dice < 80 ? "shoot" : "waitAndSee";
    else self.plan = dice < 55 ? "rush" : dice < 80 ? "waitAndSee" : "keepAway";
    self.planUntil = tick + 18 + chance.int(30);
  }
  const towards = facing(self) > 0 ? Button.right : Button.left;
  const away = facing(self) > 0 ? Button.left : Button.right;
  if (seesAttack(world, opponent, distance) && chance.int(100) < 58) {
    const { attack, posture } = moves[opponent.state];
    const isLow = attack === undefined || attack.height === "low" || posture === "crouching";
    return isLow ? away | Button.down : away;
  }
  switch (self.plan) {
    case "approach":
      return distance > 1.15 ? towards : chance.int(30) === 0 ? Button.light : 0;
    case "keepAway":
      return away;
    case "waitAndSee":
      return distance < 1.2 && chance.int(14) === 0 ? Button.light | Button.down : away;
    case "rush":
      return rush(chance.int(200), distance, towards);
    case "shoot":
      return chance.int(20) === 0 ? Button.special : 0;
    case "leap":
      return self.y > 0.4 && self.vy < 1 && distance < 1.6
        ? Button.heavy
        : towards | (self.y === 0 ? Button.up : 0);
  }
}

function rush(dice: number, distance: number, towards: number): number {
  if (distance > 2.6) return towards | (dice < 10 ? Button.dash : 0);
  if (distance > 1.05) return towards;
  if (dice < 9) return Button.light;
  if (dice < 12) return Button.heavy;
  if (dice < 14) return Button.down | Button.heavy;
  if (dice < 15) return Button.special;
  return 0;
}

/** Whether something has come at this fighter for long enough to be noticed. */
function seesAttack(world: DuelWorld, opponent: Fighter, distance: number): boolean {
  const { attack, ticks } = moves[opponent.state];
  const since = world.tick - opponent.since;
  if (attack !== undefined && distance < 1.9)
    return since >= Math.min(REACTION_TICKS, attack.startup - 1) && (ticks === 0 || since < ticks - 8);
  for (const ball of world.all("fireball"))
    if (ball.side === opponent.side && Math.abs(ball.x - opponent.x) > 1) return true;
  return false;
}
