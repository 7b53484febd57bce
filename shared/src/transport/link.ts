import type { DropCounter } from "./drop-counter.ts";

/** What carries unreliable frames at the moment. "connecting": nothing yet. */
export type LinkTransport = "connecting" | "websocket" | "webrtc-direct" | "webrtc-geckos";

/**
 * One player's connection as the netcode sees it, with the same shape on the server and the client:
 * frames go out over the best channel there is, and come in over whichever they arrive on.
 *
 * A link starts on the WebSocket, moves to the datachannel once a hello has gone round on it,
 * falls back at once when the datachannel falls silent, and tries again later. Frames may be lost,
 * reordered or duplicated on the datachannel and around each change of transport.
 */
export interface Link {
  /** What carries frames that are sent now. */
  readonly transport: LinkTransport;
  /** The longest frame `sendUnreliable` accepts, whatever carries it. */
  readonly maxFrameBytes: number;
  /** Bytes waiting to leave on the present channel. */
  readonly bufferedBytes: number;
  /** Bytes written to the WebSocket since it opened, whatever they were; 0 where nobody counts them. */
  readonly reliableBytes: number;
  /** What this link dropped, by reason, in both directions. */
  readonly drops: DropCounter;
  /** Frames that arrived, by what carried them; a page can prove from it what is in use. */
  readonly received: Readonly<Record<"websocket" | "datachannel", number>>;
  /**
   * Sends one frame (first byte: its kind). Copies before returning. False: dropped and counted.
   * Frames of kind `link` and `colyseus` belong to the link and are refused.
   */
  sendUnreliable(frame: Uint8Array): boolean;
  /** Frames that arrive, except those of kind `link` and `colyseus`. Valid during the call only. */
  onFrame: (frame: Uint8Array) => void;
  /** The transport changed; `reason` is a short fixed name such as "hello" or "silence". */
  onTransportChange: (transport: LinkTransport, reason: string) => void;
  /** Stops all timers and closes the datachannel. The WebSocket belongs to Colyseus and stays. */
  dispose(): void;
}
