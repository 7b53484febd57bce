import { SnapshotDecoder, type SnapshotDrop } from "@tidelock/client";
import { FrameKind, type Game } from "@tidelock/shared";
import { checkGame } from "../recording/check-game.ts";
import type { Recording } from "../recording/recording.ts";
import { PacketParts, type Part } from "./packet-parts.ts";

/** One frame of a recording and what it holds. */
export interface InspectedFrame {
  /** Its number in the recording, from 1. */
  readonly number: number;
  readonly timeMs: number;
  readonly kind: string;
  readonly bytes: number;
  /** Of a snapshot: why the client dropped it. */
  readonly dropped?: SnapshotDrop;
  /** Of a snapshot: its parts in the order of their bits, as far as it could be read. */
  readonly parts?: readonly Part[];
}

const KINDS = new Map(Object.entries(FrameKind).map(([name, kind]): [number, string] => [kind, name]));

/**
 * Gives the frames of a recording to the decoder that clients have, and tells of each what it says. Throws an Error when the recording
 * is of another game, or of another version of this one; bad frames only say so.
 */
export function* inspectRecording(
  { header, frames }: Recording,
  game: Pick<Game, "name" | "schemaHash" | "types">,
): Generator<InspectedFrame> {
  checkGame(header, game);
  const decoder = new SnapshotDecoder(game.types);
  const trace = new PacketParts();
  decoder.trace = trace;
  decoder.start(header.tick);
  for (const [index, { timeMs, frame }] of frames.entries()) {
    const kind = frame.length === 0 ? "empty" : (KINDS.get(frame[0]) ?? `unknown kind ${frame[0]}`);
    const about = { number: index + 1, timeMs, kind, bytes: frame.length };
    if (kind !== "snapshot") {
      yield about;
      continue;
    }
    trace.clear();
    const dropped = decoder.receive(frame);
    yield { ...about, parts: trace.parts, ...(dropped && { dropped }) };
  }
}
