import { startFieldServer } from "../e2e/field-server.ts";
import { budgetRows, BusyRoom, CrowdedRoom, crowdTruth, tickTimesMs } from "./busy-room.ts";
import { SERVER_ADDRESS } from "./network-path.ts";

// Prints its URL, serves until its standard input ends, and prints when each tick was and what the budget went by; of a crowd, where it was.
const transport = process.argv[2] === "webrtc-geckos" ? "geckos" : "direct";
const room = process.argv[3] === "crowded" ? CrowdedRoom : BusyRoom;
const server = await startFieldServer({ bindAddress: SERVER_ADDRESS, transport, room });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.stdin.resume();
process.stdin.once("end", () => {
  process.stdout.write(`${JSON.stringify({ tickTimesMs, budgetRows, truth: crowdTruth() })}\n`, () =>
    process.exit(),
  );
});
