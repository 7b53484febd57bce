import { type Replica, SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder } from "@tidelock/server";
import {
  angle,
  type Column,
  defineGame,
  DeltaCache,
  entity,
  isExact,
  input,
  NO_MARGIN,
  position,
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
import { type Arrival, receiveArrival } from "./arrival.ts";
import { PacketExchange } from "./packet-exchange.ts";
import type { PathConditions } from "./path.ts";
import { Recovery } from "./recovery.ts";
import type { ScenePeer } from "./peer.ts";

/** Inputs do not matter here; the header has its eight bytes whatever they are. */
const REPORT = { newestInput: 0, margin: NO_MARGIN };

/** A client, decoding when the run is over. */
interface Client {
  decoder: SnapshotDecoder;
  recovery: Recovery;
  /** What it got, tick by tick. */
  arrivals: Arrival[];
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
  private readonly visible = {
    count: 0,
    tables: new Uint8Array(MOVER_COUNT),
    slots: new Int32Array(0) as Int32Array,
    version: 0,
    change: { from: 0, arrived: new Movers(), departed: new Movers() },
  };
  private readonly history: WorldHistory;
  private readonly advance: (tick: number) => void;
  private readonly columns: readonly Column[];
  private readonly exchange: PacketExchange;
  private verified = 0;
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
    this.encoders = clients.map((_, index) => new SnapshotEncoder(this.history, cache, index + 1));
    this.exchange = new PacketExchange(this.encoders, conditions, TICK_RATE, seed);
    this.clients = clients.map(() => ({
      decoder: new SnapshotDecoder(game.types),
      recovery: new Recovery(conditions, TICK_RATE),
      arrivals: [],
    }));
  }

  write(world: IoWorld): void {
    this.tick = world.tick;
    this.advance(world.tick);
    this.exchange.gatherAcknowledgements(world.tick);
  }

  encode(sights: readonly Sight[]): number {
    const { encoders, exchange, visible } = this;
    exchange.begin();
    this.history.record(this.tick);
    visible.change.from = visible.version++;
    for (let i = 0; i < encoders.length; i++) {
      visible.slots = sights[i].visible;
      visible.count = visible.slots.length;
      fill(visible.change.arrived, sights[i].entered);
      fill(visible.change.departed, sights[i].left);
      encoders[i].encode(visible, REPORT, exchange.send);
      exchange.endClient(i);
    }
    return exchange.byteCount;
  }

  deliver(): void {
    this.exchange.deliver(
      this.tick,
      () => true,
      (client, arrival) => this.clients[client].arrivals.push(arrival),
    );
  }

  verify(world: IoWorld, sights: readonly Sight[]): number {
    let mismatches = 0;
    for (const [index, { decoder, recovery, arrivals }] of this.clients.entries()) {
      const arrival = arrivals[this.verified];
      mismatches += receiveArrival(decoder, arrival);
      const { wrong, missed } = this.compare(world, sights[index].visible, decoder);
      const complete = recovery.isComplete(arrival.packets.length === arrival.sent);
      mismatches += wrong + (complete ? missed : 0);
    }
    this.verified++;
    return mismatches;
  }

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

/** Movers as a list of entities. */
class Movers {
  count = 0;
  readonly tables = new Uint8Array(MOVER_COUNT);
  readonly slots = new Int32Array(MOVER_COUNT);
  readonly ids = new Uint32Array(MOVER_COUNT);
}

function fill(list: Movers, movers: readonly number[]): void {
  list.count = movers.length;
  for (let i = 0; i < movers.length; i++) {
    list.slots[i] = movers[i];
    list.ids[i] = movers[i] + 1;
  }
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
