import { randomBytes } from "node:crypto";
import {
  type Channel,
  DropCounter,
  MAX_SDP_CHARACTERS,
  type SignalMessage,
  type SignalPort,
  TOKEN_BYTES,
} from "@tidelock/shared";
import { AttemptLimits, type AttemptLimitOptions } from "./attempt-limits.ts";
import type { DatachannelHostStats, DatachannelPeer } from "./datachannel-host.ts";

/** An attempt that has not opened a channel by then is torn down; the client gave up a while before. */
const ATTEMPT_MS = 8000;

/** One handshake, as an implementation runs it. */
export interface Handshake {
  /** The client's answer to the server's offer (geckos only). */
  answer?(sdp: string): void;
  /** Tears down what is not open yet. */
  abort(): void;
}

/** What a handshake reports to the desk. After `opened` or `failed` it reports nothing more. */
export interface HandshakeEvents {
  reply(t: "offer" | "answer", sdp: string): void;
  opened(channel: Channel): void;
  failed(reason: "malformed" | "failed"): void;
}

/** Starts a handshake; `offer` is the client's description, when it sent one. */
export type BeginHandshake = (offer: string | undefined, events: HandshakeEvents) => Handshake;

interface Pending {
  readonly number: number;
  readonly token: Uint8Array;
  handshake: Handshake | undefined;
  timer: NodeJS.Timeout;
}

/**
 * Receives signalling messages, checks them, limits attempts and reaps the unfinished ones.
 * What a handshake is, the two implementations know.
 */
export class SignallingDesk implements DatachannelHostStats {
  readonly drops = new DropCounter();
  attempts = 0;
  opened = 0;
  readonly #begin: BeginHandshake;
  readonly #limits: AttemptLimits;
  readonly #pending = new Set<() => void>();
  /** Strong references: a channel whose wrapper is collected closes silently. */
  readonly #open = new Set<Channel>();

  constructor(begin: BeginHandshake, limits: AttemptLimitOptions) {
    this.#begin = begin;
    this.#limits = new AttemptLimits(limits, performance.now());
  }

  get pending(): number {
    return this.#pending.size;
  }

  get open(): number {
    return this.#open.size;
  }

  /** The channel is closed: nothing holds it any longer. */
  forget(channel: Channel): void {
    this.#open.delete(channel);
  }

  closeAll(): void {
    for (const end of this.#pending) end();
    for (const channel of this.#open) channel.close("host-closed");
  }

  accept(signal: SignalPort, peer: DatachannelPeer): () => void {
    let current: Pending | undefined;
    let served = true;

    const end = (): void => {
      if (current === undefined) return;
      const { handshake, timer } = current;
      current = undefined;
      this.#pending.delete(end);
      clearTimeout(timer);
      handshake?.abort();
    };
    const refuse = (attempt: number, reason: "rate" | "busy" | "malformed" | "failed"): void => {
      this.drops.add(`signal-${reason}`);
      signal.send({ t: "refuse", attempt, reason });
    };
    const connect = (number: number, offer: string | undefined): void => {
      end();
      const verdict = this.#limits.admit(peer.address, this.#pending.size, performance.now());
      if (verdict !== "ok") return refuse(number, verdict);
      this.attempts += 1;
      const timer = setTimeout(() => {
        this.drops.add("attempt-timeout");
        end();
      }, ATTEMPT_MS);
      timer.unref();
      const pending: Pending = { number, token: randomBytes(TOKEN_BYTES), handshake: undefined, timer };
      current = pending;
      this.#pending.add(end);
      const token = Buffer.from(pending.token).toString("hex");
      const handshake = this.#begin(offer, {
        reply: (t, sdp) => {
          if (current === pending) signal.send({ t, attempt: number, sdp, token });
        },
        opened: (channel) => {
          if (current !== pending) return channel.close("superseded");
          current = undefined;
          this.#pending.delete(end);
          clearTimeout(timer);
          this.opened += 1;
          this.#open.add(channel);
          peer.onChannel(channel, pending.token);
        },
        failed: (reason) => {
          if (current !== pending) return;
          end();
          refuse(number, reason);
        },
      });
      // A handshake may fail, or be superseded, before it is known here.
      if (current === pending) pending.handshake = handshake;
      else handshake.abort();
    };

    signal.onMessage = (message) => {
      if (!served) return;
      const checked = checkClientMessage(message);
      if (checked === undefined) return this.drops.add("signal-malformed");
      if (checked.t === "connect") connect(checked.attempt, checked.sdp);
      else if (current?.number !== checked.attempt || current.handshake?.answer === undefined)
        this.drops.add("signal-stray-answer");
      else current.handshake.answer(checked.sdp);
    };
    return () => {
      served = false;
      end();
    };
  }
}

/** The message, when it is one a client may send. */
export function checkClientMessage(
  message: unknown,
): Extract<SignalMessage, { t: "connect" | "answer" }> | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { t, attempt, sdp } = message as Record<string, unknown>;
  if (typeof attempt !== "number" || !Number.isInteger(attempt) || attempt < 0 || attempt > 0xffff_ffff)
    return undefined;
  const isSdp = typeof sdp === "string" && sdp.length <= MAX_SDP_CHARACTERS;
  if (t === "connect" && (sdp === undefined || isSdp)) return { t, attempt, sdp: isSdp ? sdp : undefined };
  if (t === "answer" && isSdp) return { t, attempt, sdp };
  return undefined;
}
