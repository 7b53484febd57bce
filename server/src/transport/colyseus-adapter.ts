import { type Client, ClientState, type Room } from "@colyseus/core";
import { SIGNAL_TYPE, WEBSOCKET_FRAME_TYPE } from "@tidelock/shared";

/**
 * The one place of the server that touches parts of Colyseus which its documentation does not promise.
 * colyseus-adapter.test.ts checks each of them against the pinned version.
 */
export interface ClientAdapter {
  /** The client has joined and its socket is open: what is sent goes out instead of being queued. */
  readonly joined: boolean;
  /** Bytes the socket has accepted and not sent. */
  readonly bufferedBytes: number;
  /** Bytes written to the socket since it opened, whatever they were. */
  readonly writtenBytes: number;
  /** Where the socket's packets come from. */
  readonly address: string;
  /** Ends the connection without a goodbye: one that does not read would not get it. */
  terminate(): void;
  sendFrame(frame: Uint8Array): void;
  sendSignal(message: object): void;
  /** Feeds a frame that arrived elsewhere into the room, as if the client's own transport had delivered it. */
  inject(frame: Uint8Array): void;
  /** Gives Colyseus an unreliable path to this client; its presence is what makes `.unreliable()` fields flow. */
  provideUnreliable(send: (frame: Uint8Array) => void): void;
}

/** The `readyState` of an open WebSocket. */
const OPEN = 1;

export function adaptClient(client: Client): ClientAdapter {
  const socket: object = client.ref;
  return {
    get joined() {
      return client.state === ClientState.JOINED && readNumber(socket, "readyState") === OPEN;
    },
    get bufferedBytes() {
      return readNumber(socket, "bufferedAmount");
    },
    get writtenBytes() {
      const tcp = tcpOf(socket);
      return tcp === undefined ? 0 : readNumber(tcp, "bytesWritten");
    },
    get address() {
      const tcp = tcpOf(socket);
      return tcp !== undefined && "remoteAddress" in tcp && typeof tcp.remoteAddress === "string"
        ? tcp.remoteAddress
        : "unknown";
    },
    terminate: () => {
      if ("terminate" in socket && typeof socket.terminate === "function") socket.terminate();
    },
    sendFrame: (frame) => client.sendBytes(WEBSOCKET_FRAME_TYPE, frame),
    sendSignal: (message) => client.send(SIGNAL_TYPE, message),
    inject: (frame) => void client.ref.emit("message", Buffer.from(frame)),
    provideUnreliable: (send) => {
      client.rawUnreliable = (data) => send(data);
    },
  };
}

/** Registers what every room with links must listen to. Colyseus closes clients whose messages nobody handles. */
export function listenToRoom(
  room: Room,
  on: { frame(client: Client, frame: Uint8Array): void; signal(client: Client, message: unknown): void },
): void {
  room.onMessageBytes(WEBSOCKET_FRAME_TYPE, (client: Client, payload: unknown) => {
    if (payload instanceof Uint8Array) on.frame(client, payload);
  });
  room.onMessage(SIGNAL_TYPE, (client: Client, message: unknown) => on.signal(client, message));
}

/** The connection under a WebSocket. */
function tcpOf(socket: object): object | undefined {
  const tcp = "_socket" in socket ? socket._socket : undefined;
  return typeof tcp === "object" && tcp !== null ? tcp : undefined;
}

function readNumber(from: object, key: string): number {
  const value: unknown = Reflect.get(from, key);
  return typeof value === "number" ? value : 0;
}
