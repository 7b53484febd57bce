import { describe, expect, test } from "vitest";
import { Rng } from "./rng.ts";
import { streamFor } from "./stream.ts";

describe("streamFor", () => {
  test("gives the same numbers for the same seed, tick and entity, whatever was drawn before", () => {
    const reused = new Rng(1);
    streamFor(9, 99, 3, reused).float();
    expect(streamFor(9, 100, 3, reused).uint32()).toBe(streamFor(9, 100, 3).uint32());
    expect(streamFor(9, 100, 3).uint32()).toBe(1360133675);
  });

  test("gives neighbouring entities and ticks unrelated numbers", () => {
    const stream = new Rng(0);
    const seen = new Set<number>();
    let sum = 0;
    let product = 0;
    let previous = 0.5;
    for (let tick = 0; tick < 200; tick += 1) {
      for (let entity = 0; entity < 100; entity += 1) {
        const value = streamFor(1234, tick, entity, stream).float();
        seen.add(value);
        sum += value;
        product += (value - 0.5) * (previous - 0.5);
        previous = value;
      }
    }
    expect(seen.size).toBeGreaterThan(19_990);
    expect(Math.abs(sum / 20_000 - 0.5)).toBeLessThan(0.0082); // four standard errors
    expect(Math.abs(product / 20_000)).toBeLessThan(0.0024); // four standard errors
  });
});
