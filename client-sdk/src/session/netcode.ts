import {
  isExact,
  type EntityId,
  FrameKind,
  type Game,
  HISTORY_TICKS,
  type HitReport,
  InputCodec,
  type LinkTransport,
  MARGIN_STEPS_PER_TICK,
  MAX_GUESS_MS,
  NO_MARGIN,
  type PlayerNumber,
  type Tick,
  type Welcome,
  type WorldEvent,
} from "@tidelock/shared";
import { LeadController } from "../clock/lead-controller.ts";
import { LossMeter } from "../clock/loss-meter.ts";
import { PageStalls } from "../clock/page-stalls.ts";
import { ServerClock } from "../clock/server-clock.ts";
import { PlayoutClock } from "../interpolation/playout.ts";
import type { ByteAccount } from "../netgraph/byte-account.ts";
import type { NetStats } from "../netgraph/net-stats.ts";
import { RewindLog } from "../netgraph/rewind-log.ts";
import { SnapshotLog } from "../netgraph/snapshot-log.ts";
import { mismatches } from "../prediction/mismatches.ts";
import { Predictor } from "../prediction/predictor.ts";
import { ReplayBudget } from "../prediction/replay-budget.ts";
import { correct } from "../prediction/truth.ts";
import { PREDICTION_TICKS } from "../prediction/world-ring.ts";
import type { Replica } from "../snapshot/replica.ts";
import { SnapshotDecoder } from "../snapshot/snapshot-decoder.ts";
import type { Desync } from "./desync.ts";
import { DesyncWatch } from "./desync-watch.ts";
import { InputPace } from "./input-pace.ts";
import { LostThread } from "./lost-thread.ts";
import { allMechanisms, type Mechanisms } from "./mechanisms.ts";
import { Pings } from "./pings.ts";
import { ShownEntities } from "./shown-entities.ts";
import { viewFreshness } from "./view-freshness.ts";
import { ShownPast } from "./shown-past.ts";

/** A pause between two frames after which nothing is caught up: the page was hidden or the machine slept. */
const PAUSE_MS = 1000;
/** A snapshot no older than this is good enough to go on from: the server sends four a second to a page that is silent. */
const FRESH_MS = 300;

/**
 * A page whose frames are so many ticks long sends each packet twice: losing one would cost its player a whole frame more of lead, and two
 * for one of 50 ms are no more than other pages send.
 */
const SLOW_FRAME_TICKS = 3;

/** What the netcode needs of the session around it. */
export interface NetcodePort {
  send(frame: Uint8Array): void;
  event(event: WorldEvent): void;
  /** Something that was told of has not happened after all. */
  cancelled(event: WorldEvent): void;
  count(reason: string): void;
  /** This client and the server do not have the same; called only where the server has such checks on. */
  desync?(desync: Desync): void;
  /** Milliseconds, for keeping replays within their budget; without it their time is not bounded. */
  now?(): number;
}

/** The client's side of the protocol without a connection: frames and times go in, frames and things to draw come out. */
export class Netcode {
  readonly player: PlayerNumber;
  readonly decoder: SnapshotDecoder;
  readonly predictor: Predictor;
  readonly lead: LeadController;
  readonly playout: PlayoutClock;
  readonly #mechanisms: Readonly<Mechanisms>;
  readonly #game: Game;
  readonly #port: NetcodePort;
  readonly #clock: ServerClock;
  readonly #loss = new LossMeter();
  readonly #log = new SnapshotLog();
  readonly #rewinds = new RewindLog();
  #desyncs = 0;
  readonly #pings = new Pings();
  readonly #stalls = new PageStalls();
  readonly #inputPace: InputPace;
  readonly #codec: InputCodec;
  readonly #shown: ShownEntities;
  /** What the step may ask of what was drawn; undefined in a game without lag compensation. */
  readonly #past: ShownPast | undefined;
  readonly #peekRow: Int32Array;
  readonly #bytesIn = { snapshot: 0, pong: 0 };
  readonly #bytesOut = { input: 0, ping: 0 };
  #places: ReturnType<typeof ShownEntities.places> = new Map();
  #lastFrameMs = Number.NaN;
  #lastSnapshotMs = Number.NaN;
  #inputMargin = 0;
  #correctionSize = 0;
  /** True from a long pause until a fresh snapshot says where the server is now. */
  #resuming = false;
  /** Where prediction began, or began anew: the inputs of the ticks up to here were never given, and could only arrive late. */
  #startTick: Tick = 0;
  #account: ByteAccount | undefined;
  readonly #watch: DesyncWatch | undefined;
  readonly #thread: LostThread;
  readonly #mostGuessTicks: number;

