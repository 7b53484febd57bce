import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

/** 150 ms there and back, without jitter or loss, so that nothing but the mechanisms differs. */
const STEADY = condition({ latencyMs: 75 });
const ROUND_TRIP_MS = 150;

/** Two players that have settled in; `places` notes where the first client shows each of them, frame by frame. */
function watched() {
  const stepper = new Stepper({ game: field, seed: 4 });
  const [mover, watcher] = [0, 1].map((i) =>
    stepper.join(STEADY, (owner) => stepper.simulation.world.spawn("player", { owner, x: i * 5 })),
  );
  stepper.run(3000);
  const frames: { atMs: number; mine: number; other: number }[] = [];
  stepper.onFrame = (client, atMs) => {
    if (client !== mover) return;
    const x = (mine: boolean): number =>
      Number(client.shown.player.find((player) => player.mine === mine)?.x);
    frames.push({ atMs, mine: x(true), other: x(false) });
  };
  return { stepper, mover, watcher, frames };
}

/** Milliseconds from the press until the first frame that shows the own player at another place. */
function keyToEye({ stepper, mover, frames }: ReturnType<typeof watched>): number {
  stepper.run(100);
  const from = frames.at(-1)!.mine;
  const pressedMs = stepper.scheduler.nowMs();
  mover.input.moveX = 1;
  stepper.run(600);
  return frames.find(({ atMs, mine }) => atMs >= pressedMs && mine !== from)!.atMs - pressedMs;
}

describe("the switches of the mechanisms", () => {
  it("make a key act in the next frame with prediction, and after a round trip without it", () => {
    expect(keyToEye(watched())).toBeLessThan(17);
    const without = watched();
    without.mover.mechanisms.prediction = false;
    without.mover.mechanisms.interpolation = false;
    const delay = keyToEye(without);
    expect(delay).toBeGreaterThanOrEqual(ROUND_TRIP_MS);
    expect(delay).toBeLessThan(ROUND_TRIP_MS + 100);
  });

  it("draw the player back to an old place without reconciliation, and never with it", () => {
    const backwards = (reconciliation: boolean): number => {
      const { stepper, mover, frames } = watched();
      mover.mechanisms.reconciliation = reconciliation;
      mover.input.moveX = 1;
      stepper.run(1000);
      return frames.filter(({ mine }, i) => i > 0 && mine < frames[i - 1].mine).length;
    };
    expect(backwards(true)).toBe(0);
    expect(backwards(false)).toBeGreaterThan(3);
  });

  it("agree with the server again, exactly, soon after reconciliation is switched on", () => {
    const { stepper, mover } = watched();
    mover.mechanisms.reconciliation = false;
    mover.input.moveX = 1;
    stepper.run(700);
    mover.mechanisms.reconciliation = true;
    stepper.run(300);
    const { corrections } = mover.netcode.predictor;
    stepper.run(500);
    mover.input.moveX = 0;
    stepper.run(1000);
    expect(mover.netcode.predictor.corrections).toBe(corrections);
    const [truth] = stepper.simulation.world.all("player");
    expect(mover.shown.player.find((player) => player.mine === true)?.x).toBe(truth.x);
  });

  it("move others in every frame with interpolation, and only with snapshots without it", () => {
    const standing = (interpolation: boolean): number => {
      const { stepper, mover, watcher, frames } = watched();
      mover.mechanisms.interpolation = interpolation;
      watcher.input.moveX = 1;
      stepper.run(500);
      frames.length = 0;
      stepper.run(1000);
      return frames.filter(({ other }, i) => i > 0 && other === frames[i - 1].other).length / frames.length;
    };
    expect(standing(true)).toBe(0);
    expect(standing(false)).toBeGreaterThan(0.4);
  });

  it("show what was predicted where the newest snapshot had it, once, when prediction is off", () => {
    const { stepper, mover } = watched();
    mover.mechanisms.prediction = false;
    mover.input.moveX = 1;
    stepper.run(500);
    const mine = mover.shown.player.filter((player) => player.mine === true);
    expect(mine).toHaveLength(1);
    expect(mine[0].predicted).toBe(false);
  });
});
