import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { angle, axis, button, enumeration, input, InputType, real } from "../index.ts";
import { HeldInputs } from "./held-inputs.ts";

const type = new InputType(
  input({
    move: axis(),
    aim: angle({ bits: 12 }),
    fire: button(),
    weapon: enumeration(["bow", "axe", "net"]),
    throttle: real({ min: -2, max: 6, grid: 1 / 8 }),
  }),
  60,
);

function rows(seed: number, ticks: number, player = 1): number[][] {
  const inputs = new HeldInputs(type, 2, seed);
  const row = type.neutralRow();
  return Array.from({ length: ticks }, () => {
    inputs.next(player, row);
    return [...row];
  });
}

describe("HeldInputs", () => {
  it("stays within the declared ranges", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const row of rows(seed, 300))
          for (const { index, lowest, highest } of type.record.columns) {
            expect(row[index]).toBeGreaterThanOrEqual(lowest);
            expect(row[index]).toBeLessThanOrEqual(highest);
          }
      }),
      { numRuns: 20 },
    );
  });

  it("is a function of seed and player", () => {
    expect(rows(3, 200)).toEqual(rows(3, 200));
    expect(rows(3, 200)).not.toEqual(rows(4, 200));
    expect(rows(3, 200, 1)).not.toEqual(rows(3, 200, 2));
  });

  it("uses the whole of what a player may do", () => {
    const all = rows(1, 6000);
    for (const { index, lowest, highest } of type.record.columns) {
      const seen = all.map((row) => row[index]);
      expect(Math.min(...seen)).toBeLessThanOrEqual(lowest + (highest - lowest) / 50);
      expect(Math.max(...seen)).toBeGreaterThanOrEqual(highest - (highest - lowest) / 50);
    }
  });

  it("presses buttons for as long as hands do, and now and then for one tick", () => {
    const fire = rows(2, 20_000).map((row) => row[2]);
    const presses = fire.join("").match(/1+/g) ?? [];
    expect(presses.length).toBeGreaterThan(300);
    expect(presses.some((press) => press.length === 1)).toBe(true);
    expect(Math.max(...presses.map((press) => press.length))).toBeLessThan(60);
  });

  it("lets go of everything for a second now and then", () => {
    const still = rows(5, 20_000).map((row) => (row[0] === 0 && row[2] === 0 ? 1 : 0));
    expect(still.join("")).toMatch(/1{60}/);
  });
});
