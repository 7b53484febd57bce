import { SnapshotDecoder } from "@tidelock/client";
import { type Game, SNAPSHOT_KIND } from "@tidelock/shared";
import { checkGame } from "../recording/check-game.ts";
import type { Recording } from "../recording/recording.ts";
import type { DeltaCounts } from "./delta-counts.ts";

/**
 * Decodes a recording and counts what its deltas say. Returns how many snapshots were counted and how many the decoder refused.
 * Throws an Error when the recording is of another game, of another version of this one, or mostly not to be decoded.
 */
export function countRecording(
  { header, frames }: Recording,
  game: Game,
  counts: DeltaCounts,
): { sound: number; refused: number } {
  checkGame(header, game);
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
  if (refused > sound)
    throw new Error(
      `the decoder refused ${refused} of its ${sound + refused} snapshots: it was made by another build, or packets are missing. Record anew`,
    );
  return { sound, refused };
}
