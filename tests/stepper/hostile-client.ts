import type { Client } from "@colyseus/core";
import { Netcode } from "@tidelock/client";
import type { RoomSimulation } from "@tidelock/server";
import { type Channel, FrameKind, type Game, Rng, ServerLink } from "@tidelock/shared";
import { field } from "./field-game.ts";
import type { Stepper } from "./stepper.ts";

type ServerPlayer = ReturnType<RoomSimulation["join"]>;
/** Frames of its own that a hostile client keeps, to send them again or broken. */
const RECORDED = 200;

/** A path without any check on its way in: what is delivered reaches the link as it is. */
class OpenPath implements Channel {
  readonly kind = "websocket";
  readonly reliable = true;
  readonly open = true;
  readonly maxFrameBytes = 1150;
  readonly bufferedBytes = 0;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  /** Receives what the server sends. */
  deliver: (frame: Uint8Array) => void = () => {};

  send(frame: Uint8Array): boolean {
    this.deliver(frame.slice());
    return true;
  }

  close(): void {}
}

/** A player with the real netcode, an entity like everyone's, and whatever else it cares to send. */
export class HostileClient {
  readonly player: ServerPlayer;
  /** What the real netcode sent lately, newest last. */
  readonly recorded: Uint8Array[] = [];
  /** Sequence of the newest snapshot it was sent. */
  newestSequence = 0;
  /** Its own stream: an attack must not move the dice of the honest players' paths. */
  readonly random = new Rng(0xbad);
  /** Frames sent beyond what the real netcode sends. */
  sent = 0;
  /** What it does beside playing, 60 times a second. */
  attack: (hostile: HostileClient) => void = () => {};
  readonly #stepper: Stepper<never, never, never>;
  readonly #path = new OpenPath();
  #netcode: Netcode | undefined;

  constructor(stepper: unknown, options: { ready?: boolean } = {}) {
    this.#stepper = stepper as Stepper<never, never, never>;
    const { simulation, scheduler } = this.#stepper;
    const link = new ServerLink({ reliable: this.#path, scheduler });
    this.player = simulation.join({} as Client, link, scheduler.nowMs()) as unknown as ServerPlayer;
    link.onFrame = (frame) => this.player.receive(frame, this.#stepper.ticksNow(), scheduler.nowMs());
    this.#path.deliver = (frame) => this.#receive(frame);
    if (options.ready ?? true) this.ready();
    const input = field.input.neutral();
    const turn = (): void => {
      this.#netcode?.advance(scheduler.nowMs(), input);
      this.attack(this);
      scheduler.after(1000 / 60, turn);
    };
    scheduler.after(5, turn);
  }

  get drops(): Record<string, number> {
    return this.player.link.drops.snapshot();
  }

  /** Says READY as a room hears it. True when it is answered. */
  ready(): boolean {
    const { simulation, scheduler } = this.#stepper;
    const welcome = simulation.ready(this.player as never, scheduler.nowMs());
    if (welcome === undefined) return false;
    this.#netcode = new Netcode(field as unknown as Game, welcome, {
      send: (frame) => this.#play(frame),
      event: () => {},
      cancelled: () => {},
      count: () => {},
    });
    return true;
  }

  /** Sends a frame that no honest client would. */
  send(frame: Uint8Array): void {
    this.sent++;
    this.#path.onFrame(frame);
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.random.int(256));
  }

  pick(): Uint8Array {
    return this.recorded[this.random.int(this.recorded.length)] ?? Uint8Array.of(FrameKind.input);
  }

  #play(frame: Uint8Array): void {
    const copy = frame.slice();
    this.recorded.push(copy);
    if (this.recorded.length > RECORDED) this.recorded.shift();
    this.#path.onFrame(copy.slice());
  }

  #receive(frame: Uint8Array): void {
    const nowMs = this.#stepper.scheduler.nowMs();
    if (frame[0] === FrameKind.snapshot) {
      this.newestSequence = frame[1] | (frame[2] << 8);
      this.#netcode?.receiveSnapshot(frame, nowMs);
    } else if (frame[0] === FrameKind.pong) this.#netcode?.receivePong(frame, nowMs);
  }
}