  constructor(
    game: Game,
    welcome: Welcome,
    port: NetcodePort,
    mechanisms: Readonly<Mechanisms> = allMechanisms(),
  ) {
    this.#game = game;
    this.#mechanisms = mechanisms;
    this.#port = port;
    this.player = welcome.player;
    this.decoder = new SnapshotDecoder(game.types);
    this.decoder.start(welcome.tick);
    const budget = new ReplayBudget(port.now);
    this.predictor = new Predictor(game, welcome.player, welcome.seed, port, budget);
    this.predictor.beforeCorrection = () => {
      this.#places = ShownEntities.places(this.predictor.world);
    };
    this.lead = new LeadController(game.tickRate);
    this.playout = new PlayoutClock(game.tickRate, {
      minDelayMs: (welcome.sendEvery * 1000) / game.tickRate,
    });
    this.#clock = new ServerClock(game.tickRate);
    this.#inputPace = new InputPace(game.tickRate, welcome.sendEvery);
    this.#mostGuessTicks = (MAX_GUESS_MS * game.tickRate) / 1000;
    this.#thread = new LostThread((HISTORY_TICKS * 1000) / game.tickRate);
    this.#codec = new InputCodec(game.input, game.lagCompensation !== undefined);
    this.#shown = new ShownEntities(game, welcome.player);
    this.#past =
      game.lagCompensation && new ShownPast(game.types, game.lagCompensation, this.player, this.decoder);
    this.predictor.world.past = this.#past;
    this.#peekRow = game.input.neutralRow();
    this.#watch = this.#watchFor(welcome.checkEvery);
  }

  /** The newest predicted tick. */
  get tick(): Tick {
    return this.predictor.tick;
  }

  /** True when snapshots keep coming and none fits: what this client knows is of no more use. */
  get lost(): boolean {
    return this.#thread.lost;
  }

  /** What counts where the bytes of snapshots go, if anything does. */
  get account(): ByteAccount | undefined {
    return this.#account;
  }

  set account(account: ByteAccount | undefined) {
    this.#account = account;
    this.decoder.trace = account;
  }

