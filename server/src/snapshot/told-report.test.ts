import {
  DeltaCache,
  defineGame,
  entity,
  input,
  NO_MARGIN,
  position,
  velocity,
  WorldHistory,
} from "@tidelock/shared";
import { describe, expect, test } from "vitest";
import { SnapshotEncoder, type VisibleSet } from "./snapshot-encoder.ts";

const game = defineGame({
  name: "told",
  tickRate: 30,
  entities: {
    ball: entity({
      x: position({ min: -100, max: 100, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 20, slowest: 0.1 }),
    }),
  },
  input: input({}),
  step(world) {
    for (const ball of world.all("ball")) ball.x += ball.vx * world.dt;
  },
});

/** A room with so many balls, one client, and the acknowledgements that it chooses to give. */
function room(count: number) {
  const world = game.createWorld();
  const balls = Array.from({ length: count }, (_, i) => world.spawn("ball", { x: i % 90, vx: 1, owner: 2 }));
  const history = new WorldHistory(world);
  const encoder = new SnapshotEncoder(history, new DeltaCache(history), 1);
  let sequence = -1;
  const send = (seen = count, budget?: number): void => {
    game.step(world, world.tick + 1, game.createInputs());
    history.record(world.tick);
    const slots = Int32Array.from({ length: seen }, (_, i) => i);
    const visible: VisibleSet = { count: seen, tables: new Uint8Array(seen), slots };
    encoder.encode(visible, { newestInput: 0, margin: NO_MARGIN }, () => sequence++, budget);
  };
  const acknowledge = (): void => void encoder.acknowledge(sequence, 0xffff_ffff);
  const why = (): string[] => balls.map(({ id }) => encoder.whyNotSent(id));
  return { balls, encoder, send, acknowledge, why };
}

describe("why an entity was not sent", () => {
  test("is that the client works it out, that news of it are on their way, or that it is out of view", () => {
    const { balls, encoder, send, acknowledge, why } = room(3);
    expect(why()).toEqual(["not-in-view", "not-in-view", "not-in-view"]);
    send(2);
    expect(why()).toEqual(["sent", "sent", "not-in-view"]);
    send(3);
    expect(why()).toEqual(["waiting-for-ack", "waiting-for-ack", "sent"]);
    acknowledge();
    balls[1].vx = -3;
    send(3);
    acknowledge();
    expect(why()).toEqual(["as-predicted", "sent", "as-predicted"]);
    send(1);
    expect(why()).toEqual(["as-predicted", "not-in-view", "not-in-view"]);
    expect(encoder.countTold()).toEqual({
      sent: 0,
      "as-predicted": 1,
      "waiting-for-ack": 0,
      "over-budget": 0,
      "not-in-view": 2,
    });
  });

  test("is the budget, when others are more urgent, and then the answer that is awaited", () => {
    const { encoder, send } = room(60);
    send(60, 200);
    const first = encoder.countTold();
    expect(first["sent"]).toBeGreaterThan(5);
    expect(first["over-budget"]).toBe(60 - first["sent"]);
    send(60, 200);
    const second = encoder.countTold();
    expect(second["over-budget"]).toBeLessThan(first["over-budget"]);
    expect(second["as-predicted"]).toBe(first["sent"]);
  });

  test("is asked of a disposed encoder in vain", () => {
    const { encoder, send, why } = room(2);
    send();
    encoder.dispose();
    expect(why()).toEqual(["not-in-view", "not-in-view"]);
    expect(encoder.countTold()["sent"]).toBe(0);
  });
});
