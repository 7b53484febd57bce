import { describe, expect, it, test } from "vitest";
import type { CheckedLine, ObservedLine } from "../trace-line.ts";
import { checkTrace, readTrace } from "./check-trace.ts";
import type { Invariant } from "./violation.ts";

const LIMITS = { tickRate: 20, topSpeed: 10, interestRadius: 20, toleratedJump: 0.5, isQuiet: true };

/** An event of region 0, owned by process "a" at epoch 5, or of region 1, owned by "b" at epoch 7. */
function at(ms: number, region: 0 | 1, event: OwnEvent, changes: Partial<Place> = {}): CheckedLine {
  const place = { ms, region, process: region === 0 ? "a" : "b", regionEpoch: region === 0 ? 5 : 7 };
  return { ...event, ...place, ...changes } as CheckedLine;
}
type Place = { process: string; regionEpoch: number; region: number };
type OwnEvent =
  Exclude<CheckedLine, ObservedLine> extends infer L
    ? L extends unknown
      ? Omit<L, "ms" | "region" | "process" | "regionEpoch">
      : never
    : never;

/** A handoff of the pair 1 and 2, led by 1, from region 0 to region 1, with a player's inputs and frames, as it should be. */
function soundTrace(): CheckedLine[] {
  return [
    at(0, 0, { kind: "owns", resumed: false }),
    at(0, 1, { kind: "owns", resumed: false }),
    { ms: 10, kind: "minted", entity: 1, items: [100] },
    ...[1, 2].flatMap((id) => [at(20, 0, { kind: "born", id }), at(60, 0, { kind: "stored", id })]),
    ...[100, 101].flatMap((tick) => step(tick * 50, 0, tick, 1)),
    at(5060, 0, { kind: "decided", hid: "h", tick: 101, group: 1, to: 1 }),
    at(5062, 0, { kind: "frozen", hid: "h", tick: 101, members: [1, 2] }),
    at(5064, 1, {
      kind: "promoted",
      hid: "h",
      tick: 101,
      first: 102,
      members: [
        [1, 2],
        [2, 2],
      ],
    }),
    at(5065, 0, { kind: "committed", hid: "h", tick: 101, to: 1, members: [1, 2], known: 101 }),
    ...[102, 103].flatMap((tick) => step(tick * 50, 1, tick, 2)),
    at(9000, 0, { kind: "census", entities: [] }),
    at(9000, 1, {
      kind: "census",
      entities: [
        [1, 2, 1],
        [2, 2, 1],
      ],
    }),
    at(9000, 1, { kind: "sizes", shadows: 0, tombstones: 0, inbox: 0, ghosts: 3, inputs: 1 }),
    { ms: 9000, kind: "items", entity: 1, items: [100] },
    {
      ms: 9000,
      kind: "records",
      records: [
        { id: 1, epoch: 2, region: 1 },
        { id: 2, epoch: 2, region: 1 },
      ],
    },
  ];
}

function step(ms: number, region: 0 | 1, tick: number, epoch: number): CheckedLine[] {
  return [
    at(ms, region, { kind: "input", player: 9, number: tick }),
    at(ms, region, {
      kind: "simulated",
      tick,
      entities: [
        [1, epoch, 1],
        [2, epoch, 1],
      ],
    }),
    { ms, kind: "frame", player: 9, tick },
    {
      ms,
      kind: "view",
      player: 9,
      tick,
      seen: [
        [1, tick / 4, 0],
        [5, 30, 0],
      ],
    },
  ];
}

function check(lines: readonly CheckedLine[]): { invariant: Invariant; text: string }[] {
  return checkTrace(lines, LIMITS).map(({ invariant, text }) => ({ invariant, text }));
}

const simulated = (tick: number, entities: readonly (readonly [number, number, number])[]): OwnEvent => ({
  kind: "simulated",
  tick,
  entities,
});
const kill: CheckedLine = { ms: 4000, kind: "fault", what: "kill", untilMs: 4001, step: "commit sent" };

