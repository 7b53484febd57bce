import { describe, expect, it } from "vitest";
import { ReplayBudget } from "./replay-budget.ts";

describe("the budget of a replay", () => {
  it("lets every tick be replayed while it is not exceeded", () => {
    let now = 0;
    const budget = new ReplayBudget(() => now, 8);
    for (let i = 0; i < 50; i++) {
      expect(budget.begin(12)).toBe(12);
      now += 7;
      budget.end(12);
    }
  });

  it("allows as many ticks as fit once it knows what one takes, and at least one", () => {
    let now = 0;
    const budget = new ReplayBudget(() => now, 8);
    for (let i = 0; i < 50; i++) {
      const ticks = budget.begin(12);
      now += ticks * 2;
      budget.end(ticks);
    }
    expect(budget.begin(12)).toBe(4);
    for (let i = 0; i < 50; i++) {
      const ticks = budget.begin(12);
      now += ticks * 100;
      budget.end(ticks);
    }
    expect(budget.begin(12)).toBe(1);
  });

  it("bounds no time without a clock", () => {
    const budget = new ReplayBudget();
    budget.begin(60);
    budget.end(60);
    expect(budget.begin(60)).toBe(60);
  });
});
