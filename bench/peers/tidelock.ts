import { type Replica, SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  angle,
  BitReader,
  type Column,
  defineGame,
  DeltaCache,
  entity,
  isExact,
  input,
  MAX_SNAPSHOT_BYTES,
  NO_MARGIN,
  position,
  readHeader,
  type Sequence,
  type SnapshotHeader,
  uint,
  velocity,
  WorldHistory,
} from "@tidelock/shared";
import {
  GRID_PER_METRE,
  HEADING_STEPS,
  HP_MAX,
  type IoWorld,
  MOVER_COUNT,
  SHOWN_PER_METRE,
  SPEED_MAX,
  SPEED_MIN,
  TICK_RATE,
  WORLD_METRES,
} from "../worlds/io-world.ts";
import type { Sight } from "../worlds/nearest.ts";
import { Path, type PathConditions } from "./path.ts";
import { type Acknowledgement, ReceivedPackets } from "./received-packets.ts";
import { Recovery } from "./recovery.ts";
import type { ScenePeer } from "./peer.ts";

/** Room for the packets of one tick: 100 clients joining at once take about 80 kB. */
const PACKET_BYTES = 1024 * 1024;
/** Inputs do not matter here; the header has its eight bytes whatever they are. */
const REPORT = { newestInput: 0, margin: NO_MARGIN };

/** A packet that reached its client, and what the client then acknowledged. */
interface ArrivedPacket {
  frame: Uint8Array;
  ack: Acknowledgement;
}

/** One client: the server's side of it, the path, and the client's own side. */
interface Client {
  encoder: SnapshotEncoder;
  received: ReceivedPackets;
  decoder: SnapshotDecoder;
  path: Path<Acknowledgement>;
  recovery: Recovery;
  /** The packets that arrived, tick by tick; with any of a tick missing, that tick is not compared. */
  arrived: { packets: ArrivedPacket[]; complete: boolean }[];
}

const AXIS = { min: 0, max: WORLD_METRES, grid: 1 / GRID_PER_METRE, shown: 1 / SHOWN_PER_METRE };
const SPEED = { max: SPEED_MAX, slowest: SPEED_MIN / 64 };

/** The io-world as a game of ours whose step copies the generator, so that all peers show the same. */
function gameOf(source: IoWorld) {
  const perSecond = TICK_RATE / GRID_PER_METRE;
  return defineGame({
    name: "io-world",
    tickRate: TICK_RATE,
    entities: {
      mover: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", SPEED),
        vy: velocity("y", SPEED),
        heading: angle({ bits: Math.log2(HEADING_STEPS) }),
        hp: uint({ max: HP_MAX }),
      }),
    },
    input: input({}),
    step(world) {
      for (const mover of world.all("mover")) {
        const i = mover.id - 1;
        mover.x = source.x[i] / GRID_PER_METRE;
        mover.y = source.y[i] / GRID_PER_METRE;
        mover.vx = source.vx[i] * perSecond;
        mover.vy = source.vy[i] * perSecond;
        mover.heading = (source.heading[i] / HEADING_STEPS) * 2 * Math.PI;
        mover.hp = source.hp[i];
      }
    },
  });
}

/**
 * Acked delta snapshots from one shared history. Client k owns mover k and gets it on the state grid; the
 * others it gets at the shown step.
 *
 * The time of `encode` contains everything the server does for a tick's packets: taking in what clients
 * acknowledged, recording the history, choosing, encoding and handing the bytes over.
 */
export class TidelockPeer implements ScenePeer<IoWorld> {
  readonly name = "tidelock";
  private readonly clients: Client[];
  /** The clients' encoders: the timed part touches nothing else of a client. */
  private readonly encoders: SnapshotEncoder[];
  /** What a client sees, one after the other, as a room hands it to its encoders. Movers were spawned in order: mover i is in slot i. */
  private readonly visible: VisibleSet = {
    count: 0,
    tables: new Uint8Array(MOVER_COUNT),
    slots: new Int32Array(0),
  };
  private readonly history: WorldHistory;
  private readonly advance: (tick: number) => void;
  private readonly columns: readonly Column[];
  /** The copy of each packet that a transport would make. */
  private readonly sent = new Uint8Array(PACKET_BYTES);
  private sentBytes = 0;
  /** Where each packet of this tick ends in `sent`, client after client; and how many packets up to and with a client. */
  private readonly ends = new Int32Array(PACKET_BYTES / 8);
  private sentPackets = 0;
  private readonly packetsUpTo: Int32Array;
  private verified = 0;
  /** The acknowledgements that arrived for this tick: client, newest, mask, and so on. */
  private readonly due: number[] = [];
  private tick: number;

