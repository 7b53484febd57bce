import { join } from "@tidelock/client";
import { arena } from "../shared/game.ts";
import { MAX_PLAYERS, TICK_RATE } from "../shared/rules.ts";
import { Pilot } from "./pilot.ts";

/** Bots are players like any other: each has its own connection, predicts, and knows only what it is sent. */
const NAMES = [
  "Nautilus",
  "Kelpie",
  "Moray",
  "Brine",
  "Skerry",
  "Halyard",
  "Petrel",
  "Dory",
  "Anemone",
  "Murex",
].concat(
  ["Oyster", "Plankton", "Zephyr", "Sable", "Corsair", "Undertow", "Riptide", "Gull", "Abyssal", "Tern"],
  ["Pike", "Remora", "Selkie", "Drift", "Wrasse", "Squall", "Barnacle", "Limpet", "Krill", "Cuttle"],
);
/** Between two joins, so that many bots do not arrive as one wave of handshakes. */
const JOIN_PAUSE_MS = 60;

const count = Number(process.argv[2] ?? 12);
if (!Number.isInteger(count) || count < 1 || count > MAX_PLAYERS) {
  console.error(
    `npm run bots -- <count>: give a whole number from 1 to ${MAX_PLAYERS}, not "${process.argv[2]}"`,
  );
  process.exit(1);
}
const url = process.env.ARENA_URL ?? `http://localhost:${process.env.PORT ?? 2567}`;

async function launch(index: number): Promise<void> {
  const name =
    NAMES[index % NAMES.length] + (index < NAMES.length ? "" : ` ${Math.floor(index / NAMES.length) + 1}`);
  const session = await join(url, arena, { options: { name } });
  // Scores and chat mean nothing to a bot.
  session.room.onMessage("*", () => {});
  const pilot = new Pilot();
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const { player: ships } = session.frame(now);
    const me = ships.find((ship) => ship.mine);
    Object.assign(session.input, pilot.steer(me, ships, (now - last) / 1000));
    last = now;
  }, 1000 / TICK_RATE);
  session.onStateChange = (state) => {
    if (state !== "left") return;
    clearInterval(timer);
    console.log(`${name} left: the server closed the room`);
  };
}

for (let index = 0; index < count; index++) {
  await launch(index);
  await new Promise((resolve) => setTimeout(resolve, JOIN_PAUSE_MS));
}
console.log(`${count} ${count === 1 ? "bot plays" : "bots play"} at ${url}. Ctrl+C takes them out.`);
