import type { Room } from "@colyseus/sdk";
import {
  type Condition,
  type EntityMap,
  type EventMap,
  type FieldMap,
  type FieldValues,
  FrameKind,
  type Game,
  HITS_TYPE,
  type HitReport,
  type LinkTransport,
  parsePathCondition,
  type PlayerNumber,
  READY_TYPE,
  type Tick,
  WELCOME_TYPE,
  type Welcome,
  type WorldEvent,
} from "@tidelock/shared";
import type { RoomLink } from "../connection/connect-link.ts";
import type { Frame } from "../interpolation/entity-shown.ts";
import { ByteAccount } from "../netgraph/byte-account.ts";
import type { NetStats } from "../netgraph/net-stats.ts";
import { allMechanisms, type Mechanisms } from "./mechanisms.ts";
import { type Desync, DesyncWarnings } from "./desync.ts";
import { Netcode } from "./netcode.ts";

/** "connecting": before the first snapshot. "reconnecting": the connection broke, or the thread of its snapshots; the seat is kept. "left": it is over. */
export type SessionState = "connecting" | "playing" | "reconnecting" | "left";

/** What a session is made of; `join` puts it together. */
export interface SessionOptions {
  /** Milliseconds, monotonic, on the same scale as what is passed to `frame`. */
  readonly now: () => number;
}

/** A player's connection to a running game. */
export class Session<
  E extends EntityMap = EntityMap,
  I extends FieldMap = FieldMap,
  V extends EventMap = EventMap,
  S = unknown,
