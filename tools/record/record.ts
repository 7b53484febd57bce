import type { Room } from "@colyseus/sdk";
import { join, type JoinOptions, type Session } from "@tidelock/client";
import {
  type Game,
  PROTOCOL_VERSION,
  WEBSOCKET_FRAME_TYPE,
  WELCOME_TYPE,
  type Welcome,
} from "@tidelock/shared";
import { recordedFrame, recordingStart } from "../recording/recording.ts";

export interface RecordOptions extends Pick<JoinOptions, "room" | "roomId" | "options"> {
  readonly url: string;
  readonly game: Game;
  /** Takes the recording, piece after piece. */
  readonly write: (bytes: Uint8Array) => void;
}

/**
 * Joins a room as a player of its own, and records what comes from the first welcome to the second, or to the end. The frames travel
 * over the WebSocket, so that nothing of the stream is missing.
 * @throws TidelockError as `join` does
 */
export async function record({ url, game, write, ...place }: RecordOptions): Promise<Session> {
  let stream: "awaited" | "recorded" | "over" = "awaited";
  let beganMs = 0;
  const onRoom = (room: Room): void => {
    room.onMessage("*", () => {});
    room.onMessage(WELCOME_TYPE, ({ player, tick }: Welcome) => {
      stream = stream === "awaited" ? "recorded" : "over";
      if (stream === "over") return;
      beganMs = performance.now();
      const { name, schemaHash, tickRate } = game;
      write(recordingStart({ game: name, schemaHash, protocol: PROTOCOL_VERSION, tickRate, player, tick }));
    });
    room.onMessage<unknown>(WEBSOCKET_FRAME_TYPE, (frame) => {
      if (stream === "recorded" && frame instanceof Uint8Array)
        write(recordedFrame({ timeMs: performance.now() - beganMs, frame }));
    });
  };
  const session = await join(url, game, { ...place, rtc: null, onRoom });
  return session as unknown as Session;
}
