import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LossMeter } from "./loss-meter.ts";

test("a complete stream has no loss, across the wrap of the sequence", () => {
  const meter = new LossMeter();
  for (let index = 0; index < 500; index++) expect(meter.observe((65_400 + index) & 0xffff)).toBe(0);
  expect(meter.lossShare).toBe(0);
  expect(meter.longestBurst).toBe(0);
});

test("gaps are loss, and the longest gap is the burst", () => {
  const meter = new LossMeter();
  for (let sequence = 0; sequence < 200; sequence++) {
    if (sequence % 20 === 5 || (sequence >= 100 && sequence < 104)) continue;
    meter.observe(sequence);
  }
  expect(meter.lossShare).toBeCloseTo(14 / 197, 3);
  expect(meter.longestBurst).toBe(4);
});

test("packets that overtook each other are reordered, not lost", () => {
  const meter = new LossMeter();
  for (let sequence = 0; sequence < 100; sequence += 2) {
    meter.observe(sequence + 1);
    meter.observe(sequence);
  }
  expect(meter.lossShare).toBe(0);
  expect(meter.reordered).toBe(49);
  expect(meter.duplicates).toBe(1); // the very first is older than anything known
});

test("a doubled packet is counted once", () => {
  const meter = new LossMeter();
  for (let sequence = 0; sequence < 50; sequence++) {
    expect(meter.observe(sequence)).toBe(0);
    expect(meter.observe(sequence)).toBe(-1);
  }
  expect(meter.duplicates).toBe(50);
  expect(meter.lossShare).toBe(0);
});

test("measures exactly what is missing from any stream that arrives in order", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 10, maxLength: 250 }), fc.nat(65_535), (fates, start) => {
      const meter = new LossMeter();
      const kept = [true, ...fates, true, true, true];
      kept.forEach((arrives, index) => arrives && meter.observe((start + index) & 0xffff));
      const judged = kept.slice(0, -3);
      expect(meter.lossShare).toBeCloseTo(judged.filter((arrives) => !arrives).length / judged.length, 9);
    }),
  );
});
