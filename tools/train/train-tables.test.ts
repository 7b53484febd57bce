import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  angle,
  type CodeTables,
  defineGame,
  DeltaCache,
  entity,
  input,
  NO_MARGIN,
  position,
  PROTOCOL_VERSION,
  Rng,
  uint,
  velocity,
  WorldHistory,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { readRecording, recordedFrame, recordingStart } from "../recording/recording.ts";
import { countRecording } from "./count-recording.ts";
import { DeltaCounts } from "./delta-counts.ts";
import { codeTables, trainType } from "./train-tables.ts";

const DRIFTERS = 40;

function drift(tables?: CodeTables) {
  return defineGame({
    name: "drift",
    tickRate: 20,
    entities: {
      drifter: entity({
        x: position({ min: 0, max: 100, grid: 1 / 4096, shown: 1 / 64 }),
        vx: velocity("x", { max: 10 }),
        aim: angle({ bits: 10 }),
        hp: uint({ max: 127, initial: 127 }),
      }),
      buoy: entity({ lit: uint({ max: 1 }) }),
    },
    input: input({}),
    tables,
    step(world) {
      for (const drifter of world.all("drifter")) {
        const random = world.random(drifter);
        if (random.int(20) === 0) {
          drifter.vx = random.range(-8, 8);
          drifter.aim += random.range(-0.2, 0.2);
        }
        if (random.int(60) === 0) drifter.hp -= 1 + random.int(2);
        drifter.x += drifter.vx * world.dt;
      }
    },
  });
}

type Drift = ReturnType<typeof drift>;

/** What player 1 receives in so many ticks, acknowledging all of it two ticks later. */
function play(game: Drift, seed: number, ticks: number) {
  const world = game.createWorld();
  world.seed = seed;
  const random = new Rng(seed);
  for (let i = 0; i < DRIFTERS; i++)
    world.spawn("drifter", { owner: i < 2 ? i + 1 : 0, x: random.range(0, 100) });
  const history = new WorldHistory(world as never);
  const encoder = new SnapshotEncoder(history, new DeltaCache(history), 1);
  const visible: VisibleSet = { count: DRIFTERS, tables: new Uint8Array(64), slots: new Int32Array(64) };
  for (let slot = 0; slot < DRIFTERS; slot++) visible.slots[slot] = slot;
  const inputs = game.createInputs();
  const { name, schemaHash, tickRate } = game;
  const pieces = [
    recordingStart({ game: name, schemaHash, protocol: PROTOCOL_VERSION, tickRate, player: 1, tick: 0 }),
  ];
  const sequences: number[] = [];
  let bytes = 0;
  for (let tick = 1; tick <= ticks; tick++) {
    game.step(world, tick, inputs);
    history.record(tick);
    const received = sequences[sequences.length - 3];
    if (received !== undefined) encoder.acknowledge(received, -1);
    encoder.encode(visible, { newestInput: 0, margin: NO_MARGIN }, (frame) => {
      sequences.push(frame[1] | (frame[2] << 8));
      pieces.push(recordedFrame({ timeMs: tick * 50, frame }));
      bytes += frame.length;
    });
  }
  return { bytes, recording: readRecording(new Uint8Array(Buffer.concat(pieces))) };
}

function train(game: Drift, seeds: readonly number[]) {
  const counts = new DeltaCounts(game.types);
  for (const seed of seeds) {
    const { sound, refused } = countRecording(play(game, seed, 400).recording, game, counts);
    expect([sound > 300, refused]).toEqual([true, 0]);
  }
  return counts.types.map(trainType);
}

describe("training", () => {
  it("makes tables with which another run of the game takes fewer bytes and decodes as before", () => {
    const trained = train(drift(), [1, 2]);
    const tables = codeTables(trained);
    const before = play(drift(), 3, 400);
    const after = play(drift(tables), 3, 400);
    expect(after.bytes).toBeLessThan(before.bytes * 0.9);
    const counts = new DeltaCounts(drift(tables).types);
    expect(countRecording(after.recording, drift(tables), counts).refused).toBe(0);
    const [drifter] = trained;
    expect(drifter.trainedBits).toBeLessThan(drifter.recordedBits * 0.9);
  });

  it("gives the same tables for the same recordings, whatever tables the game had when they were made", () => {
    const tables = codeTables(train(drift(), [4]));
    expect(codeTables(train(drift(), [4]))).toEqual(tables);
    expect(codeTables(train(drift(tables), [4]))).toEqual(tables);
    expect(JSON.parse(JSON.stringify(tables))).toEqual(tables);
  });

  it("leaves types of which too little was seen to the built-in codes", () => {
    const trained = train(drift(), [5]);
    expect(trained.map(({ name, tables }) => [name, tables.masks === undefined])).toEqual([
      ["drifter", false],
      ["buoy", true],
    ]);
    expect(Object.keys(codeTables(trained).types)).toEqual(["drifter"]);
  });

  it("refuses recordings of another game or another version of it, and says so", () => {
    const game = drift();
    const { recording } = play(game, 6, 5);
    const counting = (header: Partial<typeof recording.header>) => () =>
      countRecording(
        { ...recording, header: { ...recording.header, ...header } },
        game,
        new DeltaCounts(game.types),
      );
    expect(counting({ game: "other" })).toThrow(/is of the game "other", not of "drift"/);
    expect(counting({ schemaHash: 1 })).toThrow(/its schema is 1 and that of the game now/);
    expect(counting({ protocol: 0 })).toThrow(/it has protocol 0/);
  });

  it("counts nothing of packets that the decoder refuses", () => {
    const game = drift();
    const { recording } = play(game, 7, 60);
    const counts = new DeltaCounts(game.types);
    const once = new DeltaCounts(game.types);
    // Sound until shortly before the end, so that much of each has been read when it turns out to be broken.
    const broken = recording.frames.map(({ timeMs, frame }) => ({ timeMs, frame: frame.subarray(0, -1) }));
    const mixed = recording.frames.flatMap((frame, i) => [broken[i], frame]);
    const { sound, refused } = countRecording({ ...recording, frames: mixed }, game, counts);
    expect([sound, refused]).toEqual([60, 60]);
    expect(() => countRecording({ ...recording, frames: [...broken, ...broken] }, game, once)).toThrow(
      /refused 120 of its 120 snapshots/,
    );
    countRecording(recording, game, once);
    expect(counts.types).toEqual(once.types);
  });
});
