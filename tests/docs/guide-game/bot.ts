import { join } from "@tidelock/client";
import { hunt } from "./game.ts";

/** A player that runs in circles, from Node. */
export async function runBot(url: string) {
  const session = await join(url, hunt);
  const timer = setInterval(() => {
    const now = performance.now();
    session.input.moveX = Math.cos(now / 1000);
    session.input.moveY = Math.sin(now / 1000);
    session.frame(now);
  }, 1000 / hunt.tickRate);
  session.onStateChange = (state) => state === "left" && clearInterval(timer);
}
