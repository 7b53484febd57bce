import { SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  type DeltaCache,
  HISTORY_TICKS,
  isSent,
  levelFor,
  type Rng,
  type WorldHistory,
} from "@tidelock/shared";

interface InFlight {
  readonly at: number;
  readonly frame: Uint8Array;
}

/** One simulated client: encoder, a lossy delayed path each way, decoder, and a comparison with the server's truth. */
export class Observer {
  readonly encoder: SnapshotEncoder;
  readonly decoder: SnapshotDecoder;
  readonly #details = new Uint8Array(4096);
  readonly visible: VisibleSet = {
    count: 0,
    tables: new Uint8Array(4096),
    slots: new Int32Array(4096),
    details: this.#details,
  };
  readonly player: number;
  readonly #history: WorldHistory;
  readonly #down: InFlight[] = [];
  readonly #up: { at: number; newest: number; mask: number }[] = [];
  readonly #loss: number;
  readonly #delay: number;
  /** Frames the decoder refused, by reason. */
  readonly drops: Record<string, number> = {};
  largest = 0;
  /** By tick: ids in view, each with its detail. */
  readonly #seen = new Map<number, ReadonlyMap<number, number>>();
  bytes = 0;
  packets = 0;
  compared = 0;

  constructor(
    history: WorldHistory,
    cache: DeltaCache,
    player: number,
    path: { loss: number; delay: number },
  ) {
    this.encoder = new SnapshotEncoder(history, cache, player);
    this.decoder = new SnapshotDecoder(history.tables.map((table) => table.type));
    this.player = player;
    this.#history = history;
    this.#loss = path.loss;
    this.#delay = path.delay;
  }

  /** Chooses what is visible: all entities whose id passes `filter`; far those of `detail` 1, of the team those of 2, both of 3. */
  look(filter: (id: number) => boolean, detail: (id: number) => number = () => 0): void {
    this.visible.count = 0;
    this.#history.tables.forEach(({ table }, index) => {
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        if (!filter(table.ids[slot])) continue;
        this.#details[this.visible.count] = detail(table.ids[slot]);
        this.visible.tables[this.visible.count] = index;
        this.visible.slots[this.visible.count++] = slot;
      }
    });
  }

  sees(tick: number, id: number): boolean {
    return this.#seen.get(tick)?.has(id) === true;
  }

  send(random: Rng): void {
    const { tick } = this.#history;
    const { count, tables, slots } = this.visible;
    const seen = new Map<number, number>();
    for (let i = 0; i < count; i++)
      seen.set(this.#history.tables[tables[i]].table.ids[slots[i]] ?? 0, this.#details[i]);
    this.#seen.set(tick, seen);
    this.encoder.encode(this.visible, { newestInput: 3, margin: -5 }, (frame) => {
      this.largest = Math.max(this.largest, frame.length);
      this.bytes += frame.length;
      this.packets++;
      if (random.float() >= this.#loss) this.#down.push({ at: tick + this.#delay, frame: frame.slice() });
    });
  }

  /** Delivers what is due. Returns true when the newest tick of the server arrived. */
  deliver(random: Rng): void {
    const { tick } = this.#history;
    while (this.#down.length > 0 && this.#down[0].at <= tick) {
      const drop = this.decoder.receive(this.#down.shift()!.frame);
      if (drop !== undefined) this.drops[drop] = (this.drops[drop] ?? 0) + 1;
      else this.compare();
      if (random.float() >= this.#loss)
        this.#up.push({ at: tick + this.#delay, newest: this.decoder.ackNewest, mask: this.decoder.ackMask });
    }
    while (this.#up.length > 0 && this.#up[0].at <= tick) {
      const { newest, mask } = this.#up.shift()!;
      if (!this.encoder.acknowledge(newest, mask)) throw new Error("a true acknowledgement was refused");
    }
  }

  /** Every entity of the last packet equals the server's state at that tick, bit for bit, and holds no field it may not have. */
  compare(): void {
    const tick = this.decoder.newestTick;
    if (tick <= this.#history.tick - HISTORY_TICKS) return;
    for (const replica of this.decoder.updated) {
      const history = this.#history.tables[replica.type.index];
      const slot = history.table.find(replica.id);
      // Of what is gone, or gone from view, a packet that missed the client may have been the one to tell.
      if (slot < 0 || !this.sees(tick, replica.id)) continue;
      const detail = this.#seen.get(tick)?.get(replica.id) ?? 0;
      const level = levelFor(
        replica.type,
        replica.owner,
        this.player,
        (detail & 2) !== 0,
        (detail & 1) !== 0,
      );
      if (level !== replica.level) throw new Error(`level ${replica.level} where ${level} is due`);
      for (const column of replica.type.columns) {
        const got = replica.rows[column.index][replica.row(tick)];
        const want = isSent(column, level) ? history.value(slot, tick, level, column.index) : column.initial;
        if (got !== want)
          throw new Error(
            `${replica.type.name}.${column.name} of ${replica.id} at ${tick}: got ${got}, want ${want}`,
          );
        this.compared++;
      }
    }
  }
}
