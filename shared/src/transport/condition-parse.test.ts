import { describe, expect, it } from "vitest";
import { TidelockError } from "../errors/tidelock-error.ts";
import { parseCondition, parsePathCondition } from "./condition-parse.ts";
import { conditionPresets } from "./condition-presets.ts";
import { condition, NO_CONDITION } from "./condition.ts";

describe("a condition's text", () => {
  it("gives numbers in milliseconds and percent", () => {
    expect(parseCondition("latency=75, jitter=10,loss=2")).toEqual(
      condition({ latencyMs: 75, jitterMs: 10, lossPercent: 2 }),
    );
    expect(parseCondition("burst=3,burstFrames=8,reorder=1,duplicate=0.5,rate=20000")).toEqual(
      condition({
        burstLossPercent: 3,
        burstFrames: 8,
        reorderPercent: 1,
        duplicatePercent: 0.5,
        bytesPerSecond: 20_000,
      }),
    );
  });

  it("gives the directions apart with a slash, and both the same without", () => {
    expect(parsePathCondition("mobile/latency=5")).toEqual({
      name: "mobile/latency=5",
      up: conditionPresets.mobile,
      down: condition({ latencyMs: 5 }),
    });
    expect(parsePathCondition("lan,stall=200,stallEvery=4000")).toEqual({
      name: "lan,stall=200,stallEvery=4000",
      up: { ...conditionPresets.lan, stallMs: 200, stallEveryMs: 4000 },
      down: { ...conditionPresets.lan, stallMs: 200, stallEveryMs: 4000 },
    });
    expect(parsePathCondition("/mobile")).toEqual({
      name: "/mobile",
      up: NO_CONDITION,
      down: conditionPresets.mobile,
    });
    expect(() => parsePathCondition("lan/lan/lan")).toThrow(/config\/condition/);
  });

  it("names a preset, with changes after it", () => {
    expect(parseCondition("international")).toEqual(conditionPresets.international);
    expect(parseCondition("mobile,loss=9")).toEqual({ ...conditionPresets.mobile, lossPercent: 9 });
    expect(parseCondition("")).toEqual(NO_CONDITION);
  });

  it.each([
    "dialup",
    "loss=lots",
    "loss=",
    "lag=5",
    "loss=101",
    "latency=-1",
    "toString",
    "constructor=1",
    "latency=1e9",
    "loss=NaN",
  ])("is refused with an explanation: %s", (text) => {
    expect(() => parseCondition(text)).toThrow(TidelockError);
    expect(() => parseCondition(text)).toThrow(/config\/condition/);
  });
});
