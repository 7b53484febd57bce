import { SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import { DeltaCache, isSent, levelFor, MAX_SNAPSHOT_BYTES, Rng, WorldHistory } from "@tidelock/shared";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wandering } from "./wandering-world.ts";

interface BadPath {
  seed: number;
  /** Ticks each way; each packet takes up to `jitter` more. */
  delay: number;
  jitter: number;
  loss: number;
  duplicates: number;
  sendEvery: number;
  /** One entity in so many is out of view at a time; 0: none. */
  hidden: number;
  movers: number;
  /** Bytes per packet while the path is bad. */
  budget: number;
}

interface OnItsWay<T> {
  at: number;
  item: T;
}

const BAD_TICKS = 130;
const GOOD_TICKS = 40;
const PLAYER = 1;

/** Plays a world over a bad path that turns good, and checks what the client holds after every packet that it takes. */
class Play {
  readonly random: Rng;
  readonly world = wandering.createWorld();
  readonly history: WorldHistory;
  readonly encoder: SnapshotEncoder;
  readonly decoder = new SnapshotDecoder(wandering.types);
  readonly path: BadPath;
  readonly down: OnItsWay<Uint8Array>[] = [];
  readonly up: OnItsWay<{ newest: number; mask: number }>[] = [];
  readonly views = new Map<number, ReadonlySet<number>>();
  /** Packets of each tick that have been sent and not been taken. */
  readonly open = new Map<number, number>();
  /** Ticks whose view did not fit. */
  readonly crowded = new Set<number>();
  readonly drops: Record<string, number> = {};
  taken = 0;
  compared = 0;

  constructor(path: BadPath) {
    this.path = path;
    this.random = new Rng(path.seed);
    this.world.seed = path.seed;
    for (let i = 0; i < path.movers; i++) this.world.spawn("mover", { owner: i % 3, x: i, y: -i });
    this.history = new WorldHistory(this.world);
    this.encoder = new SnapshotEncoder(this.history, new DeltaCache(this.history), PLAYER);
  }

  run(): void {
    const { path, world } = this;
    for (let tick = 1; tick <= BAD_TICKS + GOOD_TICKS; tick++) {
      wandering.step(world, tick, wandering.createInputs());
      this.history.record(tick);
      this.arrive(tick);
      if (tick % path.sendEvery !== 0) continue;
      this.encoder.encode(
        this.look(tick),
        { newestInput: 0, margin: 0 },
        (frame) => {
          if (this.encoder.crowded) this.crowded.add(tick);
          this.open.set(tick, (this.open.get(tick) ?? 0) + 1);
          this.travel(this.down, frame.slice(), tick);
        },
        tick <= BAD_TICKS ? path.budget : MAX_SNAPSHOT_BYTES,
      );
      this.arrive(tick);
    }
  }

  travel<T>(way: OnItsWay<T>[], item: T, tick: number): void {
    const { random, path } = this;
    const bad = tick <= BAD_TICKS;
    if (bad && random.float() < path.loss) return;
    const copies = bad && random.float() < path.duplicates ? 2 : 1;
    for (let i = 0; i < copies; i++)
      way.push({ at: tick + path.delay + (bad ? random.int(path.jitter + 1) : 0), item });
  }

  arrive(tick: number): void {
    for (const item of due(this.down, tick)) this.take(item, tick);
    for (const { newest, mask } of due(this.up, tick))
      expect(this.encoder.acknowledge(newest, mask)).toBe(true);
  }

  take(frame: Uint8Array, tick: number): void {
    const { decoder } = this;
    const drop = decoder.receive(frame);
    if (drop !== undefined) this.drops[drop] = (this.drops[drop] ?? 0) + 1;
    else {
      this.taken++;
      this.open.set(decoder.newestTick, (this.open.get(decoder.newestTick) ?? 0) - 1);
      this.compare();
    }
    this.travel(this.up, { newest: decoder.ackNewest, mask: decoder.ackMask }, tick);
  }

