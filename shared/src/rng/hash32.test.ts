import { describe, expect, test } from "vitest";
import { finishHash, hash32, mixHash } from "./hash32.ts";

describe("hash32", () => {
  test("gives the published values of MurmurHash3 with seed 0", () => {
    expect(hash32()).toBe(0);
    expect(hash32(0)).toBe(0x2362f9de);
    expect(hash32(1)).toBe(0xfbf1402a);
    expect(hash32(1, 2, 3)).toBe(0xe9d78ad6);
    expect(hash32(0x64636261)).toBe(0x43ed676a); // the bytes of "abcd"
  });

  test("depends on the order and on the number of the values", () => {
    expect(hash32(1, 2)).not.toBe(hash32(2, 1));
    expect(hash32(1)).not.toBe(hash32(1, 0));
  });

  test("takes values modulo 2^32", () => {
    expect(hash32(-1)).toBe(hash32(0xffffffff));
  });

  test("can be fed step by step", () => {
    expect(finishHash(mixHash(mixHash(0, 7), 9) ^ 8)).toBe(hash32(7, 9));
  });

  test("one changed input bit changes about half of the output bits", () => {
    let changed = 0;
    let pairs = 0;
    for (let value = 0; value < 200; value += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        let difference = hash32(value, 5) ^ hash32(value ^ (1 << bit), 5);
        for (; difference !== 0; difference &= difference - 1) changed += 1;
        pairs += 1;
      }
    }
    expect(changed / pairs).toBeGreaterThan(15.5);
    expect(changed / pairs).toBeLessThan(16.5);
  });
});
