import type { PacketMeter } from "@tidelock/shared";

/** Rates are of a stretch of at least this length. */
const WINDOW_MS = 1000;

/** Bytes by entity type. What belongs to no type (headers, runs of what is as predicted) is in `total` alone. */
export interface BytesByType {
  readonly total: number;
  readonly byType: Readonly<Record<string, number>>;
}

/**
 * Counts what the snapshots to one player are made of. What a packet tells is noted with its place among the packet's bits: of
 * what was written and taken back for want of room nothing remains once other bits have taken its place.
 */
export class SentBytes implements PacketMeter {
  readonly #names: readonly string[];
  /** Of the packet being written: table, first bit and end of each stretch, in the order of the bits. */
  readonly #stretches: number[] = [];
  /** Bits by table, and in the last place those of whole packets. */
  readonly #totals: Float64Array;
  readonly #windowTotals: Float64Array;
  readonly #perSecond: Float64Array;
  #windowSinceMs = -1;

  /** @param names of the entity types, by table */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#totals = new Float64Array(names.length + 1);
    this.#windowTotals = new Float64Array(names.length + 1);
    this.#perSecond = new Float64Array(names.length + 1);
  }

  wrote(table: number, start: number, end: number): void {
    const stretches = this.#stretches;
    while (stretches.length > 0 && stretches[stretches.length - 1] > start) stretches.length -= 3;
    stretches.push(table, start, end);
  }

  /** The packet just written has been sent. */
  sent(bytes: number, nowMs: number): void {
    const stretches = this.#stretches;
    for (let i = 0; i < stretches.length && stretches[i + 2] <= bytes * 8; i += 3)
      this.#totals[stretches[i]] += stretches[i + 2] - stretches[i + 1];
    stretches.length = 0;
    this.#totals[this.#names.length] += bytes * 8;
    if (this.#windowSinceMs < 0) this.#windowSinceMs = nowMs;
    this.#roll(nowMs);
  }

  /** Bytes since counting began. */
  get totals(): BytesByType {
    return this.#inBytes(this.#totals);
  }

  /** Bytes per second lately, at a time of `performance.now()`: of the last whole second or more. 0 in the first. */
  perSecond(nowMs: number): BytesByType {
    this.#roll(nowMs);
    return this.#inBytes(this.#perSecond);
  }

  #roll(nowMs: number): void {
    const seconds = (nowMs - this.#windowSinceMs) / 1000;
    if (this.#windowSinceMs < 0 || seconds * 1000 < WINDOW_MS) return;
    for (let i = 0; i < this.#totals.length; i++)
      this.#perSecond[i] = (this.#totals[i] - this.#windowTotals[i]) / seconds;
    this.#windowTotals.set(this.#totals);
    this.#windowSinceMs = nowMs;
  }

  #inBytes(bits: Float64Array): BytesByType {
    return {
      total: bits[this.#names.length] / 8,
      byType: Object.fromEntries(this.#names.map((name, table) => [name, bits[table] / 8])),
    };
  }
}
