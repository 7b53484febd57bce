import type { Replica, SnapshotDrop, SnapshotTrace } from "@tidelock/client";
import {
  AGE_BITS,
  type Column,
  type DetailLevel,
  END,
  type EntityId,
  type EntityType,
  isExact,
  isOwned,
  MARGIN_STEPS_PER_TICK,
  maskGroups,
  NO_MARGIN,
  rankOf,
  type SnapshotHeader,
  trackOf,
} from "@tidelock/shared";
import { fieldText, fieldValue } from "./field-value.ts";

/** What follows a run, by its symbol. */
const SYMBOLS = ["CHANGED", "OTHER_BASELINE", "SEEK", "WHOLE", "GONE", "END"];
const TRACKS = ["shown", "exact", "far"];

/** A stretch of a packet's bits and what it says. */
export interface Part {
  /** Its first bit. */
  readonly at: number;
  readonly bits: number;
  /** What kind of thing it is: "header", "run", a symbol, "mask", "field" ... */
  readonly part: string;
  /** The field of a value. */
  readonly field?: string;
  /** Type of the entity that it is about. */
  readonly type?: string;
  readonly id?: EntityId;
  readonly slot?: number;
  /** What the receiver would have taken the field for, and what it is, in the game's units. */
  readonly expected?: number | boolean | string;
  readonly value?: number | boolean | string;
  /** The same and all else that it says, for people. */
  readonly text: string;
}

/** Writes down the parts of one packet after the other. */
export class PacketParts implements SnapshotTrace {
  parts: Part[] = [];
  tick = -1;
  #at = 0;
  #type: EntityType | undefined;
  #id: EntityId = 0;
  #slot = 0;

  /** Forgets the packet before. */
  clear(): void {
    this.parts = [];
    this.tick = -1;
    this.#at = 0;
    this.#type = undefined;
  }

  header(header: Readonly<SnapshotHeader>, bits: number): void {
    const { sequence, tick, newestInput, margin, baselineAge, allOwned, runOrder } = header;
    this.tick = tick;
    const says = [
      `sequence ${sequence}`,
      `tick ${tick}`,
      `newest input ${signed(newestInput)}`,
      margin === NO_MARGIN ? "no margin" : `margin ${margin / MARGIN_STEPS_PER_TICK} ticks`,
      baselineAge === 0 ? "no baseline" : `baseline ${tick - baselineAge} (${baselineAge} ago)`,
      allOwned ? "all owned" : "not all owned",
      `runs of order ${runOrder}`,
    ];
    this.#add("header", bits, says.join(", "));
  }

  run(slot: number, length: number, known: number, bits: number): void {
    this.#type = undefined;
    const slots = length === 1 ? `slot ${slot}` : `slots ${slot} to ${slot + length - 1}`;
    const text = length === 0 ? "of 0" : `of ${length}: ${slots} as predicted, ${known} known here`;
    this.#add("run", bits, text, { slot });
  }

  symbol(symbol: number, slot: number, bits: number): void {
    this.#slot = slot;
    this.#add(SYMBOLS[symbol], bits, symbol === END ? "" : `slot ${slot}`, { slot });
  }

  seek(slot: number, bits: number): void {
    this.#add("to", bits, `slot ${slot}`, { slot });
  }

  baseline(age: number, bits: number): void {
    const text = `of ${age} ticks ago${bits > AGE_BITS ? ", with the length of the change" : ""}`;
    this.#add("baseline", bits, text);
  }

  change({ type, id, owner, level }: Replica, age: number): void {
    this.#concern(type, id);
    const last = this.parts.length - 1;
    const text = `${this.parts[last].text}: ${naming(type, id, owner, level)}, against tick ${this.tick - age}`;
    this.parts[last] = { ...this.parts[last], text };
  }

  skip(bits: number): void {
    this.#add("skipped", bits, `a change of slot ${this.#slot}, whose entity did not arrive here`);
  }

  identity(type: EntityType, id: EntityId, owner: number, level: DetailLevel, bits: number): void {
    this.#concern(type, id);
    this.#add("identity", bits, naming(type, id, owner, level));
  }

  begin(_type: EntityType, bits: number, since: number, span: number): void {
    const later = since === 0 ? "" : ", and as predicted since";
    this.#add("timing", bits, `as of tick ${this.tick - since}, ${span} after the baseline${later}`);
  }

  mask(group: number, mask: number, bits: number): void {
    const { columns, sendOrder } = this.#known();
    const groups = maskGroups(sendOrder.length);
    const first = groups.slice(0, group).reduce((sum, length) => sum + length, 0);
    const changed = sendOrder
      .slice(first, first + groups[group])
      .filter((_, bit) => (mask & (1 << bit)) !== 0)
      .map((index) => columns[index].name);
    this.#add("mask", bits, changed.length === 0 ? "nothing" : changed.join(" "));
  }

  residual(
    column: Column,
    coded: number,
    inSteps: boolean,
    bits: number,
    expected: number,
    value: number,
  ): void {
    const type = this.#known();
    const by = inSteps ? `${signed(coded > 0 ? coded - 1 : coded)} shown steps` : `${signed(coded)} steps`;
    this.#add(
      "field",
      bits,
      `${fieldText(type, column, value).padEnd(9)} expected ${fieldText(type, column, expected).padEnd(9)} ${by}`,
      {
        field: column.name,
        expected: fieldValue(type, column, expected),
        value: fieldValue(type, column, value),
      },
    );
  }

  whole(column: Column, value: number, bits: number): void {
    const type = this.#known();
    this.#add("field", bits, fieldText(type, column, value), {
      field: column.name,
      value: fieldValue(type, column, value),
    });
  }

  end(drop: SnapshotDrop | undefined, rest: number, _bits: number): void {
    if (rest > 0) this.#add(drop === undefined ? "filling" : "unread", rest, "");
  }

  /** The parts since the last run, and those that follow, are about this entity: nobody could know before. */
  #concern(type: EntityType, id: EntityId): void {
    this.#type = type;
    this.#id = id;
    for (let i = this.parts.length - 1; i >= 0 && this.parts[i].part !== "run"; i--)
      this.parts[i] = { ...this.parts[i], type: type.name, id };
  }

  #known(): EntityType {
    if (this.#type === undefined) throw new Error("a field of no entity");
    return this.#type;
  }

  #add(
    part: string,
    bits: number,
    text: string,
    more: Partial<Pick<Part, "slot" | "field" | "expected" | "value">> = {},
  ): void {
    const about = this.#type && { type: this.#type.name, id: this.#id };
    this.parts.push({ at: this.#at, bits, part, ...about, ...more, text });
    this.#at += bits;
  }
}

function naming(type: EntityType, id: EntityId, owner: number, level: DetailLevel): string {
  const whose = isOwned(level) ? "mine" : owner === 0 ? "nobody's" : `player ${owner}'s`;
  const team = rankOf(level) === 1 ? ", team" : "";
  const how = isExact(level) ? "exact" : TRACKS[trackOf(level)];
  return `${type.name} ${id}, ${whose}, ${how}${team}`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
