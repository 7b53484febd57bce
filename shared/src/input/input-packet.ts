import { BitReader } from "../bits/bit-reader.ts";
import { BitWriter } from "../bits/bit-writer.ts";
import type { Sequence, Tick } from "../tick/tick.ts";
import type { InputType } from "./input-type.ts";
import { NO_VIEW, VIEW_BITS } from "./view-moment.ts";

/**
 * An input packet, normative description in docs/wire-format.md:
 *
 *   kind u8 | newest tick u16 | has ack (1), rows - 1 (5) | [ack newest u16, ack mask u32] | newest row | older rows as changes
 *
 * In a game with lag compensation each row begins with the moment that the player was shown.
 */
export const INPUT_KIND = 0x02;
/** Rows per packet: what half a second at 60 Hz can leave unacknowledged. */
export const MAX_INPUT_ROWS = 32;
/** Longest packet accepted; a game whose input is wider sends fewer rows. */
export const MAX_INPUT_BYTES = 512;

/** A decoded packet; reused from call to call. */
export interface InputPacket {
  /** Low 16 bits of the tick of row 0; each further row is meant for one tick earlier. */
  newestTick: number;
  count: number;
  /** `count` rows of the input's width, newest first, every value in its range. */
  rows: Int32Array;
  /** By row: how far before its tick the moment lies that the player was shown; see `viewMoment`. */
  views: Uint16Array;
  hasAck: boolean;
  ackNewest: Sequence;
  ackMask: number;
}

const NO_VIEWS = (): number => NO_VIEW;

/** Writes and reads input packets of one game. */
export class InputCodec {
  readonly #type: InputType;
  readonly #hasViews: boolean;
  readonly #writer = new BitWriter(MAX_INPUT_BYTES);
  readonly #reader = new BitReader(MAX_INPUT_BYTES);
  readonly #packet: InputPacket;

  /** `hasViews`: rows say which moment the player was shown. */
  constructor(type: InputType, hasViews = false) {
    this.#type = type;
    this.#hasViews = hasViews;
    this.#packet = {
      newestTick: 0,
      count: 0,
      rows: new Int32Array(MAX_INPUT_ROWS * type.width),
      views: new Uint16Array(MAX_INPUT_ROWS).fill(NO_VIEW),
      hasAck: false,
      ackNewest: 0,
      ackMask: 0,
    };
  }

  /**
   * Encodes the inputs of `newestTick` and up to `count - 1` ticks before it; `rowAt` gives the row of a tick. Older rows that do not
   * fit are left out. `ackNewest` below 0: no snapshot to acknowledge yet. `viewAt` gives the view distance of a tick. The bytes are
   * valid until the next call.
   */
  encode(
    newestTick: Tick,
    count: number,
    rowAt: (tick: Tick) => Int32Array,
    ackNewest: Sequence,
    ackMask: number,
    viewAt: (tick: Tick) => number = NO_VIEWS,
  ): Uint8Array {
    const writer = this.#writer;
    writer.reset();
    writer.write(INPUT_KIND, 8);
    writer.write(newestTick, 16);
    writer.write(ackNewest >= 0 ? 1 : 0, 1);
    const countAt = writer.position;
    const wanted = Math.max(1, Math.min(count, MAX_INPUT_ROWS));
    writer.write(wanted - 1, 5);
    if (ackNewest >= 0) {
      writer.write(ackNewest, 16);
      writer.write(ackMask, 32);
    }
    const { columns } = this.#type.record;
    let newer = rowAt(newestTick);
    let newerView = this.#hasViews ? viewAt(newestTick) : NO_VIEW;
    if (this.#hasViews) writer.write(newerView, VIEW_BITS);
    for (const column of columns) writer.write(newer[column.index] - column.lowest, column.bits);
    let written = 1;
    for (; written < wanted; written++) {
      const mark = writer.position;
      const row = rowAt(newestTick - written);
      if (this.#hasViews) {
        const view = viewAt(newestTick - written);
        writer.writeSignedVariable(view - newerView, 0);
        newerView = view;
      }
      this.#writeChange(row, newer);
      newer = row;
      if (!writer.overflowed) continue;
      writer.truncate(mark);
      break;
    }
    if (written < wanted) writer.patch(countAt, written - 1, 5);
    return writer.bytes();
  }

  /** Decodes a packet from anyone. Undefined when it is malformed; never throws. The result is valid until the next call. */
  decode(frame: Uint8Array): InputPacket | undefined {
    const reader = this.#reader;
    const packet = this.#packet;
    if (!reader.load(frame)) return undefined;
    reader.read(8);
    packet.newestTick = reader.read(16);
    packet.hasAck = reader.read(1) === 1;
    packet.count = reader.read(5) + 1;
    if (packet.hasAck) {
      packet.ackNewest = reader.read(16);
      packet.ackMask = reader.read(32);
    }
    const { width } = this.#type;
    if (this.#hasViews) packet.views[0] = reader.read(VIEW_BITS);
    for (const column of this.#type.record.columns)
      packet.rows[column.index] = Math.min(column.highest, reader.read(column.bits) + column.lowest);
    for (let row = 1; row < packet.count; row++) {
      if (this.#hasViews)
        packet.views[row] = confineView(packet.views[row - 1] + reader.readSignedVariable(0));
      this.#readChange(packet.rows, row * width, width);
    }
    // Nothing but padding may follow: a longer frame is not one of ours.
    return reader.failed || reader.remainingBits >= 8 ? undefined : packet;
  }

  #writeChange(row: Int32Array, newer: Int32Array): void {
    const { columns } = this.#type.record;
    const writer = this.#writer;
    const same = columns.every(({ index }) => row[index] === newer[index]);
    writer.write(same ? 0 : 1, 1);
    if (same) return;
    for (const { index, lowest, bits } of columns) {
      const changed = row[index] !== newer[index];
      writer.write(changed ? 1 : 0, 1);
      if (changed) writer.write(row[index] - lowest, bits);
    }
  }

  #readChange(rows: Int32Array, at: number, width: number): void {
    const reader = this.#reader;
    rows.copyWithin(at, at - width, at);
    if (reader.read(1) === 0) return;
    for (const { index, lowest, highest, bits } of this.#type.record.columns) {
      if (reader.read(1) === 1) rows[at + index] = Math.min(highest, reader.read(bits) + lowest);
    }
  }
}

function confineView(distance: number): number {
  return Math.max(0, Math.min(NO_VIEW, distance));
}
