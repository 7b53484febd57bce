import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  BitReader,
  DeltaCache,
  MAX_SNAPSHOT_BYTES,
  NO_MARGIN,
  readHeader,
  type Sequence,
  type SnapshotHeader,
  WorldHistory,
} from "@tidelock/shared";
import { listEverything, type ReplicatedWorld } from "../worlds/replicated-world.ts";
import { Path, type PathConditions } from "./path.ts";
import { type Acknowledgement, ReceivedPackets } from "./received-packets.ts";

/** More packets than an encoder hands over for one client in one tick. */
const MAX_PACKETS_PER_TICK = 16;
/** Inputs do not matter here; the header has its eight bytes whatever they are. */
const REPORT = { newestInput: 0, margin: NO_MARGIN };

/** A packet that reached its client, and what the client then acknowledged. */
export interface ArrivedPacket {
  frame: Uint8Array;
  ack: Acknowledgement;
}

/** What one client got of one tick's packets. */
export interface Arrival {
  packets: ArrivedPacket[];
  /** How many were sent. */
  sent: number;
}

interface Client {
  received: ReceivedPackets;
  path: Path<Acknowledgement>;
  /** Undefined: nobody decodes what this client gets. */
  arrivals: Arrival[] | undefined;
}

/**
 * The server's side of a scene in which everybody sees everything: acked delta snapshots to many clients, each behind its own
 * path. Nothing is decoded here, so that no client's work falls into the measured time; what the clients acknowledge is worked
 * out from the packets that arrive.
 */
export class TidelockScene {
  readonly clients: readonly Client[];
  /** The clients' encoders: the timed part touches nothing else of a client. */
  private readonly encoders: readonly SnapshotEncoder[];
  private readonly replicated: ReplicatedWorld;
  private readonly history: WorldHistory;
  private readonly visible: VisibleSet = { count: 0, tables: new Uint8Array(0), slots: new Int32Array(0) };
  /** The copy of each packet that a transport would make. */
  private readonly sent: Uint8Array;
  private sentBytes = 0;
  /** Where each packet of this tick ends in `sent`, client after client. */
  private readonly ends: Int32Array;
  private sentPackets = 0;
  /** How many packets of this tick are there up to and with a client's. */
  private readonly packetsUpTo: Int32Array;
  /** Acknowledgements that are here for this tick: client, newest, mask, and so on. */
  private readonly due: number[] = [];

  /** Client k is player k + 1; one in `decodeEvery` has its packets kept. */
  constructor(
    replicated: ReplicatedWorld,
    clientCount: number,
    decodeEvery: number,
    conditions: PathConditions,
    seed: number,
  ) {
    this.replicated = replicated;
    this.history = new WorldHistory(replicated.world);
    const cache = new DeltaCache(this.history);
    this.encoders = Array.from(
      { length: clientCount },
      (_, index) => new SnapshotEncoder(this.history, cache, index + 1),
    );
    this.ends = new Int32Array(clientCount * MAX_PACKETS_PER_TICK);
    this.packetsUpTo = new Int32Array(clientCount);
    this.sent = new Uint8Array(clientCount * MAX_PACKETS_PER_TICK * MAX_SNAPSHOT_BYTES);
    this.clients = Array.from({ length: clientCount }, (_, index) => ({
      received: new ReceivedPackets(),
      path: new Path(seed + index, conditions, replicated.tickRate),
      arrivals: index % decodeEvery === 0 ? [] : undefined,
    }));
  }

  /** Entities that each client sees this tick. */
  get visibleCount(): number {
    return this.visible.count;
  }

  /** Packets sent this tick. */
  get packetCount(): number {
    return this.sentPackets;
  }

  /** Entities that had to be sent whole again because their baseline had aged out. */
  get baselinesLost(): number {
    return this.encoders.reduce((sum, { baselinesLost }) => sum + baselinesLost, 0);
  }

  /** Steps the world: the part that is the game's own. */
  step(): void {
    this.replicated.step();
    listEverything(this.replicated.world, this.visible);
    this.due.length = 0;
    const { tick } = this.replicated.world;
    for (const [client, { path }] of this.clients.entries())
      for (let ack = path.arrived(tick); ack !== undefined; ack = path.arrived(tick))
        this.due.push(client, ack.newest, ack.mask);
  }

  /**
   * Everything the server does for a tick's packets: takes in acknowledgements, records the history, chooses, encodes and hands
   * the bytes over. Returns the bytes of all clients together.
   */
  encode(): number {
    const { due, encoders, visible, packetsUpTo } = this;
    for (let i = 0; i < due.length; i += 3) encoders[due[i]].acknowledge(due[i + 1], due[i + 2]);
    this.history.record(this.replicated.world.tick);
    this.sentBytes = 0;
    this.sentPackets = 0;
    for (let i = 0; i < encoders.length; i++) {
      encoders[i].encode(visible, REPORT, this.send);
      packetsUpTo[i] = this.sentPackets;
    }
    return this.sentBytes;
  }

  /** Lets this tick's packets travel. */
  deliver(): void {
    let next = 0;
    for (const [index, { path, received, arrivals }] of this.clients.entries()) {
      const kept: ArrivedPacket[] = [];
      const packets = this.packetsUpTo[index] - next;
      for (const end = next + packets; next < end; next++) {
        if (!path.carries()) continue;
        const packet = this.sent.subarray(next > 0 ? this.ends[next - 1] : 0, this.ends[next]);
        const ack = received.add(sequenceOf(packet));
        path.acknowledge(this.replicated.world.tick, ack);
        if (arrivals !== undefined) kept.push({ frame: packet.slice(), ack });
      }
      arrivals?.push({ packets: kept, sent: packets });
    }
  }

  /** Does with a packet what a transport does: takes a copy. */
  private readonly send = (frame: Uint8Array): void => {
    this.sent.set(frame, this.sentBytes);
    this.sentBytes += frame.length;
    this.ends[this.sentPackets++] = this.sentBytes;
  };
}

const reader = new BitReader(MAX_SNAPSHOT_BYTES);
const header: SnapshotHeader = {
  sequence: 0,
  tick: 0,
  newestInput: 0,
  margin: 0,
  baselineAge: 0,
  allOwned: false,
  runOrder: 0,
};

function sequenceOf(packet: Uint8Array): Sequence {
  reader.load(packet);
  readHeader(reader, header);
  return header.sequence;
}
