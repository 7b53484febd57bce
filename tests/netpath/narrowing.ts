import { type AgeTransport, AGE_TRANSPORTS } from "./measure-age.ts";
import { measureNarrowing } from "./measure-narrowing.ts";
import { narrowingFigures } from "./narrowing-figures.ts";

// Prints what a crowded room does to a path that drops from 1 Mbit/s to 64 kbit/s and comes back, as one line of JSON:
//   node --conditions=@tidelock/source tests/netpath/narrowing.ts webrtc-direct --delay 25 --loss 0 [--both]
const [wanted, ...rest] = process.argv.slice(2);
const transport: AgeTransport = AGE_TRANSPORTS.find((name) => name === wanted) ?? "webrtc-direct";
const number = (flag: string, otherwise: number): number => {
  const at = rest.indexOf(flag);
  return at < 0 ? otherwise : Number(rest[at + 1]);
};
const options = {
  delayMs: number("--delay", 25),
  lossPercent: number("--loss", 0),
  burstPackets: number("--burst", 4),
  wideBytesPerSecond: 125_000,
  narrowBytesPerSecond: 8000,
  bothWays: rest.includes("--both"),
  seconds: [8, 12, 10],
} as const;
const figures = narrowingFigures(await measureNarrowing(transport, options));
console.log(JSON.stringify({ transport, ...options, ...figures }));
