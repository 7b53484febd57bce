import type { NetStats } from "@tidelock/client";
import { condition } from "@tidelock/shared";
import { expect, it } from "vitest";
import { Stepper } from "../stepper/stepper.ts";
import { hops } from "./hopping-game/game.ts";

/** What a player could be told of a path that is to blame for what it feels like. */
function verdict({ inputMarginTicks, lossShare, longestLossBurst, leadTicks }: NetStats): string {
  if (inputMarginTicks < 0) return "your inputs come late";
  if (lossShare > 0.03 && longestLossBurst > 3) return "your connection drops packets in bursts";
  if (leadTicks > 20) return "your connection is far away or uneven";
  return "fine";
}

it("the figures of a session tell a good path from a bad one", () => {
  const verdictOn = (path: ReturnType<typeof condition>): string => {
    const stepper = new Stepper({ game: hops });
    const client = stepper.join(path, (owner) => void stepper.simulation.world.spawn("body", { owner }));
    stepper.run(20_000);
    return verdict(client.netcode.stats(stepper.scheduler.nowMs(), "webrtc-direct", undefined));
  };
  expect(verdictOn(condition({ latencyMs: 20 }))).toBe("fine");
  expect(verdictOn(condition({ latencyMs: 200, jitterMs: 60 }))).toBe(
    "your connection is far away or uneven",
  );
});
