import { condition } from "@tidelock/shared";
import { expect, it } from "vitest";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

const ONE_WAY_TICKS = 4.5;

function settled() {
  const stepper = new Stepper({ game: field, seed: 4 });
  const client = stepper.join(condition({ latencyMs: 75 }), (owner) =>
    stepper.simulation.world.spawn("player", { owner }),
  );
  stepper.run(3000);
  const stall = (): void => {
    client.hidden = true;
    stepper.run(500);
    client.hidden = false;
    stepper.run(1500);
  };
  return { stepper, stall, ahead: () => client.netcode.lead.predictedTick - stepper.ticksNow() };
}

it("goes no further ahead because the page was busy for half a second", () => {
  const { stepper, stall, ahead } = settled();
  for (let i = 0; i < 3; i++) {
    stall();
    expect(ahead()).toBeLessThan(ONE_WAY_TICKS + 5);
    stepper.run(3000);
  }
});

it("goes further ahead on a page that is busy again and again", () => {
  const { stall, ahead } = settled();
  for (let i = 0; i < 4; i++) stall();
  expect(ahead()).toBeGreaterThan(ONE_WAY_TICKS + 8);
});

it("is as far ahead as the path asks for from the first second on: inputs that were never given do not count as late", () => {
  const stepper = new Stepper({ game: field, seed: 1 });
  const client = stepper.join(condition({ latencyMs: 75 }), (owner) =>
    stepper.simulation.world.spawn("player", { owner }),
  );
  const ahead = (): number => client.netcode.lead.predictedTick - stepper.ticksNow();
  for (let second = 1; second <= 5; second++) {
    stepper.run(1000);
    expect(ahead()).toBeGreaterThan(ONE_WAY_TICKS);
    expect(ahead()).toBeLessThan(ONE_WAY_TICKS + 5);
  }
  client.hidden = true;
  stepper.run(20_000);
  client.hidden = false;
  stepper.run(1000);
  expect(ahead()).toBeLessThan(ONE_WAY_TICKS + 6);
});
