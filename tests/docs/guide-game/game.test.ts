import { expect, it } from "vitest";
import { hunt } from "./game.ts";

it("fires once per reload, however long the button is held", () => {
  const world = hunt.createWorld();
  const inputs = hunt.createInputs();
  world.spawn("player", { owner: 1 });
  const held = hunt.input.neutralRow();
  hunt.input.write({ fire: true }, held);
  inputs.set(1, held);
  for (let tick = 1; tick <= 20; tick++) hunt.step(world, tick, inputs);
  expect(world.countOf("bullet")).toBe(2);
});

it("gives the same world for the same inputs", () => {
  const run = () => {
    const world = hunt.createWorld();
    world.seed = 7;
    world.spawn("player", { owner: 1 });
    const inputs = hunt.createInputs();
    const row = hunt.input.neutralRow();
    hunt.input.write({ moveX: 1, aim: 0.5, fire: true }, row);
    inputs.set(1, row);
    for (let tick = 1; tick <= 200; tick++) hunt.step(world, tick, inputs);
    return world.hash();
  };
  expect(run()).toBe(run());
});
