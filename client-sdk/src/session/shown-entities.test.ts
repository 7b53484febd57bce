import { defineGame, entity, type Game, input, position, quantise, velocity } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { Replica } from "../snapshot/replica.ts";
import { ShownEntities } from "./shown-entities.ts";

const game = defineGame({
  name: "shown",
  tickRate: 60,
  entities: {
    ship: entity({ x: position({ min: -500, max: 500, grid: 1 / 1024 }), vx: velocity("x", { max: 60 }) }),
  },
  input: input({}),
  step() {},
}) as unknown as Game;

/** A ship of which the client has one state: at the origin in a tick, going by one unit per tick. */
function heardOfAt(tick: number): Replica {
  const [type] = game.types;
  const replica = new Replica(type, 7, 0, 0);
  const values: Record<string, number> = { x: 0, vx: 60 };
  for (const column of type.columns)
    replica.rows[column.index][replica.staged] = quantise(column, values[column.name]);
  replica.take(tick);
  return replica;
}

describe("an entity of which nothing more is heard while others go on", () => {
  const replica = heardOfAt(100);
  const shown = new ShownEntities(game, 1);
  const placeAt = (renderTick: number): number => {
    shown.begin();
    shown.addReceived([replica], renderTick, renderTick * 16);
    shown.end();
    return Number(shown.frame.ship[0].x);
  };

  it("is carried on by its velocity", () => {
    expect(placeAt(110)).toBeCloseTo(10, 1);
    expect(placeAt(140.5)).toBeCloseTo(40.5, 1);
  });

  it("stands still after three quarters of a second, wherever the others are by then", () => {
    for (const tick of [146, 170, 400, 5000]) expect(placeAt(tick)).toBeCloseTo(45, 1);
  });
});
