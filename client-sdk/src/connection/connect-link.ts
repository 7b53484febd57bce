import type { Room } from "@colyseus/sdk";
import type { Link, Scheduler } from "@tidelock/shared";

/** What `connectLink` may be told. */
export interface ConnectLinkOptions {
  /** The constructor to use: the browser's, or node-datachannel's polyfill in Node; null never tries WebRTC. */
  rtc?: typeof RTCPeerConnection | null;
  scheduler?: Scheduler;
}

/** Makes the client's end of the link of a joined room. It stays bound across Colyseus' own reconnections. */
export declare function connectLink(room: Room, options?: ConnectLinkOptions): Link;
