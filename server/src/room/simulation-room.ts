import { randomInt } from "node:crypto";
import { type Client, Room, type RoomOptions, ServerError } from "@colyseus/core";
import {
  type EntityId,
  type EntityMap,
  type EventMap,
  type FieldMap,
  type Game,
  HITS_TYPE,
  JOIN_REQUEST_KEY,
  JoinRefusal,
  type PlayerNumber,
  READY_TYPE,
  refusalFor,
  type Tick,
  WELCOME_TYPE,
  type World,
  type WorldEvent,
} from "@tidelock/shared";
import { sendEveryFor } from "../budget/send-pace.ts";
import type { RewindCounts } from "../history/rewind-counts.ts";
import { everyone } from "../interest/everyone.ts";
import type { InterestPolicy } from "../interest/interest-policy.ts";
import { TokenBucket } from "../limits/token-bucket.ts";
import { fileSink } from "../replay/file-sink.ts";
import type { ReplaySink } from "../replay/session-recorder.ts";
import { openRoomLinks, type RoomLinks } from "../transport/room-links.ts";
import type { Player, PlayerInfo } from "./player.ts";
import { RoomSimulation } from "./room-simulation.ts";
import type { StateDifference } from "./state-checks.ts";
import type { WhyNotSent } from "./telling-log.ts";
import { runtime } from "../transport/runtime.ts";
import { TickScheduler } from "./scheduler.ts";

/** How long the seat of a player whose connection broke is kept, in seconds. */
const RECONNECTION_SECONDS = 20;

/** A Colyseus Room that runs a game. Made by `SimulationRoom(game)`; named so that its members can be documented and typed. */
export abstract class GameRoom<
  E extends EntityMap,
  I extends FieldMap,
  V extends EventMap,
  T extends RoomOptions = RoomOptions,