/** For each invariant: what is added to a sound trace, or taken out of it, and a part of what the checker has to say. */
const planted: readonly [Invariant, string, (sound: CheckedLine[]) => CheckedLine[], RegExp][] = [
  [
    "I1",
    "the old owner goes on after the handoff",
    (sound) => [...sound, at(5200, 0, simulated(104, [[1, 1, 1]]))],
    /entity 1 .* epoch 1 .* after b, region 1/,
  ],
  [
    "I1",
    "two owners simulate the same tick",
    (sound) => [...sound, at(5101, 0, simulated(102, [[3, 1, 3]])), at(5102, 1, simulated(102, [[3, 2, 3]]))],
    /tick 102 of entity 3/,
  ],
  [
    "I1",
    "a second process simulates a region at the same epoch",
    (sound) => [...sound, at(5300, 1, simulated(106, [[1, 2, 1]]), { process: "c" })],
    /by c, region 1/,
  ],
  [
    "I2",
    "memory and store name different owners",
    (sound) => [...sound, { ms: 9001, kind: "records", records: [{ id: 1, epoch: 3, region: 0 }] }],
    /entity 1 is region 1's at epoch 2 in memory, and region 0's/,
  ],
  [
    "I3",
    "an entity is lost",
    (sound) => [...sound, at(70, 0, { kind: "born", id: 8 }), at(80, 0, { kind: "stored", id: 8 })],
    /entity 8 was written down and is gone/,
  ],
  [
    "I3",
    "an entity exists twice",
    (sound) => [...sound, at(9000, 0, { kind: "census", entities: [[2, 1, 2]] })],
    /entity 2 exists in regions/,
  ],
  [
    "I3",
    "an item is lost",
    (sound) => sound.filter(({ kind }) => kind !== "items"),
    /item 100, first held by 1, is gone/,
  ],
  [
    "I3",
    "an item exists twice",
    (sound) => [...sound, { ms: 9000, kind: "items", entity: 2, items: [100] }],
    /item 100 is held by entities 1 and 2/,
  ],
  [
    "I4",
    "an input is applied again by the new owner",
    (sound) => [...sound, at(5110, 1, { kind: "input", player: 9, number: 101 })],
    /b applied input 101 of player 9/,
  ],
  [
    "I5",
    "ticks are skipped",
    (sound) => sound.map((line) => (line.kind === "promoted" ? { ...line, first: 105 } : line)),
    /h: tick 101 is followed by tick 105/,
  ],
  [
    "I5",
    "a tick is simulated twice",
    (sound) => [...sound, at(5160, 1, simulated(103, [[2, 2, 1]]))],
    /tick 103 of entity 2/,
  ],
  [
    "I6",
    "a commit takes long",
    (sound) => sound.map((line) => (line.kind === "committed" ? { ...line, known: 104 } : line)),
    /h: 3 ticks from decision to commit/,
  ],
  [
    "I6",
    "a client is without frames",
    (sound) => [...sound, { ms: 5400, kind: "frame", player: 9, tick: 108 }],
    /player 9 had no authoritative frame for 4 ticks/,
  ],
  [
    "I7",
    "what swings is handed over",
    (sound) => [...sound, { ms: 1, kind: "swing", group: 1 }],
    /only swings/,
  ],
  [
    "I8",
    "a stale owner writes",
    (sound) => [
      ...sound,
      at(6000, 0, { kind: "owns", resumed: false }, { process: "c", regionEpoch: 6 }),
      at(6100, 0, { kind: "stored", id: 3 }),
    ],
    /a did "stored" in region 0 at epoch 5 after 6/,
  ],
  [
    "I9",
    "a killed process' entities are lost",
    (sound) => [...sound, kill, at(70, 0, { kind: "born", id: 8 }), at(80, 0, { kind: "stored", id: 8 })],
    /after a kill at commit sent: entity 8/,
  ],
  [
    "I9",
    "a killed process' region stays nobody's",
    (sound) => [...sound.filter((line) => line.kind !== "census" || line.region === 1), kill],
    /region 0 is nobody's/,
  ],
  [
    "I10",
    "an entity disappears from view",
    (sound) => [...sound, { ms: 5200, kind: "view", player: 9, tick: 104, seen: [[1, 26, 0]] }],
    /entity 5 is missing from the view of player 9 in tick 104/,
  ],
  [
    "I10",
    "an entity jumps in view",
    (sound) => [
      ...sound,
      {
        ms: 5200,
        kind: "view",
        player: 9,
        tick: 104,
        seen: [
          [1, 26, 0],
          [5, 32, 0],
        ],
      },
    ],
    /entity 5 jumps by 2.00/,
  ],
  [
    "I11",
    "a rider stays behind",
    (sound) => sound.map((line) => (line.kind === "frozen" ? { ...line, members: [1] } : line)),
    /h takes 1 of group 1, which is 1,2/,
  ],
  [
    "I11",
    "a rider does not arrive",
    (sound) =>
      sound.map((line) => (line.kind === "promoted" ? { ...line, members: [[1, 2]] as const } : line)),
    /of 1,2 only 1 arrived/,
  ],
  [
    "I11",
    "a group is in two regions",
    (sound) => [...sound, at(5300, 1, simulated(106, [[1, 2, 1]])), at(5301, 0, simulated(106, [[7, 9, 1]]))],
    /group 1 is in regions 1 and 0 in tick 106/,
  ],
  [
    "I12",
    "shadows pile up",
    (sound) => [
      ...sound,
      at(5000, 1, { kind: "sizes", shadows: 300, tombstones: 0, inbox: 0, ghosts: 0, inputs: 0 }),
    ],
    /300 shadows; 256 are allowed/,
  ],
  [
    "I12",
    "an inbox is not emptied",
    (sound) => [
      ...sound,
      at(9000, 1, { kind: "sizes", shadows: 0, tombstones: 0, inbox: 1, ghosts: 0, inputs: 0 }),
    ],
    /still keeps 1 inbox/,
  ],
];

describe("the check of a trace", () => {
  it("finds nothing in a sound one", () => {
    expect(check(soundTrace())).toEqual([]);
  });

  test.each(planted)("%s: finds that %s", (invariant, _, plant, text) => {
    const found = check(plant(soundTrace()));
    expect(found).toContainEqual({ invariant, text: expect.stringMatching(text) });
  });

  it("has a planted violation of every invariant", () => {
    expect(new Set(planted.map(([invariant]) => invariant)).size).toBe(12);
  });

  it("does not ask for pace while something is broken", () => {
    const fault: CheckedLine = { ms: 4900, kind: "fault", what: "store", untilMs: 6000 };
    const late = soundTrace().map((line) => (line.kind === "committed" ? { ...line, known: 104 } : line));
    expect(check([...late, fault])).toEqual([]);
  });

  it("reads what processes wrote line by line", () => {
    const text = soundTrace()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("");
    expect(readTrace(text)).toEqual(soundTrace());
  });
});
