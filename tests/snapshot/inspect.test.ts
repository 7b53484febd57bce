import { ByteAccount, SnapshotDecoder } from "@tidelock/client";
import { SNAPSHOT_KIND } from "@tidelock/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arena } from "../../examples/arena/shared/game.ts";
import { inspectRecording, type InspectedFrame } from "../../tools/inspect/inspect-recording.ts";
import { PartTotals } from "../../tools/inspect/part-totals.ts";
import { printFrame, printTotals } from "../../tools/inspect/print.ts";
import { readRecording } from "../../tools/recording/recording.ts";
import { recordArena } from "./recorded-arena.ts";

/** Bits after END that only fill the last byte. */
const FILLING = 7;

const clean = recordArena(400, { delay: 3 });
const lossy = recordArena(400, { delay: 5, loss: 0.1 });

function inspect(bytes: Uint8Array): InspectedFrame[] {
  return [...inspectRecording(readRecording(bytes), arena)];
}

function bitsOf({ parts = [] }: InspectedFrame): number {
  return parts.reduce((sum, { bits }) => sum + bits, 0);
}

describe("the packet inspector", () => {
  it("accounts for every bit of every packet of an arena run", () => {
    for (const recording of [clean, lossy]) {
      const frames = inspect(recording);
      expect(frames.length).toBeGreaterThan(100);
      for (const frame of frames) {
        expect(frame.dropped).toBeUndefined();
        expect(bitsOf(frame)).toBe(frame.bytes * 8);
        const filling = frame.parts?.find(({ part }) => part === "filling");
        expect(filling?.bits ?? 0).toBeLessThanOrEqual(FILLING);
        expect(frame.parts?.filter(({ part }) => part === "unread")).toEqual([]);
      }
    }
  });

  it("gives each part the place where the one before it ends", () => {
    for (const { parts = [] } of inspect(lossy)) {
      let at = 0;
      for (const part of parts) {
        expect(part.at).toBe(at);
        at += part.bits;
      }
    }
  });

  it("says the fields by name, expected and told, in the game's units", () => {
    const parts = inspect(lossy).flatMap((frame) => frame.parts ?? []);
    const turned = parts.filter(({ field, expected }) => field === "aim" && expected !== undefined);
    expect(turned.length).toBeGreaterThan(100);
    for (const { value, expected, type } of turned) {
      expect(type).toBe("player");
      expect(value).not.toBe(expected);
      expect(Math.abs(Number(value))).toBeLessThanOrEqual(Math.PI + 0.001);
    }
    const conditions = new Set(parts.filter(({ field }) => field === "condition").map(({ value }) => value));
    expect(conditions).toContain("fighting");
  });

  it("adds up, by type and field, to the bytes recorded, and to what the client's account says", () => {
    const totals = new PartTotals();
    for (const frame of inspect(lossy)) totals.add(frame);
    expect(totals.rows.reduce((sum, { bits }) => sum + bits, 0)).toBe(totals.bits);

    const { header, frames } = readRecording(lossy);
    const decoder = new SnapshotDecoder(arena.types);
    const account = (decoder.trace = new ByteAccount(arena.types));
    decoder.start(header.tick);
    for (const { frame } of frames) if (frame[0] === SNAPSHOT_KIND) decoder.receive(frame);
    expect(account.bits).toBe(totals.bits);
    expect(account.shares.reduce((sum, { bits }) => sum + bits, 0)).toBe(account.bits);
    for (const { type, field, bits, count } of totals.rows)
      if (!field.startsWith("("))
        expect(account.shares).toContainEqual(expect.objectContaining({ type, field, bits, count }));
  });

  it("says what is missing of a file that is cut off", () => {
    const whole = readRecording(clean);
    expect(whole.fault).toBeUndefined();
    const cut = readRecording(clean.subarray(0, clean.length - 3));
    expect(cut.frames.length).toBe(whole.frames.length - 1);
    expect(cut.fault).toMatch(
      /^The file ends after \d+ frames, at byte \d+: of a frame of \d+ bytes \d+ are there\.$/,
    );
  });

  it("prints a packet that was damaged as far as it could be read, and why it was dropped", () => {
    const { header, frames } = readRecording(clean);
    const damaged = frames.slice(0, 20);
    const last = damaged[19];
    damaged[19] = { ...last, frame: last.frame.subarray(0, 10) };
    const inspected = [...inspectRecording({ header, frames: damaged }, arena)];
    const text = printFrame(inspected[19]).join("\n");
    expect(text).toContain("DROPPED: malformed");
    expect(text).toMatch(/64 {2}header/);
    expect(text).toContain("its end is missing");
  });

  it("reads whatever is left of a damaged file, and says something of all of it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }), (damage) => {
        const bytes = clean.slice();
        // Behind the header: one that is damaged is refused by name.
        const start = readableFrom(clean);
        for (const [at, byte] of damage) bytes[start + (at % (bytes.length - start))] = byte;
        const totals = new PartTotals();
        for (const frame of inspect(bytes)) {
          totals.add(frame);
          expect(printFrame(frame).length).toBeGreaterThan(0);
          if (frame.dropped === undefined && frame.parts !== undefined)
            expect(bitsOf(frame)).toBe(frame.bytes * 8);
        }
        expect(printTotals(totals).length).toBeGreaterThan(3);
      }),
      { numRuns: 15 },
    );
  });
});

/** Where the frames of a recording begin. */
function readableFrom(bytes: Uint8Array): number {
  return 12 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
}
