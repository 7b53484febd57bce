import type { Column, EntityType } from "@tidelock/shared";

/** An entity as read: values by tick, in the order of its columns. */
interface Seen {
  readonly type: EntityType;
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
  readonly #types: readonly EntityType[];
  #bits: readonly number[] = [];
  #at = 0;

  constructor(types: readonly EntityType[]) {
    this.#types = types;
  }

  /** Reads a packet and returns its tick, as its low 16 bits. */
  read(packet: Uint8Array): number {
    this.#bits = [...packet].flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> i) & 1));
    this.#at = 8 + 16;
    const tick = this.#u(16);
    this.#at += 16;
    const age = this.#u(6);
    this.#at += 1;
    const runOrder = this.#u(1) === 1 ? 3 : 0;
    let position = 0;
    for (;;) {
      for (let run = this.#eg(runOrder); run > 0; run--) this.#carryOn(position++, tick);
      let symbol = 0;
      while (symbol < 5 && this.#u(1) === 1) symbol++;
      if (symbol === 5) return tick;
      if (symbol === 2) position = this.#eg(6);
      else if (symbol === 0) this.#update(position++, tick, age);
      else if (symbol === 1) this.#otherBaseline(position++, tick);
      else if (symbol === 3) this.#whole(position++, tick);
      else this.slots.delete(position++);
    }
  }

  #u(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) value += this.#bits[this.#at++] * 2 ** i;
    return value;
  }

  #eg(k: number): number {
    let zeros = 0;
    while (this.#u(1) === 0) zeros++;
    return 2 ** (zeros + k) + this.#u(zeros + k) - 2 ** k;
  }

  #seg(k: number): number {
    const folded = this.#eg(k);
    return folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
  }

  #carryOn(slot: number, tick: number): void {
    const entity = this.slots.get(slot);
    const age = entity === undefined ? 0 : (tick - entity.newest) & 0xffff;
    if (entity === undefined || age === 0 || age > 63) return;
    const base = entity.at.get(entity.newest)!;
    const now = [...base];
    for (const column of this.#inOrder(entity)) now[column.index] = this.#expected(column, base, now, age);
    this.#keep(entity, tick, now);
  }

  #update(slot: number, tick: number, age: number): void {
    const entity = this.slots.get(slot)!;
    const base = entity.at.get((tick - age) & 0xffff)!;
    const now = [...base];
    for (const column of this.#inOrder(entity)) {
      const expected = this.#expected(column, base, now, age);
      now[column.index] = this.#residual(column, entity.level, expected);
    }
    this.#keep(entity, tick, now);
  }

  #otherBaseline(slot: number, tick: number): void {
    const age = this.#u(6);
    if (age > 0) return this.#update(slot, tick, age);
    const told = this.#u(6);
    const end = this.#u(10) + this.#at;
    if (this.slots.get(slot)?.at.has((tick - told) & 0xffff) === true) this.#update(slot, tick, told);
    this.#at = end;
  }

  #keep(entity: Seen, tick: number, now: readonly number[]): void {
    entity.at.set(tick, now);
    entity.newest = tick;
  }

  #id(owner: number, tick: number): number {
    if (this.#u(1) === 0) return this.#eg(8) * 4 + this.#u(2);
    const spawned = (tick - this.#eg(1)) & 0xfff;
    return 2 ** 31 + owner * 2 ** 17 + spawned * 2 ** 5 + this.#eg(0);
  }

  #whole(slot: number, tick: number): void {
    const type = this.#types[this.#u(bitsOf(this.#types.length - 1))];
    const owner = this.#eg(4);
    const id = this.#id(owner, tick);
    const level = this.#u(2);
    const known = this.slots.get(slot);
    const same = known?.id === id && known.level === level && known.owner === owner && known.type === type;
    const entity = same && known !== undefined ? known : { type, id, owner, level, at: new Map(), newest: 0 };
    const now = type.columns.map((column) => column.initial);
    for (const column of this.#inOrder(entity)) {
      const { lowest, highest, bits, shownSteps: s } = column;
      const low = Math.ceil(lowest / s);
      if (s > 1 && level % 2 === 0 && this.#u(1) === 1)
        now[column.index] = (this.#u(bitsOf(Math.floor(highest / s) - low)) + low) * s;
      else now[column.index] = this.#u(bits) + lowest;
    }
    this.#keep(entity, tick, now);
    this.slots.set(slot, entity);
  }

  /** Velocities first; what only the owner gets is left out for others. */
  #inOrder({ type, level }: Seen): Column[] {
    const allowed = type.columns.filter(({ audience }) => audience === "everyone" || level >= 2);
    const isVelocity = ({ index }: Column): boolean =>
      type.columns.some(({ velocity }) => velocity === index);
    return [...allowed.filter(isVelocity), ...allowed.filter((column) => !isVelocity(column))];
  }

  #expected(column: Column, base: readonly number[], now: readonly number[], age: number): number {
    const b = base[column.index];
    if (column.velocity < 0) return b;
    const u = base[column.velocity];
    const w = now[column.velocity];
    return confined(column, b + u * age + Math.round(((w - u) * (age + 1)) / 2));
  }

  #residual(column: Column, level: number, expected: number): number {
    const { bits, lowest, shownSteps: s } = column;
    if (this.#u(1) === 0) return expected;
    if (bits <= 7) return this.#u(bits) + lowest;
    if (s > 1 && level % 2 === 0 && this.#u(1) === 1) return (Math.round(expected / s) + this.#seg(1)) * s;
    if (this.#u(1) === 1) return this.#u(bits) + lowest;
    const folded = this.#eg(bits >> 2) + 1;
    return confined(column, expected + (folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2));
  }
}

function bitsOf(highest: number): number {
  return highest === 0 ? 0 : highest.toString(2).length;
}

function confined({ lowest, highest, wraps }: Column, value: number): number {
  if (!wraps) return Math.max(lowest, Math.min(highest, value));
  const turn = highest - lowest + 1;
  return ((((value - lowest) % turn) + turn) % turn) + lowest;
}
