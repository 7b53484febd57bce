import { everyone, InterestViewer, RoomInterest, SnapshotEncoder } from "@tidelock/server";
import { DeltaCache, MAX_SNAPSHOT_BYTES, NO_MARGIN, WorldHistory } from "@tidelock/shared";
import type { ReplicatedWorld } from "../worlds/replicated-world.ts";
import type { Arrival } from "./arrival.ts";
import { PacketExchange } from "./packet-exchange.ts";
import type { PathConditions } from "./path.ts";

/** What a tick may take while clients learn what is there: it is told in the warm-up. */
const FIRST_VIEW_BYTES = 8 * MAX_SNAPSHOT_BYTES;
/** Inputs do not matter here; the header has its eight bytes whatever they are. */
const REPORT = { newestInput: 0, margin: NO_MARGIN };

/** One client that sees everything. */
interface Client {
  /** What it got, tick by tick; undefined: nobody decodes it. */
  arrivals: Arrival[] | undefined;
}

/**
 * The server's side of a scene in which everybody sees everything: acked delta snapshots to many clients, each behind its own
 * path.
 */
export class TidelockScene {
  readonly clients: readonly Client[];
  /** The clients' encoders: the timed part touches nothing else of a client. */
  private readonly encoders: readonly SnapshotEncoder[];
  private readonly replicated: ReplicatedWorld;
  private readonly history: WorldHistory;
  private readonly interest: RoomInterest;
  private readonly viewers: readonly { viewer: InterestViewer }[];
  private readonly exchange: PacketExchange;

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
    this.interest = new RoomInterest(replicated.world, everyone());
    this.viewers = Array.from({ length: clientCount }, (_, index) => ({
      viewer: new InterestViewer(index + 1),
    }));
    const cache = new DeltaCache(this.history);
    this.encoders = Array.from(
      { length: clientCount },
      (_, index) => new SnapshotEncoder(this.history, cache, index + 1),
    );
    this.exchange = new PacketExchange(this.encoders, conditions, replicated.tickRate, seed);
    this.clients = Array.from({ length: clientCount }, (_, index) => ({
      arrivals: index % decodeEvery === 0 ? [] : undefined,
    }));
  }

  /** Entities that each client sees this tick. */
  get visibleCount(): number {
    return this.replicated.world.tables.reduce((sum, { count }) => sum + count, 0);
  }

  /** Packets sent this tick. */
  get packetCount(): number {
    return this.exchange.packetCount;
  }

  /** Entities that had to be sent whole again because their baseline had aged out. */
  get baselinesLost(): number {
    return this.encoders.reduce((sum, { baselinesLost }) => sum + baselinesLost, 0);
  }

  /** Steps the world: the part that is the game's own. */
  step(): void {
    this.replicated.step();
    this.exchange.gatherAcknowledgements(this.replicated.world.tick);
  }

  /**
   * Everything the server does for a tick's packets: takes in acknowledgements, records the history, works out who sees what,
   * chooses, encodes and hands the bytes over. Returns the bytes of all clients together.
   */
  encode(): number {
    const { encoders, exchange, interest, viewers } = this;
    exchange.begin();
    this.history.record(this.replicated.world.tick);
    interest.observe();
    interest.refresh(viewers);
    for (let i = 0; i < encoders.length; i++) {
      const visible = interest.visibleTo(viewers[i].viewer);
      encoders[i].encode(visible, REPORT, exchange.send, FIRST_VIEW_BYTES);
      exchange.endClient(i);
    }
    return exchange.byteCount;
  }

  /** Lets this tick's packets travel. */
  deliver(): void {
    const { clients, encoders } = this;
    this.exchange.deliver(
      this.replicated.world.tick,
      (client) => clients[client].arrivals !== undefined,
      (client, arrival) => clients[client].arrivals?.push({ ...arrival, crowded: encoders[client].crowded }),
    );
  }
}