> extends Room<T> {
  /** What the room runs. */
  declare readonly game: Game<E, I, V>;
  /** Decides what each player is sent. Default: everything. */
  interest: InterestPolicy = everyone();
  /** Seconds for which the seat and the entities of a player wait after its connection broke; 0: not at all. */
  reconnectionSeconds = RECONNECTION_SECONDS;
  /**
   * Snapshots per second to each player, at best; the nearest rate that divides the tick rate is taken. Default: the server's setting.
   * Single players are sent to less often by their `sendEvery`.
   */
  snapshotRate: number = runtime.snapshotRate;
  /**
   * Records the session to a file of that name, or to a sink of your own, so that `npm run replay` computes it again. A recording holds
   * what players may not know, the seed of the secret stream above all. Default: nothing is recorded.
   */
  record: string | ReplaySink | undefined;
  simulation!: RoomSimulation<E, I, V>;
  links!: RoomLinks;
  scheduler!: TickScheduler;
  readonly playersBySession = new Map<string, Player>();
  readonly #warnings = new TokenBucket(1, 5, performance.now());

  get world(): World<E, V> {
    return this.simulation.world;
  }

  /** The players now, by number. */
  get playersByNumber(): ReadonlyMap<PlayerNumber, PlayerInfo> {
    return this.simulation.players;
  }

  /** How far back the hits in this room were judged; undefined in a game without lag compensation. */
  get rewinds(): RewindCounts | undefined {
    return this.simulation.past?.counts;
  }

  /**
   * Begins to count, from zero, what the snapshots to each player are made of, or ends it: see `sentBytes` of `playersByNumber`. Off
   * at first; on, it costs some 20 nanoseconds per entity that a packet tells of.
   */
  countBytes(on: boolean): void {
    this.simulation.countBytes(on);
  }

  /**
   * Why a player was or was not told of an entity in the last send tick up to `tick`, by default now: see `TellingReason` for what it
   * may be. Undefined when there is no such player, or nothing was noted for that tick: an entity is watched, for that player alone,
   * from when it is first asked for, and 64 send ticks back. What nobody asks for costs nothing. For development: whoever hears the
   * answer learns of what interest keeps from the player.
   */
  whyNotSent(player: PlayerNumber, entity: EntityId, tick?: Tick): WhyNotSent | undefined {
    return this.simulation.whyNotSent(player, entity, tick);
  }

  /** A player joined: give it its entities, with `owner: player.number`. */
  onPlayerJoin?(world: World<E, V>, player: PlayerInfo, options: unknown): void | Promise<void>;

  /** A player is gone for good. Without an override everything it owns is despawned. */
  onPlayerLeave(world: World<E, V>, player: PlayerInfo): void {
    for (const table of world.tables)
      for (let i = table.count - 1; i >= 0; i--)
        if (table.owners[table.order[i]] === player.number) world.despawn(table.view(table.order[i]));
  }

  /** Called after each tick, when the world is as the step left it and snapshots have been sent. */
  onTick?(): void;

  /** What the step reported with `world.emit` in the tick just computed. */
  onEvents?(events: readonly WorldEvent<V>[]): void;

  override onCreate(_options?: unknown): void | Promise<void> {
    this.links = openRoomLinks(this, { host: runtime.host, condition: runtime.condition });
    this.simulation = new RoomSimulation({
      game: this.game,
      seed: randomInt(2 ** 32),
      secretSeed: randomInt(2 ** 32),
      sendEvery: sendEveryFor(this.game.tickRate, this.snapshotRate),
      budget: runtime.budget,
      interest: this.interest,
      record: typeof this.record === "string" ? fileSink(this.record) : this.record,
      checkEvery: runtime.checkState ? this.game.tickRate : undefined,
      onDifference: (difference) => this.onDesync(difference),
      onEvents: (events) => this.onEvents?.(events),
      onHits: (player, reports) => player.client.send(HITS_TYPE, reports),
    });
    this.onMessage(READY_TYPE, (client: Client) => {
      const player = this.playersBySession.get(client.sessionId);
      const welcome = player === undefined ? undefined : this.simulation.ready(player, performance.now());
      if (welcome === undefined) return;
      const condition = runtime.condition?.name;
      client.send(WELCOME_TYPE, condition === undefined ? welcome : { ...welcome, condition });
    });
    this.scheduler = new TickScheduler({
      tickRate: this.game.tickRate,
      firstTick: 1,
      onTick: (tick, behind) => {
        this.simulation.tick(tick, behind, performance.now());
        this.onTick?.();
      },
      onError: (error) => this.onBroken(error),
    });
    this.scheduler.start();
  }

  override async onJoin(client: Client, options?: unknown, _auth?: unknown): Promise<void> {
    const presented: unknown =
      typeof options === "object" && options !== null ? Reflect.get(options, JOIN_REQUEST_KEY) : undefined;
    const refusal = refusalFor(this.game, presented);
    if (refusal !== undefined)
      throw new ServerError(JoinRefusal[refusal.code], `${refusal.code}: ${refusal.message}`);
    const link = this.links.attach(client);
    const player = this.simulation.join(client, link, performance.now());
    link.onFrame = (frame) => player.receive(frame, this.scheduler.ticksNow(), performance.now());
    this.playersBySession.set(client.sessionId, player);
    await this.onPlayerJoin?.(this.world, player, options);
  }

  override async onDrop(client: Client, _code?: number): Promise<void> {
    if (this.reconnectionSeconds <= 0) return;
    try {
      await this.allowReconnection(client, this.reconnectionSeconds);
    } catch {
      // It did not come back, or never was in; onLeave follows. Colyseus would print an error for each.
    }
  }

  override onReconnect(client: Client): void {
    this.links.rebind(client);
  }

  override onLeave(client: Client, _code?: number): void | Promise<void> {
    const player = this.playersBySession.get(client.sessionId);
    if (player === undefined) return;
    this.playersBySession.delete(client.sessionId);
    player.link.dispose();
    this.onPlayerLeave(this.world, player);
    this.simulation.leave(player);
  }

  override onDispose(): void | Promise<void> {
    this.scheduler.stop();
    this.simulation.end();
    this.links.dispose();
  }

  /**
   * A client says that it has something else than it was sent, as the checks found that development has on (`TIDELOCK_CHECK_STATE`);
   * the client is told what, and shows both values. Default: a line on the console, for the first five and then one a second.
   */
  onDesync({ player, tick, type, id }: StateDifference): void {
    if (!this.#warnings.take(1, performance.now())) return;
    console.warn(
      `Room ${this.roomName} (${this.roomId}): player ${player} has another state of ${type} ${id} at tick ${tick} than it was sent`,
    );
  }

  /** The step threw: this room ends, the process and its other rooms live on. */
  onBroken(error: unknown): void {
    console.error(
      `Room ${this.roomName} (${this.roomId}) is closed because its simulation threw at tick ${this.world.tick}:`,
      error,
    );
    void this.disconnect();
  }
}

/** The base class that `SimulationRoom(game)` makes: extend it, with Colyseus' room options as its type argument where there are any. */
export type SimulationRoomClass<E extends EntityMap, I extends FieldMap, V extends EventMap> = abstract new <
  T extends RoomOptions = RoomOptions,
>() => GameRoom<E, I, V, T>;

/**
 * Makes the base class of a room that runs `game`: a Colyseus Room whose schema state, messages, authentication and reconnection
 * work as ever, with the world beside them. Override `onPlayerJoin` and `onPlayerLeave`; whoever overrides a lifecycle hook of
 * Colyseus calls `super`.
 *
 * @example class ArenaRoom extends SimulationRoom(arena) { interest = gridInterest({ radius: 60 }); }
 */
export function SimulationRoom<E extends EntityMap, I extends FieldMap, V extends EventMap>(
  game: Game<E, I, V>,
): SimulationRoomClass<E, I, V> {
  abstract class RoomOfGame<T extends RoomOptions = RoomOptions> extends GameRoom<E, I, V, T> {
    override readonly game = game;
  }
  return RoomOfGame;
}
