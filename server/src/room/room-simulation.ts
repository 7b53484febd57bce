import type { Client } from "@colyseus/core";
import {
  DeltaCache,
  type EntityId,
  type EntityMap,
  type EventMap,
  type FieldMap,
  type Game,
  type HitReport,
  InputCodec,
  type InputFrame,
  type Link,
  MAX_PLAYER_NUMBER,
  type PlayerNumber,
  Rng,
  type Tick,
  type Welcome,
  type World,
  type WorldEvent,
  WorldHistory,
} from "@tidelock/shared";
import { type BudgetLimits, DEFAULT_BUDGET_LIMITS } from "../budget/budget-limits.ts";
import { RoomPast } from "../history/room-past.ts";
import type { InterestPolicy } from "../interest/interest-policy.ts";
import { SentBytes } from "../metrics/sent-bytes.ts";
import { SnapshotEncoder } from "../snapshot/snapshot-encoder.ts";
import { type ReplaySink, SessionRecorder } from "../replay/session-recorder.ts";
import { Player } from "./player.ts";
import { RoomInterest } from "./room-interest.ts";
import { type StateDifference, StateChecks } from "./state-checks.ts";
import { TellingLog, type TellingReason, type WhyNotSent } from "./telling-log.ts";

const HIT_REPORTS_PER_SECOND = 4;

export interface RoomSimulationOptions<E extends EntityMap, I extends FieldMap, V extends EventMap> {
  readonly game: Game<E, I, V>;
  /** Seeds what clients may predict; they are told. */
  readonly seed: number;
  /** Seeds what they may not know. */
  readonly secretSeed: number;
  /** Ticks between two snapshots. */
  readonly sendEvery: number;
  /** What bounds the budget of each client; left out: that of a server without settings of its own. */
  readonly budget?: BudgetLimits | undefined;
  readonly interest: InterestPolicy;
  /** Ticks after which each client sends hashes of what it has, to be compared with what it was sent; left out: never. */
  readonly checkEvery?: number | undefined;
  /** A client has something else than it was sent. */
  readonly onDifference?: (difference: StateDifference) => void;
  /** Records the session, to be played again by `Replay`. */
  readonly record?: ReplaySink | undefined;
  /** What the step reported; called after every tick in which there was something. */
  readonly onEvents: (events: readonly WorldEvent<V>[]) => void;
  /** Tells a player how far back hits were judged; called four times a second where there was something. */
  readonly onHits?: (player: Player, reports: readonly HitReport[]) => void;
}

/** A room's simulation without Colyseus around it: the world, its players, and what happens in a tick. */
export class RoomSimulation<
  E extends EntityMap = EntityMap,
  I extends FieldMap = FieldMap,
  V extends EventMap = EventMap,
