import { enter } from "./acting.ts";
import type { DuelWorld, Fighter, Match } from "./entities.ts";
import { moves } from "./moves.ts";
import {
  FIGHTERS,
  FULL_HEALTH,
  INTRO_TICKS,
  KNOCK_OUT_TICKS,
  ROUND_TICKS,
  ROUNDS_TO_WIN,
  START_X,
} from "./rules.ts";

/** Moves the match on: rounds begin and end, and who wants to fights again. */
export function referee(world: DuelWorld, match: Match, fighters: readonly Fighter[]): void {
  if (fighters.length < FIGHTERS) {
    match.phase = "waiting";
    return;
  }
  if (match.phase === "waiting") startMatch(world, match, fighters);
  else if (match.phase === "over") {
    if (fighters.every(({ ready, owner }) => ready || owner === 0)) startMatch(world, match, fighters);
  } else if (match.phase === "fight") judge(world, match, fighters);
  else if (world.tick >= match.endsAt) {
    if (match.phase === "intro") beginRound(world, match);
    else if (fighters.some(({ wins }) => wins >= ROUNDS_TO_WIN)) match.phase = "over";
    else startRound(world, match, fighters, match.winner === "nobody" ? match.round : match.round + 1);
  }
}

export function startMatch(world: DuelWorld, match: Match, fighters: Iterable<Fighter>): void {
  const all = [...fighters];
  for (const fighter of all) fighter.wins = 0;
  startRound(world, match, all, 1);
}

function startRound(world: DuelWorld, match: Match, fighters: readonly Fighter[], round: number): void {
  match.phase = "intro";
  match.round = round;
  match.winner = "nobody";
  match.endsAt = world.tick + INTRO_TICKS;
  for (const ball of world.all("fireball")) world.despawn(ball);
  for (const fighter of fighters) {
    Object.assign(fighter, {
      x: fighter.side === 0 ? -START_X : START_X,
      y: 0,
      vx: 0,
      vy: 0,
      facesRight: fighter.side === 0,
      health: FULL_HEALTH,
      combo: 0,
      stopsUntil: 0,
      stunnedUntil: 0,
      wish: "nothing",
      ready: false,
      planUntil: 0,
    });
    enter(fighter, "idle", world.tick);
  }
  world.emit("round", { round });
}

function beginRound(world: DuelWorld, match: Match): void {
  match.phase = "fight";
  match.endsAt = world.tick + ROUND_TICKS;
  world.emit("begin", { round: match.round });
}

/** Who is still on their feet, or has more left when the time is up, wins the round. Where both fall, nobody does. */
function judge(world: DuelWorld, match: Match, fighters: readonly Fighter[]): void {
  const isTimeUp = world.tick >= match.endsAt;
  const best = Math.max(...fighters.map(({ health }) => health));
  const beaten = fighters.filter(({ health }) => health === 0);
  if (beaten.length === 0 && !isTimeUp) return;
  const winners = fighters.filter(({ health }) => health === best && health > 0);
  const winner = winners.length === 1 ? winners[0] : undefined;
  match.winner = winner === undefined ? "nobody" : winner.side === 0 ? "left" : "right";
  if (winner !== undefined) winner.wins = Math.min(ROUNDS_TO_WIN, winner.wins + 1);
  match.phase = "knockOut";
  match.endsAt = world.tick + KNOCK_OUT_TICKS;
  for (const { side } of beaten) world.emit("knockOut", { side, round: match.round });
}

/** Nobody may act now: who has won rejoices, and in the end any attack button asks for another match. */
export function betweenRounds(world: DuelWorld, match: Match, fighter: Fighter): void {
  const { wish } = fighter;
  fighter.wish = "nothing";
  if (match.phase === "over") {
    if (wish === "light" || wish === "heavy" || wish === "special") fighter.ready = true;
    return;
  }
  const hasWon = match.winner === (fighter.side === 0 ? "left" : "right");
  if (hasWon && world.tick > match.endsAt - KNOCK_OUT_TICKS / 2 && moves[fighter.state].free)
    enter(fighter, "cheer", world.tick);
}
