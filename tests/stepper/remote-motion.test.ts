import { type Condition, condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

const FRAME_SECONDS = 1 / 60;
/** The field's top speed, play-out at most 1.15 times as fast, and one step of the shown grid. */
const FARTHEST = 7 * FRAME_SECONDS * 1.15 + 1 / 64;

/** Per-frame motion of a player who changes direction all the time, as another sees it; and how often it was a guess. */
function watch(path: Condition, seed: number) {
  const stepper = new Stepper({ game: field, seed });
  const [watcher, mover] = [0, 1].map((i) =>
    stepper.join(path, (owner) => stepper.simulation.world.spawn("player", { owner, x: i * 5 })),
  );
  const motions: number[] = [];
  let guesses = 0;
  let last = Number.NaN;
  stepper.onFrame = (client, nowMs) => {
    if (client === mover) client.input.moveX = [1, -1, 0, 0.5, -0.5][Math.floor(nowMs / 330) % 5];
    if (client !== watcher) return;
    const x = Number(client.shown.player?.find(({ mine }) => !mine)?.x);
    if (nowMs > 5000) {
      motions.push(Math.abs(x - last));
      if (client.netcode.playout.roomTicks < 0) guesses += 1;
    }
    last = x;
  };
  stepper.run(35_000);
  return { largest: Math.max(...motions), guesses };
}

describe("the motion of others", () => {
  it("has no leap where snapshots show that a guess was wrong", () => {
    const path = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 10 });
    for (let seed = 1; seed <= 5; seed += 1) {
      const { largest, guesses } = watch(path, seed);
      expect(guesses).toBeGreaterThan(10);
      expect(largest).toBeGreaterThan(7 * FRAME_SECONDS * 0.9);
      expect(largest).toBeLessThan(FARTHEST);
    }
  });

  it("comes back over several frames from the long guess of a burst of losses", () => {
    const path = condition({ latencyMs: 50, jitterMs: 30, burstLossPercent: 5, burstFrames: 3 });
    // A guess of 150 ms at full speed past a turn is up to two units wrong.
    for (let seed = 1; seed <= 5; seed += 1) expect(watch(path, seed).largest).toBeLessThan(0.5);
  });
});
