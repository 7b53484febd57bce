import { join, mountNetGraph } from "@tidelock/client";
import { TidelockError } from "@tidelock/shared";
import { hunt } from "./game.ts";

/** Joins, and shows what a page shows beside the game itself. */
export async function play(
  show: (text: string) => void,
  draw: (x: number, y: number, mine: boolean) => void,
) {
  const session = await join(location.origin, hunt, { options: { name: "Ada" } }).catch((error: unknown) => {
    show(error instanceof TidelockError ? error.message : "The game could not be joined.");
    throw error;
  });

  session.onEvent = (event) => {
    if (event.name === "shot") show("bang");
  };
  session.onStateChange = (state) => show(state);
  session.onTransportChange = (transport, reason) => show(`${transport}: ${reason}`);
  session.room.onMessage("kill", ({ by, victim }) => show(`${by} got ${victim}`));
  mountNetGraph(session);

  session.condition = "international";

  requestAnimationFrame(function frame(now) {
    session.input.fire = true;
    for (const player of session.frame(now).player) draw(player.x, player.y, player.mine);
    requestAnimationFrame(frame);
  });
}
