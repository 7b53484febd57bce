import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  identityQuaternion,
  multiplyQuaternions,
  normaliseQuaternion,
  quaternionFromAxis,
  rotateQuaternion,
  type Quaternion,
} from "./quaternion.ts";

function lengthOfQuaternion(q: Quaternion): number {
  return Math.sqrt(q.x ** 2 + q.y ** 2 + q.z ** 2 + q.w ** 2);
}

const angle = fc.double({ min: -10, max: 10, noNaN: true });

describe("quaternions", () => {
  test("multiply as the units do: i times j is k", () => {
    const i = { x: 1, y: 0, z: 0, w: 0 };
    const j = { x: 0, y: 1, z: 0, w: 0 };
    expect(multiplyQuaternions(i, j, identityQuaternion())).toEqual({ x: 0, y: 0, z: 1, w: 0 });
    expect(multiplyQuaternions(j, i, identityQuaternion())).toEqual({ x: 0, y: 0, z: -1, w: 0 });
  });

  test("multiply into one of their own factors", () => {
    const a = quaternionFromAxis(1, 2, 3, 0.7, identityQuaternion());
    const b = quaternionFromAxis(-1, 0, 2, 1.9, identityQuaternion());
    const expected = multiplyQuaternions(a, b, identityQuaternion());
    expect(multiplyQuaternions({ ...a }, b, b)).toEqual(expected);
  });

  test("about one axis add their angles", () => {
    fc.assert(
      fc.property(angle, angle, (first, second) => {
        const a = quaternionFromAxis(0, 0, 5, first, identityQuaternion());
        const b = quaternionFromAxis(0, 0, 5, second, identityQuaternion());
        const both = quaternionFromAxis(0, 0, 5, first + second, identityQuaternion());
        const product = multiplyQuaternions(a, b, identityQuaternion());
        expect(product.z).toBeCloseTo(both.z, 12);
        expect(product.w).toBeCloseTo(both.w, 12);
      }),
    );
  });

  test("turned by an angular velocity reach the angle it stands for and keep length 1", () => {
    const q = identityQuaternion();
    for (let tick = 0; tick < 600; tick += 1) rotateQuaternion(q, 0, 0.5, 0, 1 / 60);
    expect(lengthOfQuaternion(q)).toBeCloseTo(1, 15);
    const expected = quaternionFromAxis(0, 1, 0, 5, identityQuaternion());
    expect(q.y).toBeCloseTo(expected.y, 12);
    expect(q.w).toBeCloseTo(expected.w, 12);
  });

  test("without a direction normalise to the identity", () => {
    for (const bad of [0, Number.NaN, Infinity]) {
      expect(normaliseQuaternion({ x: bad, y: 0, z: 0, w: 0 })).toEqual(identityQuaternion());
    }
    expect(quaternionFromAxis(0, 0, 0, 1, identityQuaternion())).toEqual(identityQuaternion());
  });

  test("normalise to length 1", () => {
    expect(normaliseQuaternion({ x: 0, y: 3, z: 0, w: 4 })).toEqual({ x: 0, y: 0.6, z: 0, w: 0.8 });
  });
});
