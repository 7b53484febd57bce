import {
  condition,
  defineGame,
  entity,
  input,
  NO_CONDITION,
  ownerOnly,
  position,
  uint,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { HOP, hops } from "../docs/hopping-game/game.ts";
import { Stepper } from "./stepper.ts";

function match(path = condition({ latencyMs: 50, jitterMs: 10 })) {
  const stepper = new Stepper({ game: hops });
  const clients = [0, 100].map((x) =>
    stepper.join(path, (owner) => void stepper.simulation.world.spawn("body", { owner, x })),
  );
  stepper.run(3000);
  return { stepper, clients };
}

/** What the first client's screen showed of one body, from frame to frame. */
function motionsOf({ stepper, clients }: ReturnType<typeof match>, mine: boolean, ms: number): number[] {
  const motions: number[] = [];
  let last = Number.NaN;
  const before = stepper.onFrame;
  stepper.onFrame = (client, nowMs) => {
    before(client, nowMs);
    if (client !== clients[0]) return;
    const x = Number(client.shown.body.find((body) => body.mine === mine)?.x);
    if (!Number.isNaN(last)) motions.push(x - last);
    last = x;
  };
  stepper.run(ms);
  return motions;
}

describe("a body that is put elsewhere and says so", () => {
  it.each([
    ["predicted", true],
    ["received", false],
  ] as const)("is here, then there, and never between: %s", (_name, mine) => {
    const game = match();
    for (const client of game.clients) client.input.hop = true;
    const motions = motionsOf(game, mine, 5000);
    const hopped = motions.filter((motion) => motion > 0.5);
    expect(hopped.length).toBeGreaterThan(5);
    for (const motion of hopped) expect(motion).toBeCloseTo(HOP, 2);
    for (const motion of motions.filter((each) => each <= 0.5)) expect(motion).toBeCloseTo(0, 6);
  });

  it("is not slid to where a correction says that it was put", () => {
    const game = match(NO_CONDITION);
    const [body] = game.stepper.simulation.world.all("body");
    body.x += 1;
    body.warps = (body.warps + 1) & 3;
    const motions = motionsOf(game, true, 1000).filter((motion) => motion !== 0);
    expect(motions).toHaveLength(1);
    expect(motions[0]).toBeCloseTo(1, 6);
  });

  it("is slid where the correction is nothing but a correction", () => {
    const game = match(NO_CONDITION);
    const [body] = game.stepper.simulation.world.all("body");
    body.x += 1;
    const motions = motionsOf(game, true, 1000).filter((motion) => motion !== 0);
    expect(motions.length).toBeGreaterThan(10);
    expect(Math.max(...motions)).toBeLessThan(0.3);
    expect(motions.reduce((sum, motion) => sum + motion, 0)).toBeCloseTo(1, 6);
  });
});

it("refuses a teleport field that cannot tell everybody", () => {
  const game = (teleport: "x" | "secret") => () =>
    defineGame({
      name: "bad",
      tickRate: 60,
      entities: {
        body: entity(
          { x: position({ min: -5, max: 5, grid: 1 / 16 }), secret: ownerOnly(uint({ max: 3 })) },
          { teleport },
        ),
      },
      input: input({}),
      step() {},
    });
  expect(game("x")).toThrow(/teleport is "x", which is a position/);
  expect(game("secret")).toThrow(/a uint that goes to owner/);
});
