import { describe, expect, it } from "vitest";
import { enter, setUp } from "./crowd.ts";
import { puck } from "./game.ts";
import {
  BALL_RADIUS,
  CHEER_TICKS,
  COUNTDOWN_TICKS,
  CRAFT_RADIUS,
  FINAL_TICKS,
  FULL_TANK,
  HALF_LENGTH,
  HALF_WIDTH,
  MATCH_TICKS,
} from "./rules.ts";
import { scriptedInputs } from "./scripted-inputs.ts";

type Held = Partial<{ moveX: number; moveY: number; boost: boolean }>;

/** A match that is stepped by hand, with players 1 and 2 (left and right); who holds what stays held. */
function play(crates = 0) {
  const world = puck.createWorld();
  const inputs = puck.createInputs();
  const row = puck.input.neutralRow();
  setUp(world, crates);
  enter(world, 1);
  enter(world, 2);
  const [match] = world.all("match");
  const [ball] = world.all("ball");
  const [left, right] = world.all("craft");
  return {
    world,
    match,
    ball,
    left,
    right,
    hold(player: number, held: Held) {
      puck.input.write(held, row);
      inputs.set(player, row);
    },
    run(ticks: number) {
      const events: { name: string; data: unknown }[] = [];
      for (let i = 0; i < ticks; i++) {
        puck.step(world, world.tick + 1, inputs);
        events.push(...world.events);
      }
      return events;
    },
  };
}

describe("a match", () => {
  it("begins with a countdown in which nobody moves, and a whistle", () => {
    const { match, left, hold, run } = play();
    hold(1, { moveX: 1 });
    expect(run(COUNTDOWN_TICKS)).toEqual([]);
    expect([match.phase, left.x, left.tank]).toEqual(["countdown", -7, FULL_TANK]);
    expect(run(2)).toMatchObject([{ name: "whistle" }]);
    expect(left.x).toBeGreaterThan(-7);
  });

  it("counts a goal for those who attack that side, tells who made it, and kicks off again", () => {
    const { match, ball, left, hold, run } = play();
    run(COUNTDOWN_TICKS + 1);
    left.x = 14;
    ball.x = 16;
    hold(1, { moveX: 1, boost: true });
    const events = run(60);
    expect(events.find(({ name }) => name === "goal")).toMatchObject({ data: { team: "left", by: 1 } });
    expect([match.phase, match.left, match.right]).toEqual(["cheer", 1, 0]);
    hold(1, {});
    run(CHEER_TICKS);
    expect([match.phase, ball.x, ball.vx, left.x]).toEqual(["countdown", 0, 0, -7]);
  });

  it("is over when the clock is and somebody leads, and starts anew", () => {
    const { match, run } = play();
    run(COUNTDOWN_TICKS + 1);
    run(MATCH_TICKS);
    expect([match.phase, match.ticksLeft]).toEqual(["play", 0]);
    match.right = 1;
    expect(run(1)).toMatchObject([{ name: "whistle", data: { end: true } }]);
    run(FINAL_TICKS);
    expect([match.phase, match.right]).toEqual(["countdown", 0]);
  });
});

describe("a craft", () => {
  it("is faster with boost, for as long as the tank lasts, which fills again", () => {
    const { left, right, hold, run } = play();
    run(COUNTDOWN_TICKS + 1);
    left.y = -8;
    right.y = 8;
    hold(1, { moveX: 1, boost: true });
    hold(2, { moveX: -1 });
    run(60);
    expect(Math.abs(left.vx)).toBeGreaterThan(Math.abs(right.vx) * 1.3);
    expect(left.tank).toBeLessThan(FULL_TANK / 2);
    hold(1, {});
    run(400);
    expect([left.tank, left.vx, left.vy]).toEqual([FULL_TANK, 0, 0]);
  });

  it("pushes the ball but does not drive into a goal", () => {
    const { ball, left, hold, run } = play();
    run(COUNTDOWN_TICKS + 1);
    ball.y = 10;
    hold(1, { moveX: -1 });
    run(200);
    expect(left.x).toBeGreaterThan(-HALF_LENGTH + CRAFT_RADIUS - 0.05);
    expect(left.x).toBeLessThan(-HALF_LENGTH + CRAFT_RADIUS + 0.1);
  });
});

describe("the pitch", () => {
  it("holds everything in, however wildly it is pushed about", () => {
    const { world, hold, run } = play(20);
    for (let tick = 1; tick <= 1500; tick++) {
      for (const player of [1, 2]) hold(player, scriptedInputs(tick, player));
      run(1);
    }
    for (const { x, y } of [...world.all("craft"), ...world.all("crate"), ...world.all("ball")]) {
      expect(Math.abs(y)).toBeLessThan(HALF_WIDTH);
      expect(Math.abs(x)).toBeLessThan(HALF_LENGTH + 3);
    }
  });

  it("lets a rolling ball come to rest", () => {
    const { ball, run } = play();
    run(COUNTDOWN_TICKS + 1);
    ball.vx = 6;
    ball.y = 5;
    run(900);
    expect([ball.vx, ball.vy, ball.spin]).toEqual([0, 0, 0]);
    expect(Math.abs(ball.x)).toBeLessThan(HALF_LENGTH - BALL_RADIUS + 0.01);
  });
});
