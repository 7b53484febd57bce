import { startFieldServer } from "../e2e/field-server.ts";
import { BusyRoom, tickTimesMs } from "./busy-room.ts";
import { SERVER_ADDRESS } from "./network-path.ts";

// Prints its URL, serves until its standard input ends, and prints when each tick was.
const transport = process.argv[2] === "webrtc-geckos" ? "geckos" : "direct";
const server = await startFieldServer({ bindAddress: SERVER_ADDRESS, transport, room: BusyRoom });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.stdin.resume();
process.stdin.once("end", () => {
  process.stdout.write(`${JSON.stringify({ tickTimesMs })}\n`, () => process.exit());
});
