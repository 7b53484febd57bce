import {
  BitWriter,
  FrameKind,
  JoinRefusal,
  LinkMessage,
  MAX_FRAME_BYTES,
  MAX_INPUT_BYTES,
  MAX_INPUT_ROWS,
  PROTOCOL_VERSION,
  SNAPSHOT_HEADER_BYTES,
  usualLengths,
  usualMasks,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { codeBlocks, readRepositoryFile } from "./document.ts";
import { golden } from "./golden-game.ts";
import { goldenPackets } from "./golden-packets.ts";

const document = readRepositoryFile("docs/wire-format.md");
const shown = new Map(
  codeBlocks(document)
    .filter(({ info }) => info.startsWith("golden "))
    .map(({ info, text }) => [info.slice("golden ".length), text]),
);
const built = goldenPackets();
const advice =
  "The bytes on the wire changed. If that is meant, raise PROTOCOL_VERSION in shared/src/protocol/handshake.ts, and bring docs/wire-format.md up to date: its version, its rules and these bytes.";

describe("docs/wire-format.md", () => {
  it("states the protocol version of the code", () => {
    expect(document).toContain(`**Protocol version: ${PROTOCOL_VERSION}**`);
  });

  it("shows every packet that is built here, and no other", () => {
    expect([...shown.keys()]).toEqual(built.map(({ name }) => name));
  });

  it.each(built)("shows $name as the encoder writes it", ({ name, hex }) => {
    expect(hex, advice).toBe(shown.get(name));
  });

  it("gives the bytes of a protocol version: another version shows other bytes", () => {
    // Raise the version together with this line, which keeps one from changing without the other.
    const fingerprint = built.map(({ hex }) => hex).join("\n");
    expect([PROTOCOL_VERSION, hash(fingerprint)], advice).toEqual([3, "aab09162"]);
  });

  it("names every kind of frame and link message with its number", () => {
    for (const [name, kind] of Object.entries(FrameKind))
      expect(document).toContain(`| \`0x0${kind.toString(16)}\` | ${name} |`);
    for (const [name, number] of Object.entries(LinkMessage))
      expect(document).toContain(`| ${number} | ${name} |`);
  });

  it("names every refusal with its number", () => {
    for (const [code, number] of Object.entries(JoinRefusal)) {
      expect(document).toContain(`\`${number}\``);
      expect(document).toContain(`\`${code}\``);
    }
  });

  it("states the limits of the code", () => {
    expect(document).toContain(`1 to ${MAX_FRAME_BYTES} bytes`);
    expect(document).toContain(`At most ${MAX_INPUT_BYTES} bytes`);
    expect(document).toContain(`1 to ${MAX_INPUT_ROWS} rows`);
    expect(document).toContain(`Header, ${SNAPSHOT_HEADER_BYTES} bytes`);
  });

  it("shows the usual lengths of buckets as the code computes them", () => {
    const rows = [...document.matchAll(/^\| (\d+) \| (\d+) \| `([\d ]+)` \|$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, width, order, lengths] of rows)
      expect(usualLengths(Number(width), Number(order)).join(" ")).toBe(lengths);
  });

  it.each(["ship", "shell", "rock"])("shows the usual masks of a %s as the code computes them", (name) => {
    expect(document).toContain(usualRow(name));
  });

  it("shows the codes of small numbers as the writer makes them", () => {
    const rows = [...document.matchAll(/^\| (\d) \| `([01]+)` \| `([01]+)` \| `([01]+)` \|$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, value, ...codes] of rows)
      [0, 1, 3].forEach((order, i) => expect(golomb(Number(value), order)).toBe(codes[i]));
  });
});

/** A type's usual masks as the table shows them: first column first, then the lengths. */
function usualRow(name: string): string {
  const type = golden.types.find((type) => type.name === name);
  if (type === undefined) throw new Error(name);
  const [{ masks, escape }] = usualMasks(type);
  const bits = ([mask]: readonly number[]): string =>
    Array.from(type.sendOrder, (_, bit) => (mask >> bit) & 1).join("");
  const lengths = [...masks.map(([, length]) => length), escape];
  return `| ${name} | \`${masks.map(bits).join(" ")}\` | \`${lengths.join(" ")}\` |`;
}

function golomb(value: number, order: number): string {
  const writer = new BitWriter(8);
  writer.writeVariable(value, order);
  return Array.from({ length: writer.position }, (_, bit) => (writer.words[0] >>> bit) & 1).join("");
}

/** 32-bit FNV-1a, in hexadecimal. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16);
}
