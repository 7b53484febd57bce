import { describe, expect, it } from "vitest";
import { extentOf, touches } from "./area.ts";

const at = (x: number, y: number, z = 0): Float64Array => Float64Array.of(x, y, z);
const center = { x: 0, y: 0 };

describe("a circle", () => {
  it("touches what reaches into it, in two dimensions and in three", () => {
    expect(touches({ center, radius: 2 }, at(2.4, 0), 0.5)).toBe(true);
    expect(touches({ center, radius: 2 }, at(2.6, 0), 0.5)).toBe(false);
    expect(touches({ center: { x: 0, y: 0, z: 5 }, radius: 2 }, at(0, 0, 7.4), 0.5)).toBe(true);
    expect(touches({ center: { x: 0, y: 0, z: 5 }, radius: 2 }, at(0, 0, 0), 0.5)).toBe(false);
  });

  it("with an arc touches what reaches into the arc from the side, and what stands on its centre", () => {
    const quarter = { center, radius: 5, facing: { x: 3, y: 0 }, arc: Math.PI / 2 };
    expect(touches(quarter, at(3, 2.9), 0.5)).toBe(true);
    expect(touches(quarter, at(3, 3.6), 0.5)).toBe(true);
    expect(touches(quarter, at(3, 3.8), 0.5)).toBe(false);
    expect(touches(quarter, at(-3, 0), 0.5)).toBe(false);
    expect(touches(quarter, at(-0.3, 0), 0.5)).toBe(true);
    expect(touches(quarter, at(3, 0, 3.6), 0.5)).toBe(true);
    expect(touches(quarter, at(3, 0, 3.8), 0.5)).toBe(false);
  });
});

describe("a box", () => {
  it("touches what reaches into it, corners rounded by the target", () => {
    const box = { center, half: { x: 2, y: 1 } };
    expect(touches(box, at(2.4, 0), 0.5)).toBe(true);
    expect(touches(box, at(2.4, 1.4), 0.5)).toBe(false);
    expect(touches(box, at(0, 0, 0.6), 0.5)).toBe(false);
  });

  it("turns to where it faces", () => {
    const box = { center, half: { x: 4, y: 0.5 }, facing: { x: 0, y: 2 } };
    expect(touches(box, at(0, 4), 0.1)).toBe(true);
    expect(touches(box, at(4, 0), 0.1)).toBe(false);
  });
});

it("tells how far an area reaches", () => {
  expect(extentOf({ center, radius: 3 })).toBe(3);
  expect(extentOf({ center, half: { x: 3, y: 4 } })).toBe(5);
});
