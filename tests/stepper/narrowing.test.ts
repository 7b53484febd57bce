import { everyone, gridInterest, type InterestPolicy } from "@tidelock/server";
import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { GROUPS, type Group, type Picture, type PictureFigures, pictureFigures } from "../picture/picture.ts";
import { takePicture } from "../picture/take-picture.ts";
import { Wanderers } from "../picture/wanderers.ts";
import { Bottleneck } from "./bottleneck.ts";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

const WIDE = 125_000;
const NARROW = 8000;
const TICK_MS = 1000 / field.tickRate;
/** Pictures are taken so often. */
const LOOK_MS = 100;

/** A crowd, and one client whose path becomes narrow and wide again. */
function play(interest: InterestPolicy, rttMs: number, lossPercent = 0) {
  const stepper = new Stepper({ game: field, seed: 3, interest });
  const { simulation, scheduler } = stepper;
  const wanderers = new Wanderers(simulation.world, 400);
  const tick = simulation.tick.bind(simulation);
  simulation.tick = (number, behind, nowMs) => {
    wanderers.steer(number);
    tick(number, behind, nowMs);
    wanderers.record(number);
  };
  const path = new Bottleneck(scheduler, WIDE);
  const pictures: Picture[] = [];
  let dueMs = 0;
  stepper.onFrame = ({ netcode, shown, input }, nowMs) => {
    input.moveX = Math.floor(nowMs / 900) % 2 === 0 ? 1 : -1;
    if (nowMs < dueMs) return;
    dueMs = nowMs + LOOK_MS;
    const picture = takePicture(nowMs, shown.player, netcode.decoder, netcode.playout.roomTicks);
    if (picture !== undefined) pictures.push(picture);
  };
  const lossy = condition({ latencyMs: rttMs / 2, lossPercent });
  stepper.join(
    lossy,
    (owner) => simulation.world.spawn("player", { owner }),
    (end) => path.around(end),
  );
  const phase = (settleMs: number, ms: number) => {
    stepper.run(settleMs);
    pictures.length = 0;
    stepper.run(ms);
    return pictureFigures(pictures, wanderers.truth, (t) => t * TICK_MS, field.tickRate);
  };
  const before = phase(4000, 4000);
  const late = (): number => [...simulation.players.values()][0].link.drops.snapshot()["input-late"] ?? 0;
  const lateBefore = late();
  path.bytesPerSecond = NARROW;
  path.longestQueueMs = 0;
  const narrow = phase(1000, 8000);
  path.bytesPerSecond = WIDE;
  const after = phase(5000, 4000);
  const inputs = (9000 + 9000) / TICK_MS;
  return { before, narrow, after, lateShare: (late() - lateBefore) / inputs, queueMs: path.longestQueueMs };
}

/** How long the entities take to move as far as they were shown off. */
const secondsOff = ({ meanError, meanSpeed }: PictureFigures): number => meanError / meanSpeed;

describe("the picture of a crowd, on a path that drops from 1 Mbit/s to 64 kbit/s and comes back", () => {
  it.each([
    ["within a radius", () => gridInterest({ radius: 60 }), 50, 0],
    ["of everything there is", () => everyone(), 100, 5],
  ] as const)("%s degrades by priority, and recovers", (_name, interest, rttMs, lossPercent) => {
    const { before, narrow, after, lateShare, queueMs } = play(interest(), rttMs, lossPercent);
    expect(queueMs).toBeLessThan(250);
    // One in a thousand is what the lead aims at, here as on any path.
    expect(lateShare).toBeLessThan(0.001);
    const picture = (group: Group) => ({ age: narrow[group].meanAgeMs, off: secondsOff(narrow[group]) });
    const [best, nearSlow, farFast, worst] = GROUPS.map(picture);
    expect(best.off * 2).toBeLessThan(nearSlow.off);
    expect(best.off * 4).toBeLessThan(farFast.off);
    expect(nearSlow.off * 2).toBeLessThan(worst.off);
    expect(best.age).toBeLessThan(nearSlow.age);
    for (const far of [farFast, worst]) expect(best.age * 2).toBeLessThan(far.age);
    expect(nearSlow.age * 1.9).toBeLessThan(worst.age);
    // Nobody is given up: what is far off and slow has its turn, too.
    expect(worst.age).toBeLessThan(4000);
    expect(before.all.meanError * 2).toBeLessThan(narrow.all.meanError);
    expect(after.all.meanError).toBeLessThan(before.all.meanError * 1.25);
  });
});