  receiveSnapshot(frame: Uint8Array, nowMs: number): void {
    this.#bytesIn.snapshot += frame.length;
    const drop = this.decoder.receive(frame);
    if (drop !== undefined) {
      this.#thread.refused(nowMs);
      return this.#port.count(`snapshot-${drop}`);
    }
    this.#thread.taken();
    const { tick, sequence, margin, newestInput } = this.decoder.header;
    this.#clock.observe(tick, nowMs);
    this.playout.observe(tick, nowMs);
    this.#inputPace.observe(tick, sequence, frame.length);
    this.#lastSnapshotMs = nowMs;
    const missing = this.#loss.observe(sequence);
    if (missing > 0) this.#log.lost(missing);
    this.#watch?.taken(missing);
    this.#log.arrived(
      Math.max(0, this.#clock.serverTickAt(nowMs) - tick) * (1000 / this.#game.tickRate),
      frame.length,
      this.playout.roomTicks < 0,
    );
    this.#shown.depart(this.decoder.gone.filter((replica) => !isExact(replica.level)));
    if (margin !== NO_MARGIN) {
      this.#inputMargin = margin / MARGIN_STEPS_PER_TICK;
      if (!this.#stalls.explains(tick + newestInput))
        this.lead.observeMargin(this.#inputMargin, nowMs, tick + newestInput);
    }
    if ((!this.lead.started && this.lead.rttKnown) || this.#resuming) this.#restart(nowMs);
    if (this.lead.started) this.#reconcile(nowMs);
  }

  receivePong(frame: Uint8Array, nowMs: number): void {
    this.#bytesIn.pong += frame.length;
    const rttMs = this.#pings.receive(frame, nowMs);
    if (rttMs === undefined) this.#port.count("pong-unexpected");
    else this.lead.observeRtt(rttMs);
  }

  /** Takes the server's answer to a check of this client's state. */
  receiveDifference(frame: Uint8Array): void {
    if (this.#watch === undefined) return this.#port.count("difference-unasked");
    const drop = this.#watch.receive(frame);
    if (drop !== undefined) this.#port.count(drop);
  }

  /** The server tells how far back hits by and on this player were judged. */
  receiveHits(reports: readonly HitReport[]): void {
    for (const report of reports) this.#rewinds.add(report);
  }

  ping(nowMs: number): void {
    const frame = this.#pings.send(FrameKind.ping, nowMs);
    this.#bytesOut.ping += frame.length;
    this.#port.send(frame);
  }

  /** Predicts up to `nowMs` with the game's present input and sends what is due. */
  advance(nowMs: number, input: Readonly<Record<string, unknown>>): void {
    if (this.#pings.due(nowMs, this.lead.rttKnown)) this.ping(nowMs);
    if (nowMs - this.#lastFrameMs > PAUSE_MS && this.lead.started) this.#pause(nowMs);
    this.#lastFrameMs = nowMs;
    if (this.#resuming || !this.predictor.running) return;
    const target = Math.floor(this.lead.advance(nowMs));
    if (target - this.predictor.tick > PREDICTION_TICKS) return this.#pause(nowMs);
    this.#stalls.frame(nowMs, target);
    const ticks = target - this.predictor.tick;
    if (ticks <= 0) return;
    while (this.predictor.tick < target) {
      this.#past?.record(this.predictor.tick + 1);
      this.#game.input.write(input, this.predictor.inputs.open(this.predictor.tick + 1));
      this.predictor.step();
    }
    if (!this.#inputPace.due(this.predictor.tick)) return;
    this.#sendInputs();
    if (ticks >= SLOW_FRAME_TICKS && this.#inputPace.ticks === 1) this.#sendInputs();
  }

  /** Everything to draw at `nowMs`. */
  shown(
    nowMs: number,
    input: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, Record<string, unknown>[]>> {
    const { prediction, interpolation, lagCompensation } = this.#mechanisms;
    const shown = this.#shown;
    shown.begin();
    if (prediction) this.#showPredicted(nowMs, input);
    const renderTick = this.playout.renderTick(nowMs);
    const moment = interpolation ? renderTick : this.decoder.newestTick;
    // No further than the server believes: what is shown beyond that moves, and is nothing to aim at.
    const aimed = Math.min(moment, this.decoder.newestTick + this.#mostGuessTicks);
    this.#past?.look(lagCompensation ? aimed : Number.NaN);
    shown.addReceived(this.decoder.replicas(), moment, nowMs, !prediction);
    shown.end();
    return shown.frame;
  }

  #showPredicted(nowMs: number, input: Readonly<Record<string, unknown>>): void {
    const { world } = this.predictor;
    if (!this.predictor.running) return this.#shown.addPredicted(world, world, 0, nowMs);
    // The next tick is tried with the input of this very frame, so a key shows its effect in the frame that reads it.
    this.#game.input.write(input, this.#peekRow);
    const fraction = Math.max(0, Math.min(1, this.lead.predictedTick - this.predictor.tick));
    this.#shown.addPredicted(world, this.predictor.peek(this.#peekRow), fraction, nowMs);
  }

  stats(nowMs: number, transport: LinkTransport, conditioner: string | undefined): NetStats {
    return {
      transport,
      conditioner,
      rttMs: this.lead.rttMs,
      jitterMs: this.#clock.jitterMs,
      lossShare: this.#loss.lossShare,
      longestLossBurst: this.#loss.longestBurst,
      inputMarginTicks: this.#inputMargin,
      leadTicks: this.lead.started ? this.lead.predictedTick - this.#clock.serverTickAt(nowMs) : 0,
      interpolationDelayMs: this.playout.delayMs,
      playoutRoomTicks: this.playout.roomTicks,
      snapshotAgeMs: Number.isNaN(this.#lastSnapshotMs) ? 0 : nowMs - this.#lastSnapshotMs,
      corrections: this.predictor.corrections,
      correctionSize: this.#correctionSize,
      resimulatedTicks: this.predictor.resimulatedTicks,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      snapshots: this.#log,
      rewinds: this.#past && this.#rewinds,
      desyncs: this.#watch && this.#desyncs,
      account: this.#account,
      view: this.#account && viewFreshness(this.decoder, this.#game.tickRate),
    };
  }

  readonly #find = (id: EntityId): Replica | undefined => this.decoder.find(id);

  /** Brings prediction to where the snapshot just received says it should be. */
  #reconcile(nowMs: number): void {
    const { updated, gone, header } = this.decoder;
    const { tick, allOwned } = header;
    const truth = { tick, player: this.player, updated, gone, allOwned, find: this.#find };
    if (!this.#mechanisms.reconciliation && this.predictor.running)
      return correct(this.predictor.world, truth);
    const outcome = this.predictor.reconcile(truth, Math.floor(this.lead.advance(nowMs)));
    if (outcome === "corrected")
      this.#correctionSize = this.#shown.smooth(this.predictor.world, this.#places, nowMs);
  }

  /** Looks for desyncs when the server has asked for a check every so many ticks. */
  #watchFor(checkEvery: number | undefined): DesyncWatch | undefined {
    if (checkEvery === undefined || !(checkEvery > 0)) return undefined;
    const port = this.#port;
    const watch = new DesyncWatch(
      this.decoder,
      checkEvery,
      (frame) => port.send(frame),
      (desync) => {
        // A wrong prediction is drawn as the correction that it causes.
        if (desync.kind === "snapshot") this.#desyncs++;
        port.desync?.(desync);
      },
    );
    this.predictor.onMismatch = (predicted, truth) =>
      watch.predicted(truth.tick, mismatches(predicted, truth));
    return watch;
  }

  #restart(nowMs: number): void {
    this.lead.start(this.#clock.serverTickAt(nowMs), nowMs);
    this.#startTick = Math.floor(this.lead.predictedTick);
    this.#resuming = false;
  }

  /** After a pause nothing is caught up: prediction goes on from the newest snapshot, which may have to come first. */
  #pause(nowMs: number): void {
    this.predictor.pause();
    this.#resuming = true;
    if (nowMs - this.#lastSnapshotMs < FRESH_MS && this.decoder.header.allOwned) {
      this.#restart(nowMs);
      this.#reconcile(nowMs);
    }
    // A server that has slowed down for want of acknowledgements wakes at one, without waiting for its next probe.
    this.#sendInputs();
  }

  #sendInputs(): void {
    const { tick, newestInput } = this.decoder.header;
    const newest = this.predictor.tick;
    const missing = newest - Math.max(tick, tick + newestInput, this.#startTick);
    const frame = this.#codec.encode(
      newest,
      missing,
      this.predictor.inputs.at,
      this.decoder.ackNewest,
      this.decoder.ackMask,
      this.#past?.distanceAt,
    );
    this.#inputPace.sent(newest);
    this.#bytesOut.input += frame.length;
    this.#port.send(frame);
  }
}
