import { type Channel, MAX_FRAME_BYTES, SendDrop } from "./channel.ts";
import type { DropCounter } from "./drop-counter.ts";

/** A room's WebSocket as a channel needs it, on either side. */
export interface FrameSocket {
  /** Whether what is sent goes out now, instead of waiting without bound for a join or a reconnection. */
  readonly open: boolean;
  /** Bytes the socket has accepted and not sent. */
  readonly bufferedBytes: number;
  sendFrame(frame: Uint8Array): void;
}

/** Frames over a WebSocket that carries other things as well: bounded, counted, and never queued to go out stale. */
export class SocketChannel implements Channel {
  readonly kind = "websocket";
  readonly reliable = true;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  readonly #socket: FrameSocket;
  readonly #drops: DropCounter;
  readonly #maxBufferedBytes: number;
  #closed = false;

  /** @param maxBufferedBytes with more than this waiting in the socket, frames are dropped */
  constructor(socket: FrameSocket, drops: DropCounter, maxBufferedBytes: number) {
    this.#socket = socket;
    this.#drops = drops;
    this.#maxBufferedBytes = maxBufferedBytes;
  }

  get open(): boolean {
    return !this.#closed && this.#socket.open;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedBytes;
  }

  send(frame: Uint8Array): boolean {
    if (!this.open) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > MAX_FRAME_BYTES) return this.#drop(SendDrop.tooLarge);
    if (this.#socket.bufferedBytes + frame.length > this.#maxBufferedBytes)
      return this.#drop(SendDrop.backlog);
    this.#socket.sendFrame(frame);
    return true;
  }

  close(reason = "closed"): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose(reason);
  }

  /** A frame arrived on the socket. */
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
