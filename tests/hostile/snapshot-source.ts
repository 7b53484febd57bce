import { SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import { DeltaCache, isSent, WorldHistory } from "@tidelock/shared";
import { wandering } from "../snapshot/wandering-world.ts";

/** Ticks of one stream; then another begins, as after a new welcome. */
const STREAM_TICKS = 40;

/** A server's side of one stream after another, and the packets of the present one. */
export class SnapshotSource {
  readonly world = wandering.createWorld();
  readonly history: WorldHistory;
  readonly #cache: DeltaCache;
  readonly #visible: VisibleSet = { count: 0, tables: new Uint8Array(4096), slots: new Int32Array(4096) };
  readonly #inputs = wandering.createInputs();
  encoder!: SnapshotEncoder;
  packets: Uint8Array[] = [];
  startTick = 0;

  constructor(seed: number) {
    this.world.seed = seed;
    this.history = new WorldHistory(this.world as never);
    this.#cache = new DeltaCache(this.history);
    this.begin();
  }

  begin(): void {
    // Left to itself this world fills up.
    const props = Array.from(this.world.all("prop"));
    const tooMany = Array.from(this.world.all("mover")).slice(24);
    for (const entity of [...props, ...tooMany]) this.world.despawn(entity);
    for (let i = this.world.countOf("mover"); i < 24; i++)
      this.world.spawn("mover", { owner: 1 + (i % 3), x: i - 20, y: i });
    this.encoder = new SnapshotEncoder(this.history, this.#cache, 1);
    this.packets = [];
    this.startTick = this.world.tick;
  }

  /** One tick and its packets, for a client that took all before. */
  next(): Uint8Array[] {
    wandering.step(this.world, this.world.tick + 1, this.#inputs);
    this.history.record(this.world.tick);
    const visible = this.#visible;
    visible.count = 0;
    this.history.tables.forEach(({ table }, index) => {
      for (const slot of table.order.subarray(0, table.count)) {
        visible.tables[visible.count] = index;
        visible.slots[visible.count++] = slot;
      }
    });
    const known = this.packets.length;
    this.encoder.encode(visible, { newestInput: 1, margin: 2 }, (frame) => this.packets.push(frame.slice()));
    return this.packets.slice(known);
  }

  decoder(): SnapshotDecoder {
    const decoder = new SnapshotDecoder(wandering.types);
    decoder.start(this.startTick);
    return decoder;
  }
}

/** The packets of one stream. */
export function* ticks(source: SnapshotSource): Iterable<Uint8Array> {
  for (let t = 0; t < STREAM_TICKS; t++) yield* source.next();
}

/** Compares the newest state of a spared decoder with the server's; returns how many values were the same. */
export function compareWithServer(source: SnapshotSource, decoder: SnapshotDecoder): number {
  let same = 0;
  const tick = decoder.newestTick;
  const expected = source.history.tables.reduce((sum, { table }) => sum + table.count, 0);
  const known = [...decoder.replicas()].length;
  if (known !== expected) throw new Error(`knows ${known} entities of ${expected}`);
  for (const replica of decoder.replicas()) {
    const history = source.history.tables[replica.type.index];
    const slot = history.table.find(replica.id);
    for (const column of replica.type.columns) {
      if (!isSent(column, replica.level)) continue;
      const want = history.value(slot, tick, replica.level, column.index);
      if (replica.rows[column.index][replica.row(tick)] !== want)
        throw new Error(`${column.name} of ${replica.id} differs`);
      same++;
    }
  }
  return same;
}
