import { type Channel, type DropCounter, MAX_FRAME_BYTES, SendDrop } from "@tidelock/shared";
import type { DataChannel } from "node-datachannel";
import { attempt, guarded } from "./native-guard.ts";

/** More than this waiting to leave is a peer that does not take it: two seconds of full frames at 30 Hz. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** What a peer channel needs beside the native channel. */
export interface PeerChannelOptions {
  readonly kind: "webrtc-direct" | "webrtc-geckos";
  readonly drops: DropCounter;
  /** Tears the peer down; called once, however the channel ends. */
  readonly release: () => void;
}

/** A channel over one open datachannel of node-datachannel. */
export class PeerChannel implements Channel {
  readonly kind: "webrtc-direct" | "webrtc-geckos";
  readonly reliable = false;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  /** Undefined once closed: a native object must not be touched after that. */
  #native: DataChannel | undefined;
  readonly #drops: DropCounter;
  readonly #release: () => void;

  constructor(native: DataChannel, options: PeerChannelOptions) {
    this.kind = options.kind;
    this.#native = native;
    this.#drops = options.drops;
    this.#release = options.release;
    native.onMessage(guarded(options.drops, (message) => this.#receive(message)));
    native.onClosed(guarded(options.drops, () => this.close("peer-closed")));
    native.onError(guarded(options.drops, () => options.drops.add("datachannel-error")));
  }

  get open(): boolean {
    return this.#native?.isOpen() ?? false;
  }

  get bufferedBytes(): number {
    return this.#native?.bufferedAmount() ?? 0;
  }

  send(frame: Uint8Array): boolean {
    const native = this.#native;
    if (native === undefined || !native.isOpen()) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > MAX_FRAME_BYTES) return this.#drop(SendDrop.tooLarge);
    if (native.bufferedAmount() + frame.length > MAX_BUFFERED_BYTES) return this.#drop(SendDrop.backlog);
    try {
      // False only says that the frame waits in the library's queue, which bufferedAmount counts.
      native.sendMessageBinary(frame);
      return true;
    } catch {
      return this.#drop(SendDrop.failed);
    }
  }

  close(reason = "closed"): void {
    const native = this.#native;
    if (native === undefined) return;
    this.#native = undefined;
    attempt(this.#drops, () => native.close());
    attempt(this.#drops, this.#release);
    this.onClose(reason);
  }

  #receive(message: unknown): void {
    if (this.#native === undefined) return;
    if (!(message instanceof Uint8Array)) this.#drops.add("not-binary");
    else if (message.length === 0) this.#drops.add("empty");
    else if (message.length > MAX_FRAME_BYTES) this.#drops.add("too-large");
    else this.onFrame(message);
  }

  #drop(reason: string): false {
    this.#drops.add(reason);
    return false;
  }
}
