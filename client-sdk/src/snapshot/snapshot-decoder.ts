import {
  AGE_BITS,
  BitReader,
  CHANGED,
  type DetailLevel,
  type DeltaTally,
  distance16,
  END,
  EntityCodec,
  type EntityId,
  type EntityType,
  GONE,
  HISTORY_TICKS,
  type Identity,
  isLevel,
  LENGTH_BITS,
  LEVEL_BITS,
  MAX_SLOTS,
  MAX_SNAPSHOT_BYTES,
  OTHER_BASELINE,
  SEEK,
  SEEK_ORDER,
  type Sequence,
  SNAPSHOT_HEADER_BYTES,
  type SnapshotHeader,
  type Tick,
  WHOLE,
  bitsFor,
  readHeader,
  readIdentity,
  readSymbol,
  unwrap16,
  createSnapshotHeader,
} from "@tidelock/shared";
import { Replica } from "./replica.ts";
import type { SnapshotTrace } from "./snapshot-trace.ts";

/** Why a packet was dropped. None of these is an error of this client. */
export type SnapshotDrop =
  | "too-short"
  | "too-long"
  | "stale"
  | "duplicate"
  | "unknown-baseline"
  | "malformed";

/** Receives snapshot packets and holds what this client knows of the world. A packet counts whole or not at all. */
export class SnapshotDecoder {
  /** For tools and figures: told of every part of the packets received from now on. */
  trace: SnapshotTrace | undefined;
  readonly #types: readonly EntityType[];
  readonly #typeBits: number;
  readonly #reader = new BitReader(MAX_SNAPSHOT_BYTES);
  readonly #slots: (Replica | undefined)[] = [];
  readonly #byId = new Map<EntityId, Replica>();
  /** The header of the last packet taken; tick and sequence unwrapped. */
  readonly header = createSnapshotHeader();
  /** Entities that the last packet removed. */
  readonly gone: Replica[] = [];
  /** Entities that the last packet updated. */
  readonly updated: Replica[] = [];
  /** Newest tick taken, -1 before the first packet. */
  newestTick: Tick = -1;
  /** Newest packet taken, to acknowledge, with a bit for each of the 32 before it. */
  ackNewest: Sequence = -1;
  ackMask = 0;
  readonly #stagedSlots: number[] = [];
  readonly #stagedReplicas: (Replica | undefined)[] = [];

  constructor(types: readonly EntityType[]) {
    this.#types = types;
    this.#typeBits = bitsFor(types.length - 1);
  }

