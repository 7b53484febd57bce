import {
  BitWriter,
  END,
  MAX_SNAPSHOT_BYTES,
  SEEK,
  SEEK_ORDER,
  writeHeader,
  writeSymbol,
  createSnapshotHeader,
} from "@tidelock/shared";

/** Where the header says that everything owned is in the packet. */
const ALL_OWNED_BIT = 62;
/** Kept free in every packet for the last run and the end symbol. */
const CLOSING_BITS = 48;

/** What the header tells a client about its inputs. */
export interface InputReport {
  newestInput: number;
  margin: number;
}

/** How far a packet had come, to go back to when something does not fit. */
interface Mark {
  bits: number;
  run: number;
  slot: number;
}

/** The frame of a snapshot packet: its header, runs of slots that are as predicted, and the symbols between them. */
export class PacketWriter {
  readonly header = createSnapshotHeader();
  readonly bits = new BitWriter(MAX_SNAPSHOT_BYTES);
  /** Bytes that the packet may take, up to MAX_SNAPSHOT_BYTES. */
  limitBytes = MAX_SNAPSHOT_BYTES;
  /** Bits kept free for what must still be told. */
  heldBits = 0;
  /** Slots as predicted since the last symbol. */
  run = 0;
  /** The slot that comes next unless the packet says otherwise. */
  slot = 0;
  readonly #mark: Mark = { bits: 0, run: 0, slot: 0 };

  begin(): void {
    this.bits.reset();
    this.heldBits = 0;
    writeHeader(this.bits, this.header);
    this.run = 0;
    this.slot = 0;
  }

  /** Whether all so far fits, and the end too. */
  get fits(): boolean {
    return !this.bits.overflowed && this.spareBits >= 0;
  }

  /** Bits that can still be written before the end, apart from those held. */
  get spareBits(): number {
    return this.limitBytes * 8 - CLOSING_BITS - this.heldBits - this.bits.position;
  }

  /** Remembers the packet as it is now for `takeBack`. */
  mark(): void {
    this.#mark.bits = this.bits.position;
    this.#mark.run = this.run;
    this.#mark.slot = this.slot;
  }

  takeBack(): void {
    this.bits.truncate(this.#mark.bits);
    this.run = this.#mark.run;
    this.slot = this.#mark.slot;
  }

  /** Goes on at a slot, which must not lie behind. */
  seek(slot: number): void {
    if (slot === this.slot) return;
    this.symbol(SEEK);
    this.bits.writeVariable(slot - this.slot - 1, SEEK_ORDER);
    this.slot = slot;
  }

  symbol(symbol: number): void {
    this.#flushRun();
    writeSymbol(this.bits, symbol);
  }

  /** Takes back the header's word that everything owned is in the packet. */
  ownedElsewhere(): void {
    this.bits.patch(ALL_OWNED_BIT, 0, 1);
  }

  /** The finished packet; valid until the next begins. */
  end(): Uint8Array {
    this.symbol(END);
    return this.bits.bytes();
  }

  #flushRun(): void {
    this.bits.writeVariable(this.run, this.header.runOrder);
    this.run = 0;
  }
}
