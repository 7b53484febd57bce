import { SnapshotDecoder } from "@tidelock/client";
import { type Game, PROTOCOL_VERSION, SNAPSHOT_KIND } from "@tidelock/shared";
import type { Recording } from "../recording/recording.ts";
import type { DeltaCounts } from "./delta-counts.ts";

/**
 * Decodes a recording and counts what its deltas say. Returns how many snapshots were counted and how many the decoder refused.
 * Throws an Error when the recording is of another game, or of another version of this one.
 */
export function countRecording(
  { header, frames }: Recording,
  game: Game,
  counts: DeltaCounts,
): { sound: number; refused: number } {
  if (header.game !== game.name) throw new Error(`it is of the game "${header.game}", not of "${game.name}"`);
  if (header.protocol !== PROTOCOL_VERSION)
    throw new Error(
      `it has protocol ${header.protocol}; this version speaks ${PROTOCOL_VERSION}. Record anew`,
    );
  if (header.schemaHash !== game.schemaHash)
    throw new Error(
      `its schema is ${header.schemaHash.toString(16)} and that of the game now ${game.schemaHash.toString(16)}. Record anew, or train with the tables that the game had then`,
    );
  const decoder = new SnapshotDecoder(game.types);
  decoder.start(header.tick);
  let sound = 0;
  let refused = 0;
  for (const { frame } of frames) {
    if (frame[0] !== SNAPSHOT_KIND) continue;
    counts.listen(() => {
      const isSound = decoder.receive(frame) === undefined;
      if (isSound) sound++;
      else refused++;
      return isSound;
    });
  }
  return { sound, refused };
}