  look(tick: number): VisibleSet {
    const tables: number[] = [];
    const slots: number[] = [];
    const ids = new Set<number>();
    const { hidden } = this.path;
    this.history.tables.forEach(({ table }, index) => {
      for (const slot of table.order.subarray(0, table.count)) {
        const id = table.ids[slot];
        if (hidden > 0 && (Math.imul(id, 0x9e37_79b1) + (tick >> 3)) % hidden === 0) continue;
        tables.push(index);
        slots.push(slot);
        ids.add(id);
      }
    });
    this.views.set(tick, ids);
    return { count: slots.length, tables: Uint8Array.from(tables), slots: Int32Array.from(slots) };
  }

  /** What the client has of the newest packet's tick is what the server had, to the last bit. */
  compare(): void {
    const { decoder } = this;
    const tick = decoder.newestTick;
    const view = this.views.get(tick);
    const seen = new Set<number>();
    for (const replica of decoder.replicas()) {
      expect(seen.has(replica.id)).toBe(false);
      seen.add(replica.id);
      if (view?.has(replica.id) !== true || !replica.has(tick)) continue;
      const history = this.history.tables[replica.type.index];
      const slot = history.table.find(replica.id);
      expect(replica.level).toBe(levelFor(replica.type, replica.owner, PLAYER));
      // The entity may have died since, and its place may be another's.
      if (slot < 0) continue;
      for (const column of replica.type.columns) {
        const want = isSent(column, replica.level)
          ? history.value(slot, tick, replica.level, column.index)
          : column.initial;
        const got = replica.rows[column.index][replica.row(tick)];
        if (got !== want) expect.fail(`${column.name} of ${replica.id} at ${tick}: got ${got}, want ${want}`);
        this.compared++;
      }
    }
    if (decoder.header.allOwned) this.expectAllOwned(seen);
    const complete = this.open.get(tick) === 0 && !this.crowded.has(tick);
    if (complete && tick > BAD_TICKS + 3 * (this.path.delay + this.path.jitter + this.path.sendEvery))
      expect([...seen].toSorted()).toEqual([...(view ?? [])].toSorted());
  }

  /** What is missing of the client's own does not exist, so it must all be there. */
  expectAllOwned(seen: ReadonlySet<number>): void {
    const { table } = this.history.tables[0];
    const view = this.views.get(this.decoder.newestTick);
    for (const slot of table.order.subarray(0, table.count))
      if (table.owners[slot] === PLAYER && view?.has(table.ids[slot]) === true)
        expect(seen.has(table.ids[slot])).toBe(true);
  }
}

function* due<T>(way: OnItsWay<T>[], tick: number): Iterable<T> {
  for (let i = 0; i < way.length;)
    if (way[i].at <= tick) yield way.splice(i, 1)[0].item;
    else i++;
}

const badPaths = fc.record<BadPath>({
  seed: fc.nat(1_000_000),
  delay: fc.nat(6),
  jitter: fc.nat(5),
  loss: fc.double({ min: 0, max: 0.7, noNaN: true }),
  duplicates: fc.double({ min: 0, max: 0.5, noNaN: true }),
  sendEvery: fc.integer({ min: 1, max: 3 }),
  hidden: fc.constantFrom(0, 2, 3, 7),
  movers: fc.integer({ min: 5, max: 30 }),
  budget: fc.constantFrom(MAX_SNAPSHOT_BYTES, MAX_SNAPSHOT_BYTES, 60, 150),
});

describe("a path that loses, repeats and reorders packets", () => {
  test("never makes a client show a wrong value, and leaves it nothing behind a round trip after it turned good", () => {
    fc.assert(
      fc.property(badPaths, (path) => {
        const play = new Play(path);
        play.run();
        expect(play.taken).toBeGreaterThan(10);
        expect(play.compared).toBeGreaterThan(0);
        expect(Object.keys(play.drops).filter((reason) => !["stale", "duplicate"].includes(reason))).toEqual(
          [],
        );
        // Past that, 63 ticks may well pass without a packet and its acknowledgement both getting through.
        if (path.loss < 0.3 && path.budget === MAX_SNAPSHOT_BYTES) expect(play.encoder.baselinesLost).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
