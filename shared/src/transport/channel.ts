/** What carries a channel's frames. */
export type ChannelKind = "loopback" | "websocket" | "webrtc-direct" | "webrtc-geckos";

/**
 * The largest frame that is sent. 1156 bytes is the most that travels in one datagram through
 * DTLS and SCTP on a 1280-byte path; a frame above it is split, and lost when either half is.
 */
export const MAX_FRAME_BYTES = 1150;

/**
 * One bidirectional pipe of whole frames between one client and the server.
 *
 * A frame is delivered whole or not at all. An unreliable channel may lose, reorder and duplicate
 * frames; it never alters one. Sending never blocks and never queues without bound.
 */
export interface Channel {
  readonly kind: ChannelKind;
  /** True: frames arrive in order and complete for as long as the channel is open. */
  readonly reliable: boolean;
  /** True while `send` can succeed. */
  readonly open: boolean;
  /** The longest frame `send` accepts. */
  readonly maxFrameBytes: number;
  /** Bytes accepted by `send` that have not left this process yet, as far as the transport tells. */
  readonly bufferedBytes: number;
  /**
   * Sends one frame of 1 to `maxFrameBytes` bytes. The bytes are copied before this returns, so the
   * caller may reuse its buffer at once. Returns false when the frame was dropped (closed, empty,
   * too large, backlog); the drop is counted by reason.
   */
  send(frame: Uint8Array): boolean;
  /** Called with each frame that arrives. The bytes are valid during the call only. */
  onFrame: (frame: Uint8Array) => void;
  /** Called once when the channel is closed from either side. */
  onClose: (reason: string) => void;
  /** Closes the channel; calling it again does nothing. */
  close(reason?: string): void;
}

/** The reasons for which `Channel.send` drops a frame. */
export const SendDrop = {
  closed: "send-closed",
  empty: "send-empty",
  tooLarge: "send-too-large",
  backlog: "send-backlog",
  failed: "send-failed",
} as const;