> {
  readonly game: Game<E, I, V>;
  readonly world: World<E, V>;
  readonly players = new Map<PlayerNumber, Player>();
  readonly sendEvery: number;
  /** What the step may ask of the past; undefined in a game without lag compensation. */
  readonly past: RoomPast | undefined;
  /** What came of comparing states with clients; undefined when that is not done. */
  readonly checks: StateChecks | undefined;
  readonly #checkEvery: number | undefined;
  readonly #recorder: SessionRecorder | undefined;
  readonly #budget: BudgetLimits;
  /** The codec layers know tables, not the game's names for them. */
  readonly #erased: World;
  readonly #inputs: InputFrame;
  readonly #row: Int32Array;
  readonly #codec: InputCodec;
  readonly #history: WorldHistory;
  readonly #cache: DeltaCache;
  readonly #interest: RoomInterest;
  readonly #onEvents: (events: readonly WorldEvent<V>[]) => void;
  readonly #onHits: (player: Player, reports: readonly HitReport[]) => void;
  #lastNumber = 0;
  #sendDue = false;
  #countsBytes = false;

  constructor(options: RoomSimulationOptions<E, I, V>) {
    const { game } = options;
    this.game = game;
    this.sendEvery = options.sendEvery;
    this.#budget = options.budget ?? DEFAULT_BUDGET_LIMITS;
    this.world = game.createWorld();
    this.world.seed = options.seed;
    this.world.secret = new Rng(options.secretSeed);
    this.#inputs = game.createInputs();
    this.#row = game.input.neutralRow();
    this.#codec = new InputCodec(game.input, game.lagCompensation !== undefined);
    this.#erased = this.world as unknown as World;
    this.#history = new WorldHistory(this.#erased);
    this.past =
      game.lagCompensation &&
      new RoomPast(game.lagCompensation, this.#history, (number) => this.players.get(number)?.shown);
    this.#erased.past = this.past;
    this.#cache = new DeltaCache(this.#history);
    this.#interest = new RoomInterest(this.#erased, options.interest);
    this.#onEvents = options.onEvents;
    this.#recorder =
      options.record &&
      new SessionRecorder(game as unknown as Game, this.#erased, options.secretSeed, options.record);
    this.#checkEvery = options.checkEvery;
    if (options.checkEvery !== undefined)
      this.checks = new StateChecks(this.#history, (difference) => options.onDifference?.(difference));
    this.#onHits = options.onHits ?? (() => {});
  }

  /** Gives a client a player number and its place in the tick. Frames of its link are handled from now on. */
  join(client: Client, link: Link, nowMs: number): Player {
    do this.#lastNumber = (this.#lastNumber % MAX_PLAYER_NUMBER) + 1;
    while (this.players.has(this.#lastNumber));
    const player = new Player({
      number: this.#lastNumber,
      client,
      link,
      game: this.game as unknown as Game,
      codec: this.#codec,
      nextTick: this.world.tick + 1,
      sendEvery: this.sendEvery,
      limits: this.#budget,
      nowMs,
      checks: this.checks,
    });
    this.players.set(player.number, player);
    if (this.#countsBytes) player.sentBytes = this.#sentBytes();
    return player;
  }

  /** The client says that it is ready to receive. Undefined, and counted, when it says so too often. */
  ready(player: Player, nowMs: number): Welcome | undefined {
    return player.mayStart(nowMs) ? this.welcome(player) : undefined;
  }

  /** Snapshots to a player begin, from nothing. */
  welcome(player: Player): Welcome {
    player.restart(new SnapshotEncoder(this.#history, this.#cache, player.number), this.world.tick + 1);
    return {
      player: player.number,
      seed: this.world.seed,
      tick: this.world.tick,
      sendEvery: player.sendEvery,
      ...(this.#checkEvery !== undefined && { checkEvery: this.#checkEvery }),
    };
  }

  /** Begins to count, from zero, what the snapshots to each player are made of, or ends it. */
  countBytes(on: boolean): void {
    this.#countsBytes = on;
    this.#cache.meter = undefined;
    for (const player of this.players.values()) player.sentBytes = on ? this.#sentBytes() : undefined;
  }

  /**
   * Why a player was or was not told of an entity in the last send tick up to `tick`. Undefined when there is no such player, or nothing
   * was noted for that tick: an entity is watched, for its player alone, from when it is first asked for, and 64 send ticks back.
   */
  whyNotSent(number: PlayerNumber, entity: EntityId, tick: Tick = this.world.tick): WhyNotSent | undefined {
    const player = this.players.get(number);
    if (player === undefined) return undefined;
    const log = (player.tellings ??= new TellingLog());
    return log.ask(entity, tick, () => ({ tick: this.world.tick, reason: this.#why(player, entity) }));
  }

  #why(player: Player, entity: EntityId): TellingReason {
    if (!this.world.tables.some((table) => table.find(entity) >= 0)) return "no-such-entity";
    return player.encoder?.whyNotSent(entity) ?? "no-packet";
  }

  #sentBytes(): SentBytes {
    return new SentBytes(this.game.types.map(({ name }) => name));
  }

  leave(player: Player): void {
    player.end();
    this.players.delete(player.number);
    this.#inputs.remove(player.number);
    this.game.sharedInputs?.remove(this.#erased, player.number);
  }

  /** The room is over: what is recorded of it is written out. */
  end(): void {
    this.#recorder?.close();
  }

  /** One tick of the room. `behind`: ticks that follow at once to catch up; snapshots wait for the last. */
  tick(tick: Tick, behind: number, nowMs: number): void {
    this.#applyInputs(tick);
    this.#recorder?.beforeStep(tick);
    this.game.step(this.world, tick, this.#inputs);
    this.#recorder?.afterStep();
    this.#history.record(tick);
    this.past?.record(tick);
    this.#interest.observe();
    if (this.world.events.length > 0) this.#onEvents(this.world.events);
    if (this.past !== undefined) this.#tellOfHits(tick, this.past);
    if (tick % this.sendEvery === 0) this.#sendDue = true;
    if (!this.#sendDue || behind > 0) return;
    this.#sendDue = false;
    this.#sendSnapshots(tick, nowMs);
  }

  #tellOfHits(tick: Tick, { reports }: RoomPast): void {
    if (tick % Math.ceil(this.game.tickRate / HIT_REPORTS_PER_SECOND) !== 0) return;
    reports.flush((number, hits) => {
      const player = this.players.get(number);
      if (player !== undefined) this.#onHits(player, hits);
    });
  }

  #applyInputs(tick: Tick): void {
    const { sharedInputs } = this.game;
    this.#inputs.clear();
    for (const player of this.players.values()) {
      player.input.consume(tick, this.#row);
      player.shown?.consume(tick);
      this.#recorder?.input(player.number, this.#row, player.shown);
      this.#inputs.set(player.number, this.#row);
      sharedInputs?.write(this.#erased, player.number, this.#row);
    }
  }

  #sendSnapshots(tick: Tick, nowMs: number): void {
    this.#interest.refresh(this.players.values());
    const turn = Math.floor(tick / this.sendEvery);
    for (const player of this.players.values()) {
      const allowed = player.allowance(turn, nowMs);
      if (allowed === 0) {
        player.tellings?.note(tick, () => "no-packet");
        continue;
      }
      if (this.#countsBytes) this.#cache.meter = player.sentBytes;
      player.send(this.#interest.visibleTo(player.viewer), tick, turn, allowed, nowMs);
      player.tellings?.note(tick, (entity) => this.#why(player, entity));
    }
  }
}
