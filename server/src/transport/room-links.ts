import type { Client, Room } from "@colyseus/core";
import type { Link } from "@tidelock/shared";
import type { DatachannelHost } from "./webrtc/datachannel-host.ts";

/** What `openRoomLinks` may be told. */
export interface RoomLinkOptions {
  /** The process-wide WebRTC endpoint; without one the room stays on the WebSocket. */
  host?: DatachannelHost | undefined;
}

/**
 * The links of one room. In onCreate: `this.links = openRoomLinks(this, { host })`;
 * in onJoin: `const link = this.links.attach(client)`; in onReconnect:
 * `this.links.rebind(client)`; in onLeave: `link.dispose()`; in onDispose: `this.links.dispose()`.
 */
export interface RoomLinks {
  /** Makes the link of a client that joins. */
  attach(client: Client): Link;
  /** Gives the link of a client that came back its new WebSocket; the same link goes on. */
  rebind(client: Client): Link | undefined;
  /** Disposes of every link that is left. */
  dispose(): void;
}

export declare function openRoomLinks(room: Room, options?: RoomLinkOptions): RoomLinks;
