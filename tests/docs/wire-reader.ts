import type { EntityType } from "@tidelock/shared";
import { WireBits } from "./wire-bits.ts";
import { bitsOf, WireEntity } from "./wire-entity.ts";
import { advanced } from "./wire-motion.ts";

/** An entity as read: values by tick, in the order of its columns. */
interface Seen {
  readonly entity: WireEntity;
  readonly id: number;
  readonly owner: number;
  readonly level: number;
  readonly at: Map<number, readonly number[]>;
  /** The newest tick in `at`. */
  newest: number;
}

/**
 * Reads snapshot packets by sections 1 and 4 of docs/wire-format.md and by nothing else: it shares no code with the product but
 * the table of columns. As short as can be, for packets that are known to be good.
 */
export class WireReader {
  readonly slots = new Map<number, Seen>();
  readonly #entities: readonly WireEntity[];
  #bits = new WireBits([]);

  constructor(types: readonly EntityType[]) {
    this.#entities = types.map((type) => new WireEntity(type));
  }

  /** Reads a packet and returns its tick, as its low 16 bits. */
  read(packet: Uint8Array): number {
    const bits = new WireBits(packet, 8 + 16);
    this.#bits = bits;
    const tick = bits.u(16);
    bits.at += 16;
    const age = bits.u(6);
    bits.at += 1;
    const runOrder = bits.u(1) === 1 ? 3 : 0;
    let position = 0;
    for (;;) {
      for (let run = bits.eg(runOrder); run > 0; run--) this.#carryOn(position++, tick);
      let symbol = 0;
      while (symbol < 5 && bits.u(1) === 1) symbol++;
      if (symbol === 5) return tick;
      if (symbol === 2) position += bits.eg(1) + 1;
      else if (symbol === 0) this.#update(position++, tick, age);
      else if (symbol === 1) this.#otherBaseline(position++, tick);
      else if (symbol === 3) this.#whole(position++, tick);
      else this.slots.delete(position++);
    }
  }

  #carryOn(slot: number, tick: number): void {
    const seen = this.slots.get(slot);
    const age = seen === undefined ? 0 : (tick - seen.newest) & 0xffff;
    if (seen === undefined || age === 0 || age > 63) return;
    this.#keep(seen, tick, advanced(seen.entity.type, seen.at.get(seen.newest)!, age));
  }

  #update(slot: number, tick: number, age: number): void {
    const seen = this.slots.get(slot)!;
    const base = seen.at.get((tick - age) & 0xffff)!;
    this.#keep(seen, tick, seen.entity.delta(this.#bits, seen.level, base, age));
  }

  #otherBaseline(slot: number, tick: number): void {
    const bits = this.#bits;
    const age = bits.u(6);
    if (age > 0) return this.#update(slot, tick, age);
    const told = bits.u(6);
    const end = bits.u(10) + bits.at;
    if (this.slots.get(slot)?.at.has((tick - told) & 0xffff) === true) this.#update(slot, tick, told);
    bits.at = end;
  }

  #keep(seen: Seen, tick: number, now: readonly number[]): void {
    seen.at.set(tick, now);
    seen.newest = tick;
  }

  #id(owner: number, tick: number): number {
    const bits = this.#bits;
    if (bits.u(1) === 0) return bits.eg(8) * 4 + bits.u(2);
    const spawned = (tick - bits.eg(1)) & 0xfff;
    return 2 ** 31 + owner * 2 ** 17 + spawned * 2 ** 5 + bits.eg(0);
  }

  #whole(slot: number, tick: number): void {
    const bits = this.#bits;
    const entity = this.#entities[bits.u(bitsOf(this.#entities.length - 1))];
    const owner = bits.eg(4);
    const id = this.#id(owner, tick);
    const level = bits.u(4);
    const known = this.slots.get(slot);
    const same =
      known?.id === id && known.level === level && known.owner === owner && known.entity === entity;
    const seen = same && known !== undefined ? known : { entity, id, owner, level, at: new Map(), newest: 0 };
    this.#keep(seen, tick, entity.whole(bits, level));
    this.slots.set(slot, seen);
  }
}
