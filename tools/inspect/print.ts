import type { InspectedFrame } from "./inspect-recording.ts";
import type { PartTotals } from "./part-totals.ts";

/** What a drop means for whoever looks for the cause. */
const DROPPED: Readonly<Record<string, string>> = {
  "too-short": "it is shorter than a header",
  "too-long": "it is longer than any snapshot",
  stale: "its tick is older than what had arrived",
  duplicate: "it had arrived before",
  "unknown-baseline": "it tells a change of a state that did not arrive here",
  malformed: "its end is missing, or what follows here is nothing that a server writes",
};

/** A frame as lines of text: a heading, a line per part, and whether they add up. */
export function printFrame(frame: InspectedFrame): string[] {
  const { number, timeMs, kind, bytes, parts, dropped } = frame;
  const fate = parts === undefined ? "" : dropped === undefined ? "  taken" : `  DROPPED: ${dropped}`;
  const lines = [`frame ${number}  ${(timeMs / 1000).toFixed(3)} s  ${kind}  ${bytes} bytes${fate}`];
  if (parts === undefined) return lines;
  lines.push("   bit  bits");
  let sum = 0;
  for (const { at, bits, part, field, text } of parts) {
    sum += bits;
    const name = field === undefined ? part : `  ${field}`;
    lines.push(`${pad(at, 6)}${pad(bits, 6)}  ${name.padEnd(16)} ${text}`.trimEnd());
  }
  if (dropped !== undefined) lines.push(`        dropped: ${DROPPED[dropped]}`);
  lines.push(
    sum === bytes * 8
      ? `${pad(sum, 12)}  = ${bytes} bytes`
      : `${pad(sum, 12)}  of ${bytes * 8} bits are told of`,
  );
  return lines;
}

/** Totals by type and field, the largest first. */
export function printTotals(totals: PartTotals): string[] {
  const { bits, taken, refused } = totals;
  const lines = [
    `${taken} snapshots, ${(bits / 8).toFixed(0)} bytes, ${(bits / 8 / Math.max(1, taken)).toFixed(1)} each; ${refused} dropped`,
    "",
    "type          field                 bytes  share     times  bits each",
  ];
  let sum = 0;
  for (const row of totals.rows) {
    sum += row.bits;
    const share = `${((row.bits / Math.max(1, bits)) * 100).toFixed(1)} %`;
    lines.push(
      `${row.type.padEnd(13)} ${row.field.padEnd(16)} ${pad((row.bits / 8).toFixed(0), 10)}${pad(share, 8)}` +
        `${pad(row.count, 9)}${pad((row.bits / row.count).toFixed(1), 10)}`,
    );
  }
  lines.push(`${"all".padEnd(30)} ${pad((sum / 8).toFixed(0), 10)}${pad(sum === bits ? "100 %" : "?", 8)}`);
  return lines;
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
