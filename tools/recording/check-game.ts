import { type Game, PROTOCOL_VERSION } from "@tidelock/shared";
import type { RecordingHeader } from "./recording.ts";

/** Throws an Error, whose message goes on from "the recording", when it is of another game or of another version of this one. */
export function checkGame(header: RecordingHeader, game: Pick<Game, "name" | "schemaHash">): void {
  if (header.game !== game.name) throw new Error(`it is of the game "${header.game}", not of "${game.name}"`);
  if (header.protocol !== PROTOCOL_VERSION)
    throw new Error(
      `it has protocol ${header.protocol}; this version speaks ${PROTOCOL_VERSION}. Record anew`,
    );
  if (header.schemaHash !== game.schemaHash)
    throw new Error(
      `its schema is ${header.schemaHash.toString(16)} and that of the game now ${game.schemaHash.toString(16)}. Record anew, or take the game with the tables and fields that it had then`,
    );
}
