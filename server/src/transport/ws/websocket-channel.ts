import { type DropCounter, SocketChannel } from "@tidelock/shared";
import type { ClientAdapter } from "../colyseus-adapter.ts";

/**
 * The most that waits in a socket before frames are dropped: about half a second of full frames at 30 Hz.
 * The transport itself has no such bound; a client that never reads would grow memory for ever.
 */
const MAX_BUFFERED_BYTES = 16 * 1024;

/** One client's frames over its Colyseus WebSocket. Whoever listens to the room feeds `receive`. */
export class WebSocketChannel extends SocketChannel {
  constructor(client: ClientAdapter, drops: DropCounter) {
    const socket = {
      // Before the client has joined, Colyseus would queue without bound.
      get open() {
        return client.joined;
      },
      get bufferedBytes() {
        return client.bufferedBytes;
      },
      sendFrame: (frame: Uint8Array) => client.sendFrame(frame),
    };
    super(socket, drops, MAX_BUFFERED_BYTES);
  }
}