  /** Everything in view. */
  *replicas(): Iterable<Replica> {
    for (const replica of this.#slots) if (replica !== undefined) yield replica;
  }

  /** An entity in view by id. */
  find(id: EntityId): Replica | undefined {
    return this.#byId.get(id);
  }

  /** Takes a packet. Undefined on success, else why it was dropped; then nothing has changed. */
  receive(frame: Uint8Array): SnapshotDrop | undefined {
    const { trace } = this;
    if (trace === undefined) return this.#receive(frame);
    this.#listen(trace);
    const drop = this.#receive(frame);
    this.#listen(undefined);
    const bits = frame.length * 8;
    trace.end(drop, drop === "too-short" || drop === "too-long" ? bits : this.#reader.remainingBits, bits);
    return drop;
  }

  #receive(frame: Uint8Array): SnapshotDrop | undefined {
    if (frame.length < SNAPSHOT_HEADER_BYTES) return "too-short";
    if (!this.#reader.load(frame)) return "too-long";
    const { sequence, tick, baselineAge } = this.#peekHeader();
    if (this.newestTick >= 0 && tick < this.newestTick) return "stale";
    if (this.#isDuplicate(sequence)) return "duplicate";
    this.#stagedSlots.length = this.#stagedReplicas.length = 0;
    const drop = this.#parse(tick, baselineAge);
    if (drop !== undefined) return drop;
    this.#commit(tick);
    this.#acknowledge(sequence);
    Object.assign(this.header, this.#next);
    return undefined;
  }

  readonly #next: SnapshotHeader = { ...this.header };
  readonly #identity: Identity = { id: 0, owner: 0 };

  #peekHeader(): SnapshotHeader {
    const header = this.#next;
    readHeader(this.#reader, header);
    header.tick = this.newestTick < 0 ? header.tick : unwrap16(header.tick, this.newestTick);
    this.trace?.header(header, this.#reader.position);
    return header;
  }

  /** Tells the decoder the room's tick when it joined, so that 16 bits on the wire suffice. */
  start(tick: Tick): void {
    if (this.newestTick < 0) this.newestTick = Math.max(0, tick - 1);
  }

  /** Codecs are shared by all decoders, so a trace hears them only while its own decoder reads. */
  #listen(tally: DeltaTally | undefined): void {
    for (const type of this.#types) EntityCodec.of(type).tally = tally;
  }

  #parse(tick: Tick, baselineAge: number): SnapshotDrop | undefined {
    const reader = this.#reader;
    const { trace } = this;
    const { runOrder } = this.#next;
    let slot = 0;
    for (;;) {
      let at = reader.position;
      const run = reader.readVariable(runOrder);
      if (reader.failed || slot + run > MAX_SLOTS) return "malformed";
      const staged = this.#stagedSlots.length;
      const end = Math.min(slot + run, this.#slots.length);
      for (let passed = slot; passed < end; passed++) this.#carryOn(passed, tick);
      trace?.run(slot, run, this.#stagedSlots.length - staged, reader.position - at);
      slot += run;
      at = reader.position;
      const symbol = readSymbol(reader);
      if (reader.failed) return "malformed";
      trace?.symbol(symbol, slot, reader.position - at);
      at = reader.position;
      if (symbol === END) return undefined;
      if (symbol === SEEK) {
        slot += reader.readVariable(SEEK_ORDER) + 1;
        if (slot >= MAX_SLOTS) return "malformed";
        trace?.seek(slot, reader.position - at);
        continue;
      }
      let drop: SnapshotDrop | undefined;
      if (symbol === CHANGED) drop = this.#update(slot, tick, baselineAge);
      else if (symbol === OTHER_BASELINE) {
        const age = reader.read(AGE_BITS);
        if (age > 0) trace?.baseline(age, AGE_BITS);
        drop = age > 0 ? this.#update(slot, tick, age) : this.#updateIfTold(slot, tick);
      } else if (symbol === WHOLE) drop = this.#readWhole(slot, tick);
      else if (symbol === GONE) this.#stage(slot, undefined);
      if (drop !== undefined) return drop;
      if (reader.failed) return "malformed";
      slot++;
    }
  }

  /** The slot's entity, if there is one, has done as predicted since this client last heard of it. */
  #carryOn(slot: number, tick: Tick): void {
    const replica = this.#slots[slot];
    if (replica === undefined) return;
    const age = tick - replica.newest;
    if (age <= 0 || age >= HISTORY_TICKS) return;
    replica.codec.writeExpected(replica.rows, replica.row(replica.newest), replica.staged, age);
    this.#stage(slot, replica);
  }

  #update(slot: number, tick: Tick, age: number): SnapshotDrop | undefined {
    const replica = this.#slots[slot];
    if (replica === undefined || age === 0 || !replica.has(tick - age)) return "unknown-baseline";
    const base = replica.row(tick - age);
    this.trace?.change(replica, age);
    replica.codec.readDelta(this.#reader, replica.level, replica.rows, base, replica.staged, age);
    this.#stage(slot, replica);
    return undefined;
  }

  /** A change of an entity that the server has told of but does not know to be known here: without it there is nothing to change. */
  #updateIfTold(slot: number, tick: Tick): SnapshotDrop | undefined {
    const reader = this.#reader;
    const age = reader.read(AGE_BITS);
    const end = reader.read(LENGTH_BITS) + reader.position;
    if (reader.failed || age === 0) return "malformed";
    this.trace?.baseline(age, 2 * AGE_BITS + LENGTH_BITS);
    if (this.#slots[slot]?.has(tick - age) === true) this.#update(slot, tick, age);
    else if (end - reader.position > reader.remainingBits) return "malformed";
    else {
      this.trace?.skip(end - reader.position);
      reader.position = end;
    }
    return reader.position === end ? undefined : "malformed";
  }

  #readWhole(slot: number, tick: Tick): SnapshotDrop | undefined {
    const reader = this.#reader;
    const start = reader.position;
    const type = this.#types[reader.read(this.#typeBits)];
    if (!readIdentity(reader, tick, this.#identity)) return "malformed";
    const { id, owner } = this.#identity;
    const level: DetailLevel = reader.read(LEVEL_BITS);
    if (reader.failed || type === undefined || slot >= MAX_SLOTS || !isLevel(type, level)) return "malformed";
    this.trace?.identity(type, id, owner, level, reader.position - start);
    const known = this.#slots[slot];
    const same =
      known !== undefined &&
      known.id === id &&
      known.level === level &&
      known.owner === owner &&
      known.type === type;
    const replica = same ? known : new Replica(type, id, owner, level);
    replica.codec.readEntity(reader, level, replica.rows, replica.staged);
    this.#stage(slot, replica);
    return undefined;
  }

  #stage(slot: number, replica: Replica | undefined): void {
    this.#stagedSlots.push(slot);
    this.#stagedReplicas.push(replica);
  }

  #commit(tick: Tick): void {
    this.gone.length = this.updated.length = 0;
    for (let i = 0; i < this.#stagedSlots.length; i++) {
      const slot = this.#stagedSlots[i];
      const replica = this.#stagedReplicas[i];
      const known = this.#slots[slot];
      if (known !== undefined && known !== replica) {
        // A change of detail level or owner replaces the replica, but the entity stays in view.
        if (known.id !== replica?.id) {
          known.goneAt = tick;
          this.gone.push(known);
          if (this.#byId.get(known.id) === known) this.#byId.delete(known.id);
        }
      }
      while (this.#slots.length <= slot) this.#slots.push(undefined);
      this.#slots[slot] = replica;
      if (replica === undefined) continue;
      if (known !== replica) this.#byId.set(replica.id, replica);
      replica.take(tick);
      this.updated.push(replica);
    }
    this.newestTick = tick;
  }

  #isDuplicate(sequence: Sequence): boolean {
    if (this.ackNewest < 0) return false;
    const behind = distance16(this.ackNewest, sequence);
    return behind === 0 || (behind > 0 && (behind > 32 || ((this.ackMask >>> (behind - 1)) & 1) === 1));
  }

  #acknowledge(sequence: Sequence): void {
    const ahead = this.ackNewest < 0 ? 0 : distance16(sequence, this.ackNewest);
    if (this.ackNewest < 0) {
      this.ackNewest = sequence;
      return;
    }
    if (ahead > 0) {
      this.ackMask = ahead > 32 ? 0 : ahead === 32 ? 1 << 31 : (this.ackMask << ahead) | (1 << (ahead - 1));
      this.ackNewest = sequence;
    } else this.ackMask |= 1 << (-ahead - 1);
  }
}
