import type { Channel } from "./channel.ts";
import { FrameKind } from "./frame-kind.ts";
import { LinkBase, type LinkOptions } from "./link-base.ts";
import { DEAF_FRAME, ECHO_FRAME, helloFrame, LinkMessage } from "./link-frame.ts";

/** An attempt that has not got its welcome by then is given up; Chromium needs 70 to 500 ms on a good path. */
const ATTEMPT_MS = 4000;
/** The hello is repeated this often until the welcome comes: either may be lost. */
const HELLO_MS = 60;
/** Nothing heard for this long, where the server sends at least five frames a second: the path is out. */
const SILENCE_MS = 750;
/** A silent datachannel is kept this long, in case the path comes back, before a new one is made. */
const GIVE_UP_MS = 3000;
/** The pause before the second attempt; it doubles with each further one. */
const FIRST_RETRY_MS = 1000;
/** The longest pause: a network that blocks UDP costs one handshake a minute. */
const LAST_RETRY_MS = 60_000;
/** A datachannel that lived this long earns a fresh start for the pauses. */
const STEADY_MS = 10_000;

/** Makes datachannels: signals over the room connection and opens the channel. */
export interface DatachannelConnector {
  /**
   * Begins one attempt, and calls `opened` or `failed` at most once, later. With `final`, no attempt
   * is worth making again (the server has no WebRTC). The returned function abandons the attempt.
   */
  connect(
    opened: (channel: Channel, token: Uint8Array) => void,
    failed: (reason: string, final: boolean) => void,
  ): () => void;
}

/** What the client's end needs beside. */
export interface ClientLinkOptions extends LinkOptions {
  /** Left out: the link stays on the WebSocket. */
  readonly connector?: DatachannelConnector | undefined;
  /** Uniform in [0, 1): spreads the retries of clients that lost their path together. */
  readonly random: () => number;
}

/** The client's end of a link: makes the datachannel, watches it, and goes back to the WebSocket when it is silent. */
export class ClientLink extends LinkBase {
  readonly #connector: DatachannelConnector | undefined;
  readonly #random: () => number;
  #channel: Channel | undefined;
  #welcomed = false;
  #openedMs = 0;
  #heardMs = 0;
  /** Since when the server says that it does not hear us; NaN while it does. */
  #unheardMs = Number.NaN;
  #retryMs = FIRST_RETRY_MS;
  #abandon: () => void = () => {};
  #cancelTimer: () => void = () => {};
  #cancelDeadline: () => void = () => {};

  constructor(options: ClientLinkOptions) {
    super(options);
    this.#connector = options.connector;
    this.#random = options.random;
    this.#attempt();
  }

  override dispose(): void {
    if (this.disposed) return;
    const channel = this.#channel;
    this.#end();
    this.#cancelTimer();
    this.disposed = true;
    channel?.close("disposed");
  }

  #attempt(): void {
    if (this.#connector === undefined || this.disposed) return;
    this.#cancelDeadline = this.scheduler.after(ATTEMPT_MS, () => this.#fail("attempt-timeout"));
    this.#abandon = this.#connector.connect(
      (channel, token) => this.#opened(channel, token),
      (reason, final) => this.#fail(reason, final),
    );
  }

  #opened(channel: Channel, token: Uint8Array): void {
    if (this.disposed) return channel.close("disposed");
    this.#channel = channel;
    channel.onFrame = (frame) => {
      if (this.#channel === channel) this.#receive(frame);
    };
    channel.onClose = (reason) => {
      if (this.#channel === channel) this.#fail(reason);
    };
    const hello = helloFrame(token);
    const sayHello = (): void => {
      if (this.#channel !== channel || this.#welcomed) return;
      channel.send(hello);
      this.#cancelTimer = this.scheduler.after(HELLO_MS, sayHello);
    };
    sayHello();
  }

  #receive(frame: Uint8Array): void {
    const now = this.scheduler.nowMs();
    if (frame[0] === FrameKind.link) {
      if (frame[1] === LinkMessage.probe && this.#welcomed) {
        this.#channel?.send(ECHO_FRAME);
        if (frame[2] === 1) this.#unheardMs = Number.NaN;
        else if (Number.isNaN(this.#unheardMs)) this.#unheardMs = now;
      } else if (frame[1] === LinkMessage.welcome) {
        if (!this.#welcomed) this.#welcome(now);
      } else return this.drops.add("bad-link-frame");
    } else if (!this.#welcomed) {
      // The server only sends frames once it has our hello: its welcome is late or lost.
      this.#welcome(now);
    }
    this.#heardMs = now;
    this.received.datachannel += 1;
    if (this.active === undefined && Number.isNaN(this.#unheardMs)) {
      this.active = this.#channel;
      this.announce("heard");
    }
    if (frame[0] !== FrameKind.link) this.deliver(frame);
  }

  #welcome(now: number): void {
    this.#welcomed = true;
    this.#unheardMs = Number.NaN;
    this.#openedMs = now;
    this.#heardMs = now;
    this.#cancelDeadline();
    this.#cancelTimer();
    this.active = this.#channel;
    this.announce("hello");
    this.#watch(SILENCE_MS);
  }

  #watch(delayMs: number): void {
    this.#cancelTimer = this.scheduler.after(delayMs, () => {
      const now = this.scheduler.nowMs();
      const silentMs = now - this.#heardMs;
      const unheardMs = Number.isNaN(this.#unheardMs) ? 0 : now - this.#unheardMs;
      if (silentMs > GIVE_UP_MS || unheardMs > GIVE_UP_MS) return this.#fail("silence");
      const quiet = silentMs >= SILENCE_MS;
      if ((quiet || unheardMs > 0) && this.active !== undefined) {
        this.active = undefined;
        if (quiet) this.sendReliably(DEAF_FRAME);
        this.announce(quiet ? "silence" : "unheard");
      }
      this.#watch(quiet ? HELLO_MS : Math.max(HELLO_MS / 2, Math.min(SILENCE_MS - silentMs, 250)));
    });
  }

  #fail(reason: string, final = false): void {
    if (this.disposed) return;
    const channel = this.#channel;
    const lasted = this.#welcomed ? this.scheduler.nowMs() - this.#openedMs : 0;
    this.#end();
    channel?.close(reason);
    this.drops.add(`datachannel-${reason}`);
    this.announce(reason);
    if (lasted > STEADY_MS) this.#retryMs = FIRST_RETRY_MS;
    if (final) return;
    const pause = this.#retryMs * (0.75 + 0.5 * this.#random());
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
    this.#cancelTimer = this.scheduler.after(pause, () => this.#attempt());
  }

  /** Leaves the present attempt or channel behind. */
  #end(): void {
    this.#cancelTimer();
    this.#cancelDeadline();
    this.#abandon();
    this.#abandon = () => {};
    this.#channel = undefined;
    this.#welcomed = false;
    this.#unheardMs = Number.NaN;
    this.active = undefined;
  }
}
