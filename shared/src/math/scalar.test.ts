import { describe, expect, test } from "vitest";
import { clamp, lengthOf, lerp } from "./scalar.ts";

describe("clamp", () => {
  test("holds a value between its bounds", () => {
    expect(clamp(5, 0, 3)).toBe(3);
    expect(clamp(-5, 0, 3)).toBe(0);
    expect(clamp(2, 0, 3)).toBe(2);
    expect(clamp(Infinity, 0, 3)).toBe(3);
  });

  test("turns NaN into the lower bound", () => {
    expect(clamp(Number.NaN, -1, 1)).toBe(-1);
  });
});

describe("lerp", () => {
  test("is exact at both ends", () => {
    expect(lerp(0.1, 0.7, 0)).toBe(0.1);
    expect(lerp(0.1, 0.7, 1)).toBe(0.7);
    expect(lerp(2, 4, 0.5)).toBe(3);
  });
});

describe("lengthOf", () => {
  test("is the length of a vector", () => {
    expect(lengthOf(3, 4)).toBe(5);
    expect(lengthOf(0, 0)).toBe(0);
    expect(lengthOf(-2, 0)).toBe(2);
  });
});
