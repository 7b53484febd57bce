import type { SnapshotEncoder } from "@tidelock/server";
import {
  BitReader,
  MAX_SNAPSHOT_BYTES,
  readHeader,
  type Sequence,
  createSnapshotHeader,
} from "@tidelock/shared";
import type { ArrivedPacket, Arrival } from "./arrival.ts";
import { Path, type PathConditions } from "./path.ts";
import { type Acknowledgement, ReceivedPackets } from "./received-packets.ts";

/** More packets than an encoder hands over for one client in one tick. */
const MAX_PACKETS_PER_TICK = 16;
/** Up to here a loop copies faster than the engine's own way, whose call alone takes as long as a hundred bytes. */
const SHORT_BYTES = 96;

interface Client {
  received: ReceivedPackets;
  path: Path<Acknowledgement>;
}

/**
 * The packets between a server's encoders and their clients, each behind its own path: takes them as a transport does, lets them
 * travel and brings the acknowledgements back. Nothing is decoded, so that no client's work falls into the measured time; what a
 * client acknowledges is worked out from the packets that arrive.
 */
export class PacketExchange {
  private readonly encoders: readonly SnapshotEncoder[];
  private readonly clients: readonly Client[];
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

  /** Client k is behind encoder k. */
  constructor(
    encoders: readonly SnapshotEncoder[],
    conditions: PathConditions,
    tickRate: number,
    seed: number,
  ) {
    this.encoders = encoders;
    this.clients = encoders.map((_, index) => ({
      received: new ReceivedPackets(),
      path: new Path(seed + index, conditions, tickRate),
    }));
    this.ends = new Int32Array(encoders.length * MAX_PACKETS_PER_TICK);
    this.packetsUpTo = new Int32Array(encoders.length);
    this.sent = new Uint8Array(encoders.length * MAX_PACKETS_PER_TICK * MAX_SNAPSHOT_BYTES);
  }

  /** Packets of this tick. */
  get packetCount(): number {
    return this.sentPackets;
  }

  /** Bytes of this tick's packets, of all clients together. */
  get byteCount(): number {
    return this.sentBytes;
  }

  /** Gathers the acknowledgements that have arrived by `tick`. */
  gatherAcknowledgements(tick: number): void {
    this.due.length = 0;
    for (const [client, { path }] of this.clients.entries())
      for (let ack = path.arrived(tick); ack !== undefined; ack = path.arrived(tick))
        this.due.push(client, ack.newest, ack.mask);
  }

  /** Hands the gathered acknowledgements to the encoders and begins this tick's packets. */
  begin(): void {
    const { due, encoders } = this;
    for (let i = 0; i < due.length; i += 3) encoders[due[i]].acknowledge(due[i + 1], due[i + 2]);
    this.sentBytes = 0;
    this.sentPackets = 0;
  }

  /** Does with a packet what a transport does: takes a copy. Packets of clients come one client after the other. */
  readonly send = (frame: Uint8Array): void => {
    const { sent, sentBytes } = this;
    const { length } = frame;
    if (length > SHORT_BYTES) sent.set(frame, sentBytes);
    else for (let i = 0; i < length; i++) sent[sentBytes + i] = frame[i];
    this.sentBytes += length;
    this.ends[this.sentPackets++] = this.sentBytes;
  };

  /** Says that the client has all its packets of this tick. */
  endClient(client: number): void {
    this.packetsUpTo[client] = this.sentPackets;
  }

  /** Lets this tick's packets travel; `arrived` gets a copy of what reaches the clients that `keeps` picks. */
  deliver(
    tick: number,
    keeps: (client: number) => boolean,
    arrived: (client: number, arrival: Arrival) => void,
  ): void {
    let next = 0;
    for (const [client, { path, received }] of this.clients.entries()) {
      const kept = keeps(client);
      const packets: ArrivedPacket[] = [];
      const sent = this.packetsUpTo[client] - next;
      for (const end = next + sent; next < end; next++) {
        if (!path.carries()) continue;
        const packet = this.sent.subarray(next > 0 ? this.ends[next - 1] : 0, this.ends[next]);
        const ack = received.add(sequenceOf(packet));
        path.acknowledge(tick, ack);
        if (kept) packets.push({ frame: packet.slice(), ack });
      }
      if (kept) arrived(client, { packets, sent });
    }
  }
}

const reader = new BitReader(MAX_SNAPSHOT_BYTES);
const header = createSnapshotHeader();

function sequenceOf(packet: Uint8Array): Sequence {
  reader.load(packet);
  readHeader(reader, header);
  return header.sequence;
}
