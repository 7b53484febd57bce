import { join } from "@tidelock/client";
import { push } from "./game.ts";

/** Joins, and plays the sounds of what the prediction says has happened. */
export async function play(sounds: { start(by: number): void; stop(by: number): void }) {
  const session = await join(location.origin, push);
  session.onEvent = ({ data }) => sounds.start(data.by);
  session.onEventCancelled = ({ data }) => sounds.stop(data.by);
  return session;
}
