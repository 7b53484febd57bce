import type { Craft, Match, PuckWorld, Team } from "./entities.ts";
import {
  CHEER_TICKS,
  COUNTDOWN_TICKS,
  FINAL_TICKS,
  FULL_TANK,
  HALF_LENGTH,
  MATCH_TICKS,
  MOST_GOALS,
} from "./rules.ts";

/** Where a team's crafts wait for the whistle, for the left team: metres from the middle and from the axis. */
const SPOTS = [
  { x: -7, y: 0 },
  { x: -11, y: -5 },
  { x: -11, y: 5 },
  { x: -HALF_LENGTH + 3, y: 0 },
];

/** Where a craft stands at kick-off, nose to the ball. */
export function kickOffPlace({ team, spot }: { readonly team: Team; readonly spot: number }): {
  x: number;
  y: number;
  angle: number;
} {
  const { x, y } = SPOTS[spot % SPOTS.length];
  return team === "left" ? { x, y, angle: 0 } : { x: -x, y: -y, angle: Math.PI };
}

/** Takes the match from one phase to the next when its time has come. */
export function referee(world: PuckWorld, match: Match): void {
  const isOver = world.tick >= match.phaseEndsAt;
  if (match.phase === "waiting") {
    if (world.countOf("craft") > 0) begin(world, match);
  } else if (match.phase === "countdown") {
    if (!isOver) return;
    match.phase = "play";
    world.emit("whistle", { end: false });
  } else if (match.phase === "play") {
    if (match.ticksLeft > 0) match.ticksLeft--;
    // A draw is played on until somebody scores.
    if (match.ticksLeft === 0 && match.left !== match.right) finish(world, match);
  } else if (isOver) {
    if (match.phase === "final") begin(world, match);
    else if (match.ticksLeft === 0 && match.left !== match.right) finish(world, match);
    else countDown(world, match);
  }
}

/** Counts a goal for the team, and lets it be cheered. */
export function score(world: PuckWorld, match: Match, team: Team): void {
  match[team] = Math.min(MOST_GOALS, match[team] + 1);
  match.phase = "cheer";
  match.phaseEndsAt = world.tick + CHEER_TICKS;
}

function begin(world: PuckWorld, match: Match): void {
  match.left = match.right = 0;
  match.ticksLeft = MATCH_TICKS;
  countDown(world, match);
}

function finish(world: PuckWorld, match: Match): void {
  match.phase = "final";
  match.phaseEndsAt = world.tick + FINAL_TICKS;
  world.emit("whistle", { end: true });
}

function countDown(world: PuckWorld, match: Match): void {
  match.phase = "countdown";
  match.phaseEndsAt = world.tick + COUNTDOWN_TICKS;
  for (const craft of world.all("craft")) placeForKickOff(craft);
  for (const ball of world.all("ball"))
    ball.x = ball.y = ball.vx = ball.vy = ball.angle = ball.spin = ball.touchedBy = 0;
}

export function placeForKickOff(craft: Craft): void {
  const { x, y, angle } = kickOffPlace(craft);
  craft.x = x;
  craft.y = y;
  craft.angle = angle;
  craft.vx = craft.vy = craft.spin = 0;
  craft.tank = FULL_TANK;
}
