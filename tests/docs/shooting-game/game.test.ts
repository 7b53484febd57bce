import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { Stepper } from "../../stepper/stepper.ts";
import { yard } from "./game.ts";

type Weapon = "rifle" | "sword" | "rocket" | "bow";

/** A shooter 130 ms away fires at where its screen shows the other, who runs along x at full speed, so many units before it in y. */
function shoot(weapon: Weapon, y: number, compensated = true): { hp: number; hits: number } {
  const stepper = new Stepper({ game: yard, seed: 4 });
  const { world } = stepper.simulation;
  const path = condition({ latencyMs: 65 });
  const shooter = stepper.join(path, (owner) => void world.spawn("player", { owner, x: -20 }));
  const runner = stepper.join(path, (owner) => void world.spawn("player", { owner, x: -40, y }));
  shooter.mechanisms.lagCompensation = compensated;
  runner.input.moveX = 1;
  let fired = false;
  stepper.onFrame = (client, nowMs) => {
    const other = client.shown.player.find(({ mine }) => !mine);
    if (client !== shooter || nowMs < 2000 || fired || other === undefined || Number(other.x) < -20.1) return;
    fired = true;
    client.input.aim = Math.atan2(y, Number(other.x) + 20);
    client.input[weapon] = true;
  };
  stepper.run(6000);
  shooter.input[weapon] = false;
  const [, victim] = [...world.all("player")];
  return { hp: victim.hp, hits: stepper.simulation.past?.counts.hits ?? 0 };
}

describe("the guide's weapons hit what the shooter saw", () => {
  it.each([
    ["rifle", 6, 66],
    ["sword", 2.2, 50],
    ["bow", 1.5, 75],
  ] as const)("%s", (weapon, y, hp) => {
    const seen = shoot(weapon, y);
    expect(seen.hp).toBeLessThanOrEqual(hp);
    expect(seen.hits).toBeGreaterThan(0);
    expect(shoot(weapon, y, false).hp).toBe(100);
  });

  it("rocket, as long as it is in the past", () => {
    expect(shoot("rocket", 1.5).hp).toBe(20);
  });
});
