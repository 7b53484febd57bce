import { describe, expect, it } from "vitest";
import { button, defineGame, entity, input, type ModuleState, uint, worldModule } from "../index.ts";

class Tide implements ModuleState {
  height = 0;
  copyFrom(other: Tide): void {
    this.height = other.height;
  }
  hash(): number {
    return this.height;
  }
}

const tide = worldModule("tide", () => new Tide());
const stray = worldModule("stray", () => new Tide());
const game = defineGame({
  name: "shore",
  tickRate: 60,
  entities: { gauge: entity({ reading: uint({ max: 1000 }) }) },
  input: input({ pump: button() }),
  modules: [tide],
  step(world) {
    const sea = tide.of(world);
    sea.height++;
    for (const gauge of world.all("gauge")) gauge.reading = sea.height;
  },
});

function stepped(ticks: number) {
  const world = game.createWorld();
  world.spawn("gauge", {});
  for (let tick = 1; tick <= ticks; tick++) game.step(world, tick, game.createInputs());
  return world;
}

describe("a world module", () => {
  it("has a state of its own in each world", () => {
    const [long, short] = [stepped(5), stepped(2)];
    expect([tide.of(long).height, tide.of(short).height]).toEqual([5, 2]);
  });

  it("is copied with the world, so that stepping on from a copy gives the same", () => {
    const world = stepped(5);
    const copy = game.createWorld();
    copy.copyFrom(world);
    game.step(world, 6, game.createInputs());
    game.step(copy, 6, game.createInputs());
    expect(copy.hash()).toBe(world.hash());
    expect(tide.of(copy)).not.toBe(tide.of(world));
  });

  it("counts in the hash of the world", () => {
    const [a, b] = [stepped(3), stepped(3)];
    tide.of(b).height = 77;
    expect(a.hash()).not.toBe(b.hash());
  });

  it("that the game does not list is refused by name", () => {
    expect(() => stray.of(stepped(1))).toThrow(/module "stray" is not one of this world's game/);
  });
});
