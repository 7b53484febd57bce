import { Client as SdkClient, type Room } from "@colyseus/sdk";
import { connectLink, type RoomLink } from "@tidelock/client";
import {
  JOIN_REQUEST_KEY,
  joinRequest,
  READY_TYPE,
  WEBSOCKET_FRAME_TYPE,
  WELCOME_TYPE,
  type Welcome,
} from "@tidelock/shared";
import { field } from "../stepper/field-game.ts";
import { nodePeerConnection } from "../transport/node-peer.ts";

/** A client without any netcode of ours: joins as it should, and then sends what it likes. */
export class RawPlayer {
  readonly room: Room;
  readonly link: RoomLink;
  welcomes = 0;

  private constructor(room: Room, link: RoomLink) {
    this.room = room;
    this.link = link;
  }

  /** Joins the field; with `webrtc` it waits for its datachannel. */
  static async join(url: string, { webrtc = false } = {}): Promise<RawPlayer & { welcome: Welcome }> {
    const room = await new SdkClient(url).joinOrCreate("field", { [JOIN_REQUEST_KEY]: joinRequest(field) });
    room.reconnection.enabled = false;
    const link = connectLink(room, { rtc: webrtc ? nodePeerConnection : null });
    const player = new RawPlayer(room, link);
    const welcome = await new Promise<Welcome>((resolve) => {
      room.onMessage(WELCOME_TYPE, (message: Welcome) => {
        player.welcomes++;
        resolve(message);
      });
      room.send(READY_TYPE);
    });
    for (let i = 0; webrtc && link.transport === "websocket" && i < 300; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return Object.assign(player, { welcome });
  }

  /** A frame as it is, past every check of our own side. */
  sendFrame(frame: Uint8Array): void {
    this.room.sendBytes(WEBSOCKET_FRAME_TYPE, frame);
  }

  /** Bytes on the room's socket that are no message of Colyseus. */
  sendRaw(bytes: Uint8Array): void {
    this.room.connection.send(bytes);
  }

  async leave(): Promise<void> {
    this.link.dispose();
    this.room.connection.close();
  }
}
