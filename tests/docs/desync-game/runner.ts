import { setTimeout } from "node:timers/promises";
import { join } from "@tidelock/client";
import { ice } from "./game.ts";

/** Runs to and fro for so many seconds, sprinting, and sees what the console says. */
const [url = "http://localhost:2567", seconds = "10"] = process.argv.slice(2);
const session = await join(url, ice, { rtc: null });
const end = performance.now() + Number(seconds) * 1000;
while (performance.now() < end) {
  session.input.moveX = Math.floor(performance.now() / 1500) % 2 === 0 ? 1 : -1;
  session.input.sprint = true;
  session.frame(performance.now());
  await setTimeout(16);
}
await session.leave();
