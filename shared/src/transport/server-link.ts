import type { Channel } from "./channel.ts";
import { FrameKind } from "./frame-kind.ts";
import { LinkBase } from "./link-base.ts";
import { isHello, LinkMessage, PROBE_HEARD, PROBE_UNHEARD, WELCOME_FRAME } from "./link-frame.ts";

/** A datachannel whose hello has not come by then is closed: the token is single-use and short-lived. */
const HELLO_DEADLINE_MS = 5000;
/** The client counts on hearing something at least this often, so that it can notice silence. */
const PROBE_MS = 200;
/** A client is unheard after this long without a frame: inputs come every tick, and it answers every probe. */
const SILENCE_MS = 1000;
/** A datachannel that stays silent this long is closed. WebRTC itself would take 15 to 27 s. */
const GIVE_UP_MS = 10_000;

/**
 * Frames taken from one client in a second, on average and at once. An honest one sends up to about 200
 * (inputs at 120 Hz, pings, answers to probes, Colyseus' own); the rest is not worth looking at.
 */
const MAX_FRAMES_PER_SECOND = 400;

/** A datachannel whose hello has come, in use or not. */
interface Proven {
  readonly channel: Channel;
  readonly token: Uint8Array;
  heardMs: number;
  /** The client says that nothing comes through; only the answer to a probe shows that this is over. */
  deaf: boolean;
}

/**
 * The server's end of a link. The WebSocket carries frames until the client's hello arrives on a
 * datachannel with the right token, and again whenever the client is not heard there.
 */
export class ServerLink extends LinkBase {
  #proven: Proven | undefined;
  #candidate: { channel: Channel; cancel: () => void } | undefined;
  #cancelProbe: () => void = () => {};
  #allowance = MAX_FRAMES_PER_SECOND;
  #allowanceMs = 0;

  /** Takes a datachannel that has opened. It replaces the present one when its hello brings `token`. */
  offer(channel: Channel, token: Uint8Array): void {
    if (this.disposed) return channel.close("disposed");
    this.#dropCandidate("superseded");
    const cancel = this.scheduler.after(HELLO_DEADLINE_MS, () => {
      this.drops.add("hello-timeout");
      this.#dropCandidate("hello-timeout");
    });
    this.#candidate = { channel, cancel };
    channel.onFrame = (frame) => {
      if (!this.admit()) return;
      if (this.#candidate?.channel === channel && isHello(frame, token)) this.#promote(channel, token);
      else this.drops.add("before-hello");
    };
    channel.onClose = () => {
      if (this.#candidate?.channel === channel) this.#dropCandidate("closed");
    };
  }

  override dispose(): void {
    if (this.disposed) return;
    this.#cancelProbe();
    this.#dropCandidate("disposed");
    const proven = this.#proven;
    this.#proven = undefined;
    this.active = undefined;
    this.disposed = true;
    proven?.channel.close("disposed");
  }

  #promote(channel: Channel, token: Uint8Array): void {
    this.#candidate?.cancel();
    this.#candidate = undefined;
    const old = this.#proven;
    const proven: Proven = { channel, token, heardMs: this.scheduler.nowMs(), deaf: false };
    this.#proven = proven;
    this.active = channel;
    old?.channel.close("superseded");
    channel.onFrame = (frame) => {
      if (this.#proven === proven && this.admit()) this.#receive(frame, proven);
    };
    channel.onClose = (reason) => {
      if (this.#proven !== proven) return;
      this.#proven = undefined;
      this.active = undefined;
      this.#cancelProbe();
      this.announce(reason);
    };
    channel.send(WELCOME_FRAME);
    this.announce("hello");
    this.#cancelProbe();
    this.#probeLater();
  }

  #receive(frame: Uint8Array, proven: Proven): void {
    const isLink = frame[0] === FrameKind.link;
    if (isLink && frame[1] !== LinkMessage.echo && !isHello(frame, proven.token)) {
      this.drops.add("bad-link-frame");
      return;
    }
    proven.heardMs = this.scheduler.nowMs();
    this.received.datachannel += 1;
    if (isLink && frame[1] === LinkMessage.echo) proven.deaf = false;
    if (this.active === undefined && !proven.deaf) {
      this.active = proven.channel;
      this.announce("heard");
    }
    if (!isLink) this.deliver(frame);
    // The welcome was lost, or is late: the client asks again.
    else if (frame[1] === LinkMessage.hello) proven.channel.send(WELCOME_FRAME);
  }

  /** Takes one frame from the client's allowance. */
  protected override admit(): boolean {
    const now = this.scheduler.nowMs();
    const earned = ((now - this.#allowanceMs) * MAX_FRAMES_PER_SECOND) / 1000;
    this.#allowance = Math.min(MAX_FRAMES_PER_SECOND, this.#allowance + earned);
    this.#allowanceMs = now;
    if (this.#allowance < 1) {
      this.drops.add("flood");
      return false;
    }
    this.#allowance -= 1;
    return true;
  }

  protected override receiveReliably(frame: Uint8Array): void {
    if (frame[1] !== LinkMessage.deaf || frame.length !== 2) return super.receiveReliably(frame);
    if (this.#proven === undefined) return;
    this.#proven.deaf = true;
    this.active = undefined;
    this.announce("deaf");
  }

  #probeLater(): void {
    this.#cancelProbe = this.scheduler.after(PROBE_MS, () => this.#probe());
  }

  #probe(): void {
    const proven = this.#proven;
    if (proven === undefined) return;
    const silentMs = this.scheduler.nowMs() - proven.heardMs;
    if (silentMs > GIVE_UP_MS) {
      this.drops.add("datachannel-silent");
      proven.channel.close("silence");
      return;
    }
    if (silentMs > SILENCE_MS && this.active !== undefined) {
      this.active = undefined;
      this.announce("silence");
    }
    proven.channel.send(silentMs > SILENCE_MS ? PROBE_UNHEARD : PROBE_HEARD);
    this.#probeLater();
  }

  #dropCandidate(reason: string): void {
    const candidate = this.#candidate;
    if (candidate === undefined) return;
    this.#candidate = undefined;
    candidate.cancel();
    candidate.channel.close(reason);
  }
}
