import * as fc from "fast-check";
import { expect, test } from "vitest";
import { packQuaternion, packTurned, unpackQuaternion } from "./quaternion-codec.ts";

const part = fc.oneof(fc.constantFrom(0, 1, -1, 0.5), fc.double({ min: -1, max: 1, noNaN: true }));

test("A rotation that nothing turns keeps its form, a quarter turn too", () => {
  fc.assert(
    fc.property(part, part, part, part, fc.integer({ min: 4, max: 20 }), (x, y, z, w, bits) => {
      const highest = 2 ** (bits - 1) - 1;
      const packed = new Int32Array(4);
      packQuaternion(x, y, z, w, highest, packed);
      const q = { x: 0, y: 0, z: 0, w: 1 };
      unpackQuaternion(packed[0], packed[1], packed[2], packed[3], highest, q);
      const again = Int32Array.from(packed);
      packTurned(q.x, q.y, q.z, q.w, highest, again);
      expect(again).toEqual(packed);
    }),
  );
});
