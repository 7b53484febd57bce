import { type Channel, type DropCounter, MAX_FRAME_BYTES, SendDrop } from "@tidelock/shared";
import type { ClientAdapter } from "../colyseus-adapter.ts";

/**
 * The most that waits in a socket before frames are dropped: about half a second of full frames at 30 Hz.
 * The transport itself has no such bound; a client that never reads would grow memory for ever.
 */
const MAX_BUFFERED_BYTES = 16 * 1024;

/** One client's frames over its Colyseus WebSocket. Whoever listens to the room feeds `receive`. */
export class WebSocketChannel implements Channel {
  readonly kind = "websocket";
  readonly reliable = true;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  readonly #client: ClientAdapter;
  readonly #drops: DropCounter;
  #closed = false;

  constructor(client: ClientAdapter, drops: DropCounter) {
    this.#client = client;
    this.#drops = drops;
  }

  get open(): boolean {
    // Before the client has joined, Colyseus would queue without bound.
    return !this.#closed && this.#client.joined;
  }

  get bufferedBytes(): number {
    return this.#client.bufferedBytes;
  }

  send(frame: Uint8Array): boolean {
    if (!this.open) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > MAX_FRAME_BYTES) return this.#drop(SendDrop.tooLarge);
    if (this.#client.bufferedBytes + frame.length > MAX_BUFFERED_BYTES) return this.#drop(SendDrop.backlog);
    this.#client.sendFrame(frame);
    return true;
  }

  close(reason = "closed"): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose(reason);
  }

  /** A frame arrived from this client. */
  receive(frame: Uint8Array): void {
    if (this.#closed) return;
    if (frame.length === 0) this.#drops.add("empty");
    else if (frame.length > MAX_FRAME_BYTES) this.#drops.add("too-large");
    else this.onFrame(frame);
  }

  #drop(reason: string): false {
    this.#drops.add(reason);
    return false;
  }
}
