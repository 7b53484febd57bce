/**
 * The way signalling messages travel: the room connection, which is already authenticated.
 * What arrives is whatever the peer sent; the receiver checks it.
 */
export interface SignalPort {
  send(message: SignalMessage): void;
  /** Set by the one who receives. */
  onMessage: (message: unknown) => void;
}

/**
 * Client to server: `connect` (with an offer when the client expects a direct host), `answer` (to a
 * server's offer). Server to client: `answer` (direct), `offer` (geckos), `refuse`.
 * `attempt` numbers the client's attempts; answers to an older one are ignored.
 */
export type SignalMessage =
  | { t: "connect"; attempt: number; sdp?: string }
  | { t: "offer"; attempt: number; sdp: string; token: string }
  | { t: "answer"; attempt: number; sdp: string; token?: string }
  | { t: "refuse"; attempt: number; reason: SignalRefusal };

/** Why a server refuses: it has no WebRTC, the client tries too often, it is full, or the message is not understood. */
export type SignalRefusal = "off" | "rate" | "busy" | "malformed" | "failed";

/** The longest session description that is looked at; a browser's is about 700 bytes. */
export const MAX_SDP_CHARACTERS = 4096;

/** The type of the room messages that carry signalling, in both directions. */
export const SIGNAL_TYPE = "~rtc";

/** The type of the room's byte messages that carry frames over the WebSocket: the largest that is one byte. */
export const WEBSOCKET_FRAME_TYPE = 127;
