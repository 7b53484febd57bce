import { Replay, type ReplaySink } from "@tidelock/server";
import { condition, defineGame, entity, type Game, input, uint } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { movingBox } from "../../examples/02-moving-box/shared/game.ts";
import { field } from "./field-game.ts";
import { push } from "../docs/push-game/game.ts";
import { Stepper } from "./stepper.ts";

const ROUGH = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 2 });

/** Keeps a recording in memory. */
class Tape implements ReplaySink {
  readonly chunks: Uint8Array[] = [];
  closed = false;
  write(bytes: Uint8Array): boolean {
    this.chunks.push(bytes);
    return true;
  }
  close(): void {
    this.closed = true;
  }
  get bytes(): Uint8Array {
    return new Uint8Array(this.chunks.flatMap((chunk) => [...chunk]));
  }
}

const fragile = defineGame({
  name: "fragile",
  tickRate: 60,
  entities: { glass: entity({ cracks: uint({ max: 1000 }) }) },
  input: input({}),
  step(world) {
    for (const glass of world.all("glass")) if (++glass.cracks === 100) throw new Error("broken");
  },
});

/** A session in which a player joins late, one leaves, and the room does this and that to the world between the steps. */
function session() {
  const tape = new Tape();
  const stepper = new Stepper({ game: field, seed: 9, record: tape });
  const { simulation } = stepper;
  const enter = (owner: number): void =>
    void simulation.world.spawn("player", { owner, x: owner * 1.2345, y: -owner });
  stepper.onFrame = ({ input, number }, nowMs) => {
    input.moveX = [1, 0, -1, 0.5][Math.floor(nowMs / 400 + number) % 4];
    input.fire = Math.floor(nowMs / 500 + number) % 2 === 0;
  };
  stepper.join(ROUGH, enter);
  const leaver = stepper.join(ROUGH, enter);
  stepper.run(2000);
  stepper.join(ROUGH, enter);
  stepper.run(1500);
  for (const player of simulation.world.all("player")) {
    if (player.owner === leaver.number) simulation.world.despawn(player);
    else {
      player.hp = simulation.world.secret?.int(100) ?? 0;
      player.y = 1 / 3;
    }
  }
  const gone = simulation.players.get(leaver.number);
  if (gone !== undefined) simulation.leave(gone);
  leaver.hidden = true;
  stepper.run(2500);
  simulation.end();
  return { tape, simulation, hash: simulation.world.hash(), tick: simulation.world.tick };
}

function play(bytes: Uint8Array, game: Game<never, never, never> | typeof field): Replay {
  const replay = new Replay(bytes, game as unknown as Game);
  while (replay.step());
  return replay;
}

describe("a recorded session", () => {
  it("comes to the same hashes when it is played again, with joins, leaves and what the room did", () => {
    const { tape, hash, tick } = session();
    const replay = play(tape.bytes, field);
    expect(replay.differsSince).toBe(-1);
    expect(replay.world.tick).toBe(tick);
    expect(replay.world.hash()).toBe(hash);
    expect(tape.closed).toBe(true);
  });

  it("is small, and written as it goes", () => {
    const { tape, tick } = session();
    expect(tape.chunks.length).toBeGreaterThan(2);
    expect(tape.bytes.length / tick).toBeLessThan(40);
  });

  it("names what another step makes different, from which tick on, with both values", () => {
    const { tape } = session();
    const replay = new Replay(tape.bytes, field as unknown as Game);
    const another = (step: () => void): void => {
      const { tick, tables } = replay.world;
      const hp = tables[0].type.columns.findIndex(({ name }) => name === "hp");
      if (tick === 129)
        for (const slot of tables[0].order.subarray(0, tables[0].count)) tables[0].values[hp][slot] -= 5;
      step();
    };
    while (replay.step(another));
    const { difference } = replay;
    expect(difference).toMatchObject({ since: 130, tick: 180 });
    expect(difference?.differences).toEqual(
      [1, 2, 3].map((id) => ({ kind: "field", type: "player", id, field: "hp", values: [100, 95] })),
    );
  });

  it("is played as far as it goes when it was cut off", () => {
    const { tape, tick } = session();
    const replay = play(tape.bytes.subarray(0, tape.bytes.length - 7), field);
    expect(replay.world.tick).toBe(tick - 1);
    expect(replay.differsSince).toBe(-1);
    expect(replay.ended).toBe(true);
  });

  it("ends with the tick whose step threw, and throws there again", () => {
    const tape = new Tape();
    const stepper = new Stepper({ game: fragile, seed: 4, record: tape });
    stepper.simulation.world.spawn("glass", {});
    expect(() => stepper.run(3000)).toThrow("broken");
    stepper.simulation.end();
    const replay = new Replay(tape.bytes, fragile as unknown as Game);
    expect(() => {
      while (replay.step());
    }).toThrow("broken");
    expect(replay.world.tick).toBe(100);
  });

  it("is refused by name when it is of another game, or none at all", () => {
    const { tape } = session();
    expect(() => play(tape.bytes, push as never)).toThrow('is of the game "field", not of "push"');
    expect(() => play(tape.bytes.subarray(1), field)).toThrow("does not begin with");
    expect(() => play(tape.bytes.subarray(0, 20), field)).toThrow("ends within its header");
  });

  it("holds the inputs that all share", () => {
    const tape = new Tape();
    const stepper = new Stepper({ game: push, seed: 4, record: tape });
    const enter = (owner: number): void =>
      void stepper.simulation.world.spawn("body", { owner, at: { x: owner * 2, y: 0 } });
    stepper.onFrame = ({ input, number }, nowMs) => {
      input.x = Math.floor(nowMs / 300 + number) % 3 === 0 ? 1 : -0.5;
    };
    for (let i = 0; i < 3; i++) stepper.join(ROUGH, enter);
    stepper.run(4000);
    stepper.simulation.end();
    const replay = play(tape.bytes, push as never);
    expect(replay.differsSince).toBe(-1);
    expect(replay.world.hash()).toBe(stepper.simulation.world.hash());
  });

  it("holds what shooters saw, so that lag compensation decides the same", () => {
    const tape = new Tape();
    const stepper = new Stepper({ game: movingBox, seed: 4, record: tape });
    const { world } = stepper.simulation;
    for (let i = 0; i < 6; i++) world.spawn("target", { x: i - 3, y: -4 - i, vx: i % 2 === 0 ? 6 : -5 });
    stepper.onFrame = ({ input, number }, nowMs) => {
      input.moveX = Math.sin(nowMs / 700 + number);
      input.fire = true;
    };
    for (let i = 0; i < 2; i++)
      stepper.join(ROUGH, (owner) => void world.spawn("box", { owner, x: owner - 2 }));
    stepper.run(6000);
    stepper.simulation.end();
    const shots: unknown[] = [];
    const replay = new Replay(tape.bytes, movingBox as unknown as Game);
    while (replay.step())
      for (const { name, data } of replay.world.events) if (name === "shot") shots.push(data);
    expect(replay.differsSince).toBe(-1);
    expect(shots.length).toBeGreaterThan(20);
    expect(shots.some((shot) => Reflect.get(shot as object, "rewindMs") > 50)).toBe(true);
    expect(replay.world.past).toMatchObject({ counts: stepper.simulation.past?.counts });
  });
});
