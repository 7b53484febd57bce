import { RTCPeerConnection } from "node-datachannel/polyfill";
import { recordArrivals } from "./record-arrivals.ts";

// Plays in Node and prints what arrived when.
const [url, transport, seconds] = process.argv.slice(2);
const report = await recordArrivals(url, transport, Number(seconds), RTCPeerConnection as never);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit());
