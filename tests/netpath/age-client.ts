import { RTCPeerConnection } from "node-datachannel/polyfill";
import { recordArrivals } from "./record-arrivals.ts";

// Plays in Node and prints what arrived when and, if asked to, what was shown.
const [url, transport, seconds, pictures] = process.argv.slice(2);
const report = await recordArrivals(
  url,
  transport,
  Number(seconds),
  RTCPeerConnection as never,
  pictures === "pictures",
);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit());
