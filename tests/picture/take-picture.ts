import type { SnapshotDecoder } from "@tidelock/client";
import type { Picture } from "./picture.ts";

/** Takes down what a client shows of a field; undefined while its own player is not there. */
export function takePicture(
  atMs: number,
  players: readonly Readonly<Record<string, unknown>>[],
  decoder: SnapshotDecoder,
  playoutRoomTicks: number,
): Picture | undefined {
  const own = players.find(({ mine }) => mine === true);
  if (own === undefined) return undefined;
  const newest = new Map([...decoder.replicas()].map((replica) => [replica.id, replica.newest]));
  return {
    atMs,
    renderTick: decoder.newestTick - playoutRoomTicks,
    viewer: [Number(own.x), Number(own.y)],
    shown: players.flatMap(({ id, x, y, mine }) =>
      mine === true ? [] : [Number(id), Number(x), Number(y), newest.get(Number(id)) ?? Number.NaN],
    ),
  };
}
