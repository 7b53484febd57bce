import { parseArgs } from "node:util";
import { join } from "@tidelock/client";
import { puck } from "../shared/game.ts";
import { MAX_PLAYERS, TICK_RATE } from "../shared/rules.ts";
import { Pilot } from "./pilot.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string" }, room: { type: "string", default: "puck" } },
});
const count = Number(positionals[0] ?? 3);
const url = values.url ?? `http://localhost:${process.env["PORT"] ?? 2567}`;
if (!Number.isInteger(count) || count < 1 || count > MAX_PLAYERS) {
  console.error(
    `npm run puck:bots -- [1 to ${MAX_PLAYERS}] [--room puck-crates] [--url http://localhost:2567]`,
  );
  process.exit(2);
}

/** One player like any other: it predicts the whole match, and knows only what it is sent. */
async function play(): Promise<void> {
  const session = await join(url, puck, { room: values.room, condition: "off" });
  const pilot = new Pilot();
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    Object.assign(session.input, pilot.steer(session.frame(now), (now - last) / 1000));
    last = now;
  }, 1000 / TICK_RATE);
  await new Promise<void>((resolve) => {
    session.onStateChange = (state) => {
      if (state === "left") resolve();
    };
    process.once("SIGINT", () => void session.leave().then(resolve, resolve));
    process.once("SIGTERM", () => void session.leave().then(resolve, resolve));
  });
  clearInterval(timer);
}

try {
  console.log(`${count === 1 ? "One bot plays" : `${count} bots play`} at ${url}. Ctrl+C takes them out.`);
  await Promise.all(Array.from({ length: count }, play));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
// A peer connection that is still closing must not hold the terminal.
process.exit();