  constructor(source: IoWorld, clients: readonly Sight[], conditions: PathConditions, seed: number) {
    const game = gameOf(source);
    const world = game.createWorld();
    for (let i = 0; i < MOVER_COUNT; i++) world.spawn("mover", { owner: i < clients.length ? i + 1 : 0 });
    const inputs = game.createInputs();
    this.advance = (tick) => game.step(world, tick, inputs);
    this.tick = source.tick;
    this.history = new WorldHistory(world);
    this.columns = this.history.tables[0].type.columns;
    const cache = new DeltaCache(this.history);
    this.clients = clients.map((_, index) => ({
      encoder: new SnapshotEncoder(this.history, cache, index + 1),
      received: new ReceivedPackets(),
      decoder: new SnapshotDecoder(game.types),
      path: new Path(seed + index, conditions, TICK_RATE),
      recovery: new Recovery(conditions, TICK_RATE),
      arrived: [],
    }));
    this.encoders = this.clients.map(({ encoder }) => encoder);
    this.packetsUpTo = new Int32Array(clients.length);
  }

  write(world: IoWorld): void {
    this.tick = world.tick;
    this.advance(world.tick);
    this.due.length = 0;
    for (const [client, { path }] of this.clients.entries()) {
      for (let ack = path.arrived(this.tick); ack !== undefined; ack = path.arrived(this.tick)) {
        this.due.push(client, ack.newest, ack.mask);
      }
    }
  }

  encode(sights: readonly Sight[]): number {
    const { due, encoders, visible, packetsUpTo } = this;
    for (let i = 0; i < due.length; i += 3) encoders[due[i]].acknowledge(due[i + 1], due[i + 2]);
    this.history.record(this.tick);
    this.sentBytes = 0;
    this.sentPackets = 0;
    for (let i = 0; i < encoders.length; i++) {
      visible.slots = sights[i].visible;
      visible.count = visible.slots.length;
      encoders[i].encode(visible, REPORT, this.send);
      packetsUpTo[i] = this.sentPackets;
    }
    return this.sentBytes;
  }

  deliver(): void {
    let next = 0;
    for (const [index, { path, received, arrived }] of this.clients.entries()) {
      const kept: ArrivedPacket[] = [];
      const packets = this.packetsUpTo[index] - next;
      for (const end = next + packets; next < end; next++) {
        if (!path.carries()) continue;
        const frame = this.sent.slice(next > 0 ? this.ends[next - 1] : 0, this.ends[next]);
        const ack = received.add(sequenceOf(frame));
        path.acknowledge(this.tick, ack);
        kept.push({ frame, ack });
      }
      arrived.push({ packets: kept, complete: kept.length === packets });
    }
  }

  verify(world: IoWorld, sights: readonly Sight[]): number {
    let mismatches = 0;
    for (const [index, { decoder, arrived, recovery }] of this.clients.entries()) {
      const { packets, complete } = arrived[this.verified];
      for (const { frame, ack } of packets) {
        if (decoder.receive(frame) !== undefined) mismatches++;
        // The run counted on what the client would acknowledge.
        if (decoder.ackNewest !== ack.newest || decoder.ackMask !== ack.mask) mismatches++;
      }
      const { wrong, missed } = this.compare(world, sights[index].visible, decoder);
      mismatches += wrong + (recovery.isComplete(complete) ? missed : 0);
    }
    this.verified++;
    return mismatches;
  }

  /** Does with a packet what a transport does: takes a copy. */
  private readonly send = (frame: Uint8Array): void => {
    this.sent.set(frame, this.sentBytes);
    this.sentBytes += frame.length;
    this.ends[this.sentPackets++] = this.sentBytes;
  };

  /** Wrong fields; and how many of those in view it has not heard of in this tick, or still has though they are not. */
  private compare(
    world: IoWorld,
    visible: Int32Array,
    decoder: SnapshotDecoder,
  ): { wrong: number; missed: number } {
    const replicas = new Map([...decoder.replicas()].map((replica) => [replica.id - 1, replica]));
    let wrong = 0;
    let missed = 0;
    for (const mover of visible) {
      const replica = replicas.get(mover);
      if (replica === undefined || !replica.has(world.tick)) missed++;
      else wrong += this.wrongFields(world, mover, replica);
      replicas.delete(mover);
    }
    return { wrong, missed: missed + replicas.size };
  }

  private wrongFields(world: IoWorld, mover: number, replica: Replica): number {
    const row = replica.row(world.tick);
    const exact = isExact(replica.level);
    let wrong = 0;
    for (const column of this.columns) {
      const got = replica.rows[column.index][row];
      const off = Math.abs(got - truth(world, mover, column.name));
      // Never further than half a shown step, and not at all where the state grid is due.
      if (exact ? off !== 0 : off * 2 > column.shownSteps - Number(column.shownSteps === 1)) wrong++;
    }
    return wrong;
  }
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

/** What the generator says of a mover, in steps of the column's grid. */
function truth(world: IoWorld, mover: number, column: string): number {
  switch (column) {
    case "x":
      return world.x[mover];
    case "y":
      return world.y[mover];
    case "vx":
      return world.vx[mover];
    case "vy":
      return world.vy[mover];
    case "hp":
      return world.hp[mover];
    case "heading":
      // Angles count from minus half a turn.
      return ((world.heading[mover] + HEADING_STEPS / 2) % HEADING_STEPS) - HEADING_STEPS / 2;
    default:
      throw new Error(`the generator has no "${column}"`);
  }
}
