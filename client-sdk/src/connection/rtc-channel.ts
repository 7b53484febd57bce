import { type Channel, type DropCounter, MAX_FRAME_BYTES, SendDrop } from "@tidelock/shared";

/** More than this waiting to leave: the path does not take it, and what waits is stale. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** A channel over an open RTCDataChannel, the browser's or node-datachannel's. */
export class RtcChannel implements Channel {
  readonly kind: "webrtc-direct" | "webrtc-geckos";
  readonly reliable = false;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  readonly #native: RTCDataChannel;
  readonly #drops: DropCounter;
  readonly #release: () => void;
  readonly #listening = new AbortController();
  #closed = false;

  constructor(
    kind: "webrtc-direct" | "webrtc-geckos",
    native: RTCDataChannel,
    options: { drops: DropCounter; release: () => void },
  ) {
    this.kind = kind;
    this.#native = native;
    this.#drops = options.drops;
    this.#release = options.release;
    native.binaryType = "arraybuffer";
    const { signal } = this.#listening;
    native.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data), {
      signal,
    });
    native.addEventListener("close", () => this.close("peer-closed"), { signal });
    native.addEventListener("error", () => this.#drops.add("datachannel-error"), { signal });
  }

  get open(): boolean {
    return !this.#closed && this.#native.readyState === "open";
  }

  get bufferedBytes(): number {
    return this.#closed ? 0 : this.#native.bufferedAmount;
  }

  send(frame: Uint8Array): boolean {
    if (!this.open) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > MAX_FRAME_BYTES) return this.#drop(SendDrop.tooLarge);
    if (this.#native.bufferedAmount + frame.length > MAX_BUFFERED_BYTES) return this.#drop(SendDrop.backlog);
    try {
      // A copy of its own: the caller reuses its buffer, and Node's implementation may send later.
      this.#native.send(new Uint8Array(frame));
      return true;
    } catch {
      return this.#drop(SendDrop.failed);
    }
  }

  close(reason = "closed"): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listening.abort();
    this.#release();
    this.onClose(reason);
  }

  #receive(data: unknown): void {
    if (this.#closed) return;
    if (!(data instanceof ArrayBuffer)) this.#drops.add("not-binary");
    else if (data.byteLength === 0) this.#drops.add("empty");
    else if (data.byteLength > MAX_FRAME_BYTES) this.#drops.add("too-large");
    else this.onFrame(new Uint8Array(data));
  }

  #drop(reason: string): false {
    this.#drops.add(reason);
    return false;
  }
}
