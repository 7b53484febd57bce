import type { Netcode } from "@tidelock/client";
import { NO_CONDITION, type Table } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { push } from "../docs/push-game/game.ts";
import { Stepper } from "./stepper.ts";

const FAR = { ...NO_CONDITION, latencyMs: 75, jitterMs: 5 };

interface Tables {
  readonly tick: number;
  readonly tables: readonly Table[];
}

function match(path = FAR) {
  const stepper = new Stepper({ game: push });
  const { world } = stepper.simulation;
  world.spawn("body", { at: { x: 3, y: 0 }, radius: 1.5 });
  const join = (x: number) =>
    stepper.join(path, (owner) => void world.spawn("body", { owner, at: { x, y: 0 } }));
  const [left, right] = [join(-4), join(8)];
  stepper.run(3000);
  return { stepper, world, left, right };
}

/** What a world holds, bit for bit, whatever its slots. */
function contents(world: Tables): string {
  return JSON.stringify(
    world.tables.map((table) =>
      Array.from(table.order.subarray(0, table.count), (slot) => [
        table.ids[slot],
        table.owners[slot],
        ...table.quantised.map((column) => column[slot]),
      ]),
    ),
  );
}

/** Whether a client's prediction for the server's present tick is what the server has, once nothing moves. */
function expectEqual(world: Tables, { netcode }: { readonly netcode: Netcode }): void {
  const predicted = netcode.predictor.at(world.tick);
  expect(predicted && contents(predicted)).toBe(contents(world));
}

describe("a world that everybody predicts", () => {
  it("is the server's to the last bit when all hold their inputs, with no correction", () => {
    const { stepper, world, left, right } = match();
    left.input.x = 0.5;
    right.input.y = -0.25;
    stepper.run(500);
    const before = [left, right].map(({ netcode }) => netcode.predictor.corrections);
    stepper.run(1000);
    expect([left, right].map(({ netcode }) => netcode.predictor.corrections)).toEqual(before);
    expectEqual(world, left);
    expectEqual(world, right);
  });

  it("shows a push of another player's making after a correction, and agrees again", () => {
    const { stepper, world, left, right } = match({ ...FAR, lossPercent: 2 });
    right.input.x = -1;
    stepper.run(2500);
    right.input.x = 0;
    left.input.y = 0.7;
    stepper.run(300);
    left.input.y = 0;
    stepper.run(2000);
    const ball = [...world.all("body")][0];
    expect(ball.at.x).toBeLessThan(2);
    expect(left.netcode.predictor.corrections).toBeGreaterThan(0);
    expectEqual(world, left);
    expectEqual(world, right);
  });

  it("takes back what another was wrongly expected to throw", () => {
    const { stepper, world, left, right } = match();
    for (let press = 0; press < 12; press++) {
      right.input.throw = true;
      stepper.run(40 + press * 17);
      right.input.throw = false;
      stepper.run(170);
    }
    stepper.run(2000);
    expect(left.cancelled.length).toBeGreaterThan(0);
    expectEqual(world, left);
    expectEqual(world, right);
    const thrown = left.events.length - left.cancelled.length;
    const own = right.events.length - right.cancelled.length;
    expect(thrown).toBe(own);
  });

  it("forgets a player who has left", () => {
    const { stepper, world, left, right } = match();
    right.input.x = 1;
    stepper.run(200);
    const { simulation } = stepper;
    const gone = simulation.players.get(right.number)!;
    for (const body of world.all("body")) if (body.owner === right.number) world.despawn(body);
    simulation.leave(gone);
    right.hidden = true;
    stepper.run(1000);
    expectEqual(world, left);
    expect(left.shown.body).toHaveLength(2);
  });
});

describe("a replay that costs more than its budget", () => {
  it("is cut short, and the client still comes to the truth", () => {
    let costMs = 0;
    const stepper = new Stepper({ game: push, replayClock: () => (costMs += 100) });
    const { world } = stepper.simulation;
    const join = (x: number) =>
      stepper.join(FAR, (owner) => void world.spawn("body", { owner, at: { x, y: 0 } }));
    const [left, right] = [join(-4), join(1)];
    stepper.run(2000);
    for (let turn = 0; turn < 6; turn++) {
      right.input.x = turn % 2 === 0 ? -1 : 1;
      stepper.run(300);
    }
    right.input.x = 0;
    stepper.run(2000);
    expect(left.netcode.predictor.shortenedReplays).toBeGreaterThan(0);
    expectEqual(world, left);
  });
});
