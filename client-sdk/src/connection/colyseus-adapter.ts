import type { Room } from "@colyseus/sdk";
import { WEBSOCKET_FRAME_TYPE } from "@tidelock/shared";

/**
 * The one place of the client that touches parts of Colyseus which its documentation does not promise.
 * colyseus-adapter.test.ts checks each of them against the pinned version.
 */
export interface RoomAdapter {
  readonly open: boolean;
  /** Bytes the WebSocket has accepted and not sent. */
  readonly bufferedBytes: number;
  sendFrame(frame: Uint8Array): void;
  onFrame(callback: (frame: Uint8Array) => void): () => void;
  /** Feeds a frame that arrived elsewhere into Colyseus, as if its own transport had delivered it. */
  inject(frame: Uint8Array): void;
  /** Sends what Colyseus would send unreliably to `send` instead. Returns the way back. */
  interceptUnreliable(send: (frame: Uint8Array) => void): () => void;
}

export function adaptRoom(room: Room): RoomAdapter {
  return {
    get open() {
      return room.connection.isOpen;
    },
    get bufferedBytes() {
      return bufferedAmount(room.connection.transport);
    },
    sendFrame: (frame) => room.sendBytes(WEBSOCKET_FRAME_TYPE, frame),
    onFrame: (callback) =>
      room.onMessage<unknown>(WEBSOCKET_FRAME_TYPE, (payload) => {
        if (payload instanceof Uint8Array) callback(payload);
      }),
    inject: (frame) => {
      // Colyseus keeps no reference, but its decoder reads lazily: it gets bytes of its own.
      room.connection.events.onmessage?.({ data: frame.slice().buffer });
    },
    interceptUnreliable: (send) => {
      // The connection object outlives a reconnection; only the socket inside is replaced.
      const { transport } = room.connection;
      const original = transport.sendUnreliable;
      transport.sendUnreliable = (data: Uint8Array) => send(data);
      return () => {
        transport.sendUnreliable = original;
      };
    },
  };
}

function bufferedAmount(transport: object): number {
  if (!("ws" in transport) || typeof transport.ws !== "object" || transport.ws === null) return 0;
  if (!("bufferedAmount" in transport.ws)) return 0;
  const { bufferedAmount } = transport.ws;
  return typeof bufferedAmount === "number" ? bufferedAmount : 0;
}