> {
  /** The Colyseus room: its schema state and its messages work as ever. */
  readonly room: Room<unknown, S>;
  /** What the player does now; assign to its fields at any time, it is read once per tick. */
  readonly input: FieldValues<I>;
  /** Switches of prediction and its companions, all on at first: for teaching and for looking for faults. */
  readonly mechanisms: Mechanisms = allMechanisms();
  /**
   * Called for what the step reported in ticks that this client predicted: once, however often a tick is replayed. What only a
   * replay brings about is reported late.
   */
  onEvent: (event: WorldEvent<V>) => void = () => {};
  /** Called when what `onEvent` was told of has not happened after all: end its sound, take back its flash. */
  onEventCancelled: (event: WorldEvent<V>) => void = () => {};
  /**
   * Called when this client and the server turn out not to have the same. Both look for it in development, as the server's setting
   * `TIDELOCK_CHECK_STATE` says. Default: prints tick, entity, field and both values on the console, each field once in ten seconds.
   */
  onDesync: (desync: Desync) => void;
  /** Called when `state` has changed. */
  onStateChange: (state: SessionState) => void = () => {};
  /** Called when another transport carries the snapshots; `reason` is a short fixed name. */
  onTransportChange: (transport: LinkTransport, reason: string) => void = () => {};
  readonly #game: Game;
  readonly #link: RoomLink;
  readonly #options: SessionOptions;
  #netcode: Netcode | undefined;
  /** Stands for the netcode before the welcome: all figures are zero. */
  readonly #idle: Netcode;
  #state: SessionState = "connecting";
  #condition = "off";
  /** What the server imitates, as it says. */
  #serverCondition: string | undefined;
  #account: ByteAccount | undefined;
  readonly #empty: Frame<E>;

  constructor(room: Room<unknown, S>, link: RoomLink, game: Game<E, I, V>, options: SessionOptions) {
    this.room = room;
    this.#link = link;
    // The netcode works on compiled tables and does not know the game's types.
    this.#game = game as unknown as Game;
    this.#options = options;
    this.onDesync = new DesyncWarnings(options.now).warn;
    this.#idle = this.#createNetcode({ player: 0, seed: 0, tick: 0, sendEvery: 1 });
    this.input = this.#game.input.neutral() as FieldValues<I>;
    this.#empty = Object.fromEntries(game.types.map(({ name }) => [name, []])) as unknown as Frame<E>;
    room.onMessage(WELCOME_TYPE, (welcome: Welcome) => this.#begin(welcome));
    room.onMessage(HITS_TYPE, (reports: readonly HitReport[]) => this.#netcode?.receiveHits(reports));
    room.onDrop(() => this.#enter("reconnecting"));
    room.onReconnect(() => room.send(READY_TYPE));
    room.onLeave(() => {
      link.dispose();
      this.#enter("left");
    });
    link.onTransportChange = (transport, reason) => this.onTransportChange(transport, reason);
    link.onFrame = (frame) => this.#receive(frame);
    room.send(READY_TYPE);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** This client's player: the owner number of its entities. 0 before the server has welcomed it. */
  get player(): PlayerNumber {
    return this.#netcode?.player ?? 0;
  }

  /** What carries snapshots and inputs at the moment. */
  get transport(): LinkTransport {
    return this.#link.transport;
  }

  /** Frames that arrived, by what carried them. */
  get received(): Readonly<Record<"websocket" | "datachannel", number>> {
    return this.#link.received;
  }

  /** The newest tick this client has predicted. */
  get tick(): Tick {
    return this.#netcode?.tick ?? 0;
  }

  /** Everything the net graph shows. */
  get stats(): NetStats {
    const imitated: string[] = [];
    if (this.#condition !== "off") imitated.push(this.#condition);
    if (this.#serverCondition !== undefined) imitated.push(`server ${this.#serverCondition}`);
    const conditioner = imitated.length > 0 ? imitated.join(" + ") : undefined;
    return (this.#netcode ?? this.#idle).stats(this.#options.now(), this.#link.transport, conditioner);
  }

  /**
   * Advances prediction to `nowMs` (the time of a requestAnimationFrame callback, or performance.now()), sends the inputs that are due
   * and returns what to draw. Call it once per frame. The lists and their objects are reused by the next call.
   */
  frame(nowMs: number): Frame<E> {
    const netcode = this.#netcode;
    if (netcode === undefined || this.#state !== "playing") return this.#empty;
    netcode.advance(nowMs, this.input);
    return netcode.shown(nowMs, this.input) as unknown as Frame<E>;
  }

  /** Where the bytes of snapshots go, by entity type and field, since `countBytes(true)`; undefined while they are not counted. */
  get account(): ByteAccount | undefined {
    return this.#account;
  }

  /**
   * Begins to count, from zero, where the bytes of snapshots go, or ends it: see `account`. It makes decoding 6% slower, so it
   * is off at first. A reconnection does not interrupt it.
   */
  countBytes(on: boolean): void {
    this.#account = on ? new ByteAccount(this.#game.types) : undefined;
    if (this.#netcode !== undefined) this.#netcode.account = this.#account;
  }

  /**
   * The network that this client imitates, in both directions, as text: a preset's name, numbers, or both, as `parsePathCondition` reads
   * them. "off", the default of `join` outside of development, is none. It may be changed at any time, and is shown in the net graph.
   * @throws TidelockError `config/condition` for anything else.
   */
  get condition(): string {
    return this.#condition;
  }

  set condition(text: string) {
    const { name, up, down } = parsePathCondition(text);
    this.setCondition("outgoing", up, name);
    this.setCondition("incoming", down, name);
  }

  /** Imitates a network in one direction, as seen from here; `name` is shown in the net graph. */
  setCondition(direction: "outgoing" | "incoming", condition: Condition, name = "custom"): void {
    this.#link.setCondition(direction, condition);
    this.#condition = name === "" ? "off" : name;
  }

  /** Leaves the room for good. Does nothing when that has happened, from either side. */
  async leave(): Promise<void> {
    // Colyseus would wait for an answer on a connection that is gone.
    if (this.#state === "left") return;
    await this.room.leave(true);
  }

  #begin(welcome: Welcome): void {
    this.#serverCondition = welcome.condition;
    this.#netcode = this.#createNetcode(welcome);
    this.#netcode.account = this.#account;
    this.#netcode.ping(this.#options.now());
    this.#enter("playing");
  }

  /** Nothing that arrives fits what this client knows: asks for a stream from nothing, as after a reconnection. */
  #beginAnew(): void {
    this.#enter("reconnecting");
    this.room.send(READY_TYPE);
  }

  #createNetcode(welcome: Welcome): Netcode {
    const port = {
      send: (frame: Uint8Array) => void this.#link.sendUnreliable(frame),
      event: (event: WorldEvent) => this.onEvent(event as WorldEvent<V>),
      cancelled: (event: WorldEvent) => this.onEventCancelled(event as WorldEvent<V>),
      count: (reason: string) => this.#link.drops.add(reason),
      desync: (desync: Desync) => this.onDesync(desync),
      now: this.#options.now,
    };
    return new Netcode(this.#game, welcome, port, this.mechanisms);
  }

  #receive(frame: Uint8Array): void {
    const nowMs = this.#options.now();
    if (this.#netcode === undefined || this.#state !== "playing") this.#link.drops.add("before-welcome");
    else if (frame[0] === FrameKind.snapshot) {
      this.#netcode.receiveSnapshot(frame, nowMs);
      if (this.#netcode.lost) this.#beginAnew();
    } else if (frame[0] === FrameKind.pong) this.#netcode.receivePong(frame, nowMs);
    else if (frame[0] === FrameKind.difference) this.#netcode.receiveDifference(frame);
    else this.#link.drops.add("unknown-kind");
  }

  #enter(state: SessionState): void {
    if (state === this.#state || this.#state === "left") return;
    this.#state = state;
    this.onStateChange(state);
  }
}
