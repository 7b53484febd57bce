import { type Channel, type DropCounter, MAX_FRAME_BYTES, SendDrop } from "@tidelock/shared";
import type { RoomAdapter } from "./colyseus-adapter.ts";

/** More than this in the socket's queue: the uplink does not keep up, and what waits is stale. */
const MAX_BUFFERED_BYTES = 32 * 1024;

/** The client's frames over the room's own WebSocket. It is open whenever the room is connected. */
export class WebSocketChannel implements Channel {
  readonly kind = "websocket";
  readonly reliable = true;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  readonly #room: RoomAdapter;
  readonly #drops: DropCounter;
  readonly #stop: () => void;
  #closed = false;

  constructor(room: RoomAdapter, drops: DropCounter) {
    this.#room = room;
    this.#drops = drops;
    this.#stop = room.onFrame((frame) => this.#receive(frame));
  }

  get open(): boolean {
    return !this.#closed && this.#room.open;
  }

  get bufferedBytes(): number {
    return this.#room.bufferedBytes;
  }

  send(frame: Uint8Array): boolean {
    // A closed room would queue the frame for after its reconnection: it would be stale then.
    if (!this.open) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > MAX_FRAME_BYTES) return this.#drop(SendDrop.tooLarge);
    if (this.#room.bufferedBytes + frame.length > MAX_BUFFERED_BYTES) return this.#drop(SendDrop.backlog);
    this.#room.sendFrame(frame);
    return true;
  }

  close(reason = "closed"): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    this.onClose(reason);
  }

  #receive(frame: Uint8Array): void {
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
