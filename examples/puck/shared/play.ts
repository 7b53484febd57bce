import type { Ball, Match, PuckInputs, PuckWorld } from "./entities.ts";
import { drive } from "./driving.ts";
import { score } from "./kickoff.ts";
import { physics } from "./pitch.ts";
import { BALL_RADIUS, CRAFT_RADIUS, HALF_LENGTH, SOFTEST_BUMP } from "./rules.ts";

/** Crafts that end a tick no further than this from the ball have touched it, in metres. */
const TOUCH = CRAFT_RADIUS + BALL_RADIUS + 0.05;

/** Moves everything by one tick, and says what became of the ball. */
export function play(world: PuckWorld, inputs: PuckInputs, match: Match | undefined): void {
  if (match === undefined || match.phase === "countdown" || match.phase === "waiting") return;
  drive(world, inputs);
  const before = [...world.all("ball")].map(({ vx, vy }) => ({ vx, vy }));
  physics.step(world);
  let index = 0;
  for (const ball of world.all("ball")) {
    reportBump(world, ball, before[index++]);
    noteTouch(world, ball);
    if (match.phase === "play" && Math.abs(ball.x) > HALF_LENGTH + BALL_RADIUS) {
      const team = ball.x > 0 ? "left" : "right";
      world.emit("goal", { team, by: ball.touchedBy, x: ball.x, y: ball.y });
      score(world, match, team);
    }
  }
}

function reportBump(world: PuckWorld, ball: Ball, before: { vx: number; vy: number }): void {
  const changeX = ball.vx - before.vx;
  const changeY = ball.vy - before.vy;
  const strength = Math.sqrt(changeX * changeX + changeY * changeY);
  if (strength >= SOFTEST_BUMP) world.emit("bump", { x: ball.x, y: ball.y, strength });
}

function noteTouch(world: PuckWorld, ball: Ball): void {
  for (const craft of world.all("craft")) {
    const x = craft.x - ball.x;
    const y = craft.y - ball.y;
    if (x * x + y * y < TOUCH * TOUCH) ball.touchedBy = craft.owner;
  }
}
