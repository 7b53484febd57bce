import { describe, expect, it } from "vitest";
import { crates } from "./game.ts";
import { lamps } from "./ropes.ts";

describe("the guide's games with a physics engine", () => {
  it("let a player roll against a crate and push it, and jump", () => {
    const world = crates.createWorld();
    const player = world.spawn("player", { owner: 1, position: { x: -3, y: 0.5, z: 0 } });
    const crate = world.spawn("crate", { position: { x: 0, y: 0.5, z: 0 } });
    const inputs = crates.createInputs();
    const row = crates.input.neutralRow();
    const hold = (values: { moveX: number; jump: boolean }, ticks: number): void => {
      crates.input.write(values, row);
      inputs.set(1, row);
      for (let i = 0; i < ticks; i++) crates.step(world, world.tick + 1, inputs);
    };
    hold({ moveX: 1, jump: false }, 90);
    expect(player.position.x).toBeGreaterThan(-2);
    expect(crate.position.x).toBeGreaterThan(0.1);
    hold({ moveX: 0, jump: false }, 300);
    hold({ moveX: 0, jump: true }, 8);
    expect(player.position.y).toBeGreaterThan(0.6);
  });

  it("hang lamps from ropes that hold, though they are tied anew in every tick", () => {
    const world = lamps.createWorld();
    const lamp = world.spawn("lamp", { x: 0.5, y: 9 });
    const inputs = lamps.createInputs();
    for (let tick = 1; tick <= 240; tick++) {
      lamps.step(world, tick, inputs);
      expect(Math.hypot(lamp.x - lamp.id * 2, lamp.y - 10)).toBeLessThan(3.1);
    }
    expect(lamp.y).toBeLessThan(8);
  });
});
