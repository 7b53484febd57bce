import { type DropCounter, SocketChannel } from "@tidelock/shared";
import type { RoomAdapter } from "./colyseus-adapter.ts";

/** More than this in the socket's queue: the uplink does not keep up, and what waits is stale. */
const MAX_BUFFERED_BYTES = 32 * 1024;

/** The client's frames over the room's own WebSocket. It is open whenever the room is connected. */
export class WebSocketChannel extends SocketChannel {
  readonly #stop: () => void;

  constructor(room: RoomAdapter, drops: DropCounter) {
    super(room, drops, MAX_BUFFERED_BYTES);
    this.#stop = room.onFrame((frame) => this.receive(frame));
  }

  override close(reason?: string): void {
    this.#stop();
    super.close(reason);
  }
}
