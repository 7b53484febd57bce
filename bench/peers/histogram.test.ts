import { expect, it } from "vitest";
import { Histogram } from "./histogram.ts";

it("takes no bits for what is always the same, and one each for a fair coin", () => {
  const same = new Histogram();
  const coin = new Histogram();
  for (let i = 0; i < 64; i++) {
    same.add(3);
    coin.add(i & 1);
  }
  expect(same.entropyBits()).toBeCloseTo(0);
  expect(coin.entropyBits()).toBeCloseTo(64);
});
