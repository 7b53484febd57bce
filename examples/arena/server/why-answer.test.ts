import { expect, it } from "vitest";
import { whyAnswer } from "./why-answer.ts";

it("tells a player why something in view was not sent, and since when", () => {
  const why = { tick: 60, reason: "over-budget", since: 52, told: 50 } as const;
  expect(whyAnswer(7, why)).toEqual({ entity: 7, reason: "over-budget", during: 8, toldAgo: 10 });
  expect(whyAnswer(7, { ...why, told: -1 })).toEqual({ entity: 7, reason: "over-budget", during: 8 });
});

it("says the same of what the player may not see as of what does not exist", () => {
  const unseen = whyAnswer(7, { tick: 60, reason: "not-in-view", since: 2, told: -1 });
  expect(whyAnswer(7, { tick: 60, reason: "no-such-entity", since: 58, told: 30 })).toEqual(unseen);
});
