import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecording, recordedFrame, type RecordingHeader, recordingStart } from "./recording.ts";

const header: RecordingHeader = {
  game: "regatta",
  schemaHash: 0xfedcba98,
  protocol: 3,
  tickRate: 30,
  player: 7,
  tick: 123_456,
};

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

const HOUR_MS = 3600 * 1000;
const frames = fc
  .array(
    fc.record({
      timeMs: fc.double({ min: 0, max: HOUR_MS, noNaN: true }),
      frame: fc.uint8Array({ maxLength: 60 }),
    }),
    { maxLength: 12 },
  )
  .map((frames) => frames.toSorted((a, b) => a.timeMs - b.timeMs));

describe("a recording", () => {
  it("reads back what was recorded", () => {
    fc.assert(
      fc.property(frames, (frames) => {
        const bytes = joined([recordingStart(header), ...frames.map(recordedFrame)]);
        expect(readRecording(bytes)).toEqual({ header, frames });
      }),
    );
  });

  it("keeps what is whole of one that was cut off", () => {
    const frames = [1, 2, 3].map((n) => ({ timeMs: n * 33.5, frame: new Uint8Array(20).fill(n) }));
    const whole = joined([recordingStart(header), ...frames.map(recordedFrame)]);
    for (let cut = 1; cut <= 30; cut++)
      expect(readRecording(whole.subarray(0, whole.length - cut)).frames).toEqual(frames.slice(0, 2));
  });

  it("stops at a frame whose time cannot be, and says where", () => {
    for (const timeMs of [Number.NaN, -1, 5, 1e12]) {
      const times = [10, 20, timeMs, 30];
      const frames = times.map((timeMs) => ({ timeMs, frame: Uint8Array.of(1) }));
      const recording = readRecording(joined([recordingStart(header), ...frames.map(recordedFrame)]));
      expect(recording.frames).toEqual(frames.slice(0, 2));
      expect(recording.fault).toMatch(/damaged after 2 frames/);
    }
  });

  it("says what is wrong with bytes that are none, and throws nothing else", () => {
    const start = recordingStart(header);
    expect(() => readRecording(new Uint8Array(0))).toThrow(/does not begin with "TIDELOCK"/);
    expect(() => readRecording(start.subarray(0, 30))).toThrow(/ends within its header/);
    const text = (json: string) => {
      const bytes = joined([start.subarray(0, 12), new TextEncoder().encode(json)]);
      new DataView(bytes.buffer).setUint32(8, json.length, true);
      return () => readRecording(bytes);
    };
    expect(text("{")).toThrow(/is no JSON/);
    expect(text("null")).toThrow(/has format undefined; this version reads 1/);
    expect(text('{"format":9}')).toThrow(/has format 9/);
    expect(text('{"format":1}')).toThrow(/no "game"/);
    expect(text('{"format":1,"game":"regatta"}')).toThrow(/no number "schemaHash"/);
  });
});
