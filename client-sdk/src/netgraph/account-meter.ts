import type { ByteAccount } from "./byte-account.ts";

/** Figures change this often: faster, their order could not be read. */
const INTERVAL_MS = 1000;
/** How much of a figure is the newest interval; the rest is what it was. */
const NEWEST_SHARE = 0.5;

/** What one field takes at present. */
export interface FieldRate {
  readonly type: string;
  readonly field: string;
  bytesPerSecond: number;
}

/** What a rate was computed from last. */
interface Meter extends FieldRate {
  bits: number;
}

/** Makes present figures of the totals of an account. */
export class AccountMeter {
  #account: ByteAccount | undefined;
  #meters: Meter[] = [];
  #sorted: readonly FieldRate[] = [];
  #sinceMs = 0;
  #before = { packets: 0, told: 0, predicted: 0 };
  /** Entities told of per packet, changed ones and new ones. */
  toldPerPacket = 0;
  /** Of the entities that packets spoke of, the share that was as predicted, 0 to 1. */
  predictedShare = 0;

  /** Looks at the account; call once per frame. */
  observe(account: ByteAccount, nowMs: number): void {
    if (account !== this.#account) return this.#begin(account, nowMs);
    const seconds = (nowMs - this.#sinceMs) / 1000;
    if (seconds * 1000 < INTERVAL_MS) return;
    this.#sinceMs = nowMs;
    const isFirst = this.#sorted.length === 0;
    for (const [i, { bits }] of account.shares.entries()) {
      const meter = this.#meters[i];
      const now = (bits - meter.bits) / 8 / seconds;
      meter.bits = bits;
      meter.bytesPerSecond = isFirst
        ? now
        : meter.bytesPerSecond + (now - meter.bytesPerSecond) * NEWEST_SHARE;
    }
    this.#sorted = this.#meters.toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond);
    const { packets, predicted } = account;
    const told = account.changes + account.wholes;
    const newPackets = packets - this.#before.packets;
    const newTold = told - this.#before.told;
    const newPredicted = predicted - this.#before.predicted;
    this.toldPerPacket = newPackets === 0 ? 0 : newTold / newPackets;
    this.predictedShare = newPredicted === 0 ? 0 : newPredicted / (newPredicted + newTold);
    this.#before = { packets, told, predicted };
  }

  /** The fields that take the most, the largest first. Empty for the first second. */
  top(count: number): readonly FieldRate[] {
    return this.#sorted.slice(0, count);
  }

  #begin(account: ByteAccount, nowMs: number): void {
    this.#account = account;
    this.#meters = account.shares.map(({ type, field, bits }) => ({ type, field, bits, bytesPerSecond: 0 }));
    this.#sorted = [];
    this.#sinceMs = nowMs;
    const { packets, changes, wholes, predicted } = account;
    this.#before = { packets, told: changes + wholes, predicted };
  }
}
