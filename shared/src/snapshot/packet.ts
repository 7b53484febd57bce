import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import type { Sequence, Tick } from "../tick/tick.ts";

/**
 * A snapshot packet, normative description in docs/wire-format.md:
 *
 *   kind u8 | sequence u16 | tick u16 | newest input i8 | margin i8 | baseline age (6 bits), all owned (1), run order (1)
 *   then, until the end symbol: run of slots as predicted | symbol ...
 *
 * A run needs no baseline: each of its slots goes on from the newest state that the client has of it, and a client that has none
 * has nothing to hear.
 */
export const SNAPSHOT_KIND = 0x01;
export const SNAPSHOT_HEADER_BYTES = 8;
/** The largest snapshot packet: it fits one datagram with every header around it. */
export const MAX_SNAPSHOT_BYTES = 1150;
/** Client slots per client: bounds what a packet can name. */
export const MAX_SLOTS = 65536;
/** In the header's margin: no input arrived since the last packet. */
export const NO_MARGIN = -128;
/** Margins are sent in this fraction of a tick. */
export const MARGIN_STEPS_PER_TICK = 4;

export interface SnapshotHeader {
  sequence: Sequence;
  tick: Tick;
  /** Newest input received, as ticks beyond `tick`; -128 to 127. */
  newestInput: number;
  /** Smallest earliness of the inputs that arrived since the last packet, in quarter ticks; negative: late; or NO_MARGIN. */
  margin: number;
  /** Ticks from this tick back to the baseline of most changes; 0: none. */
  baselineAge: number;
  /** True when every entity that the client owns is in this packet: one that is missing does not exist. */
  allOwned: boolean;
  /** Golomb order of the run lengths: 0 when most entities surprise, 3 when few do. */
  runOrder: number;
}

/** A header to be filled in. */
export function createSnapshotHeader(): SnapshotHeader {
  return {
    sequence: 0,
    tick: 0,
    newestInput: 0,
    margin: NO_MARGIN,
    baselineAge: 0,
    allOwned: false,
    runOrder: 0,
  };
}

/** Starts a packet: two whole words, as the fields lie in them from the lowest bit up. */
export function writeHeader(writer: BitWriter, header: SnapshotHeader): void {
  const { sequence, tick, newestInput, margin, baselineAge, allOwned, runOrder } = header;
  writer.write(SNAPSHOT_KIND | ((sequence & 0xffff) << 8) | (tick << 24), 32);
  const flags = baselineAge | (allOwned ? 0x40 : 0) | (runOrder === 0 ? 0 : 0x80);
  writer.write(
    ((tick >>> 8) & 0xff) | ((newestInput & 0xff) << 8) | ((margin & 0xff) << 16) | (flags << 24),
    32,
  );
}

/** Reads a header into `header`; `tick` and `sequence` still have to be unwrapped. */
export function readHeader(reader: BitReader, header: SnapshotHeader): void {
  reader.read(8);
  header.sequence = reader.read(16);
  header.tick = reader.read(16);
  header.newestInput = (reader.read(8) << 24) >> 24;
  header.margin = (reader.read(8) << 24) >> 24;
  header.baselineAge = reader.read(6);
  header.allOwned = reader.read(1) === 1;
  header.runOrder = reader.read(1) === 0 ? 0 : 3;
}

/** What follows a run, in the order of how often it comes; symbol `n` is `n` one-bits and a zero, the last without the zero. */
export const CHANGED = 0;
/** Like CHANGED, against another baseline than the packet's; with age 0 first, one that the client may not have. */
export const OTHER_BASELINE = 1;
/** Leaves slots out: nothing is said of them. */
export const SEEK = 2;
/** The whole entity. */
export const WHOLE = 3;
/** The slot's entity left the client's view. */
export const GONE = 4;
export const END = 5;

export function writeSymbol(writer: BitWriter, symbol: number): void {
  if (symbol === END) writer.write(0b11111, 5);
  else writer.write((1 << symbol) - 1, symbol + 1);
}

export function readSymbol(reader: BitReader): number {
  let symbol = 0;
  while (symbol < END && reader.read(1) === 1) symbol++;
  return reader.failed ? END : symbol;
}

/** Golomb order of how many slots a SEEK leaves out, minus 1: the gaps in a packet that cannot hold everything are short. */
export const SEEK_ORDER = 1;
/** Bits of an explicit baseline age. */
export const AGE_BITS = 6;
/** Bits of the length of a delta that a client without its baseline has to step over. */
export const LENGTH_BITS = 10;
