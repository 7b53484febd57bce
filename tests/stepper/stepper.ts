import type { Client } from "@colyseus/core";
import { allMechanisms, type Mechanisms, Netcode, type Desync } from "@tidelock/client";
import { everyone, RoomSimulation } from "@tidelock/server";
import {
  type Channel,
  type Condition,
  conditionChannel,
  Conditioner,
  type EntityMap,
  type EventMap,
  type FieldMap,
  type FieldValues,
  FrameKind,
  type Game,
  loopbackPair,
  NO_CONDITION,
  Rng,
  ServerLink,
  type Welcome,
  type WorldEvent,
} from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import type { InterestPolicy, ReplaySink } from "@tidelock/server";

type Shown = Readonly<Record<string, Record<string, unknown>[]>>;

/** One client of a stepper: the real netcode behind an emulated path. */
export interface SteppedClient<I extends FieldMap> {
  readonly netcode: Netcode;
  readonly mechanisms: Mechanisms;
  readonly number: number;
  readonly input: FieldValues<I>;
  /** What was drawn in the last frame. */
  shown: Shown;
  readonly events: WorldEvent[];
  /** Those of `events` that turned out not to have happened. */
  readonly cancelled: WorldEvent[];
  readonly desyncs: Desync[];
  /** Frames between two calls of `frame`; a hidden page has none. */
  hidden: boolean;
  readonly setCondition: (condition: Condition) => void;
}

export interface StepperOptions<E extends EntityMap, I extends FieldMap, V extends EventMap> {
  readonly game: Game<E, I, V>;
  readonly seed?: number;
  readonly sendEvery?: number;
  readonly framesPerSecond?: number;
  readonly interest?: InterestPolicy;
  /** What replays are timed by; without it they may take any time. */
  readonly replayClock?: () => number;
  /** Ticks between two checks of what clients have; left out: never. */
  readonly checkEvery?: number;
  /** Where the session is recorded to; left out: it is not. */
  readonly record?: ReplaySink;
  /** The game as clients have it, where that is another. */
  readonly clientGame?: Game<E, I, V>;
}

/** A server and any number of clients in one process and in virtual time: a run is a function of its seed. */
export class Stepper<E extends EntityMap, I extends FieldMap, V extends EventMap> {
  readonly simulation: RoomSimulation<E, I, V>;
  readonly scheduler = new VirtualScheduler();
  readonly clients: SteppedClient<I>[] = [];
  /** Called after each frame of each client. */
  onFrame: (client: SteppedClient<I>, nowMs: number) => void = () => {};
  readonly #options: StepperOptions<E, I, V>;
  readonly #random: Rng;
  readonly #tickMs: number;
  #tick = 0;

  constructor(options: StepperOptions<E, I, V>) {
    this.#options = options;
    this.#random = new Rng(options.seed ?? 1);
    this.#tickMs = 1000 / options.game.tickRate;
    this.simulation = new RoomSimulation({
      game: options.game,
      seed: options.seed ?? 1,
      secretSeed: 99,
      sendEvery: options.sendEvery ?? 2,
      interest: options.interest ?? everyone(),
      checkEvery: options.checkEvery,
      record: options.record,
      onEvents: () => {},
    });
    this.#scheduleTick();
  }

  /** Adds a client and its player; `spawn` gives the player its entities, `narrow` puts something into the server's end of the path. */
  join(
    path: Condition = NO_CONDITION,
    spawn: (player: number) => void = () => {},
    narrow: (serverEnd: Channel) => Channel = (serverEnd) => serverEnd,
  ): SteppedClient<I> {
    const { scheduler } = this;
    const random = (): number => this.#random.float();
    const [serverEnd, clientEnd] = loopbackPair(scheduler, { reliable: false });
    const down = new Conditioner({ scheduler, random }, path);
    const up = new Conditioner({ scheduler, random }, path);
    const link = new ServerLink({
      reliable: narrow(conditionChannel(serverEnd, { outgoing: down, incoming: up })),
      scheduler,
    });
    const player = this.simulation.join({} as Client, link, scheduler.nowMs());
    link.onFrame = (frame) => player.receive(frame, this.ticksNow(), scheduler.nowMs());
    spawn(player.number);
    const welcome: Welcome = this.simulation.welcome(player);
    const events: WorldEvent[] = [];
    const cancelled: WorldEvent[] = [];
    const desyncs: Desync[] = [];
    const mechanisms = allMechanisms();
    const port = {
      send: (frame: Uint8Array) => void clientEnd.send(frame),
      event: (event: WorldEvent) => void events.push(event),
      cancelled: (event: WorldEvent) => void cancelled.push(event),
      count: () => {},
      desync: (desync: Desync) => void desyncs.push(desync),
      ...(this.#options.replayClock && { now: this.#options.replayClock }),
    };
    const game = (this.#options.clientGame ?? this.#options.game) as unknown as Game;
    const netcode = new Netcode(game, welcome, port, mechanisms);
    clientEnd.onFrame = (frame) => {
      if (frame[0] === FrameKind.snapshot) netcode.receiveSnapshot(frame, scheduler.nowMs());
      else if (frame[0] === FrameKind.pong) netcode.receivePong(frame, scheduler.nowMs());
      else if (frame[0] === FrameKind.difference) netcode.receiveDifference(frame);
    };
    const client: SteppedClient<I> = {
      netcode,
      mechanisms,
      number: player.number,
      input: this.#options.game.input.neutral() as FieldValues<I>,
      shown: {},
      events,
      cancelled,
      desyncs,
      hidden: false,
      setCondition: (condition) => {
        up.condition = down.condition = condition;
      },
    };
    this.clients.push(client);
    this.#scheduleFrame(client, scheduler.nowMs() + 7);
    return client;
  }

  /** Moves on by so much time. */
  run(ms: number): void {
    this.scheduler.advance(ms);
  }

  ticksNow(): number {
    return this.scheduler.nowMs() / this.#tickMs;
  }

  #scheduleTick(): void {
    this.#tick++;
    this.scheduler.after(this.#tick * this.#tickMs - this.scheduler.nowMs(), () => {
      this.simulation.tick(this.#tick, 0, this.scheduler.nowMs());
      this.#scheduleTick();
    });
  }

  #scheduleFrame(client: SteppedClient<I>, atMs: number): void {
    this.scheduler.after(atMs - this.scheduler.nowMs(), () => {
      const nowMs = this.scheduler.nowMs();
      if (!client.hidden) {
        client.netcode.advance(nowMs, client.input);
        client.shown = client.netcode.shown(nowMs, client.input);
        this.onFrame(client, nowMs);
      }
      this.#scheduleFrame(client, atMs + 1000 / (this.#options.framesPerSecond ?? 60));
    });
  }
}
