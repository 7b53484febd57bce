import { type Condition, condition } from "./condition.ts";

/** Paths worth playing on, per direction. The round trip has twice the latency. */
export const conditionPresets = {
  /** Nothing added. */
  off: condition({}),
  /** A cable in the same house. */
  lan: condition({ latencyMs: 1, jitterMs: 1 }),
  /** Wired broadband to a server in the same part of a continent: 40 ms there and back. */
  regional: condition({ latencyMs: 20, jitterMs: 4, lossPercent: 0.2 }),
  /** Across an ocean, 150 ms there and back, with the loss of a long path: what prediction must hide. */
  international: condition({ latencyMs: 75, jitterMs: 10, lossPercent: 2, reorderPercent: 0.5 }),
  /** A phone in a moving train: delay swings, loss comes in bursts at handovers, and uplinks are narrow. */
  mobile: condition({
    latencyMs: 45,
    jitterMs: 30,
    lossPercent: 1,
    burstLossPercent: 2,
    burstFrames: 8,
    bytesPerSecond: 250_000,
  }),
  /** The far room with a microwave oven between: bursts, link-layer repeats, and the air taken for up to half a second at a time. */
  badWifi: condition({
    latencyMs: 70,
    jitterMs: 50,
    burstLossPercent: 5,
    burstFrames: 3,
    duplicatePercent: 1,
    reorderPercent: 2,
    stallMs: 500,
    stallEveryMs: 10_000,
  }),
} as const satisfies Record<string, Condition>;

/** The name of a preset. */
export type ConditionPreset = keyof typeof conditionPresets;

/** Whether a text, from a menu or a query, names a preset. */
export function isConditionPreset(name: string): name is ConditionPreset {
  return Object.hasOwn(conditionPresets, name);
}
