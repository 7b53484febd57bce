import { expect, test } from "vitest";
import { input } from "../../input/input-type.ts";
import { entity } from "../../schema/entity-type.ts";
import { axis } from "../../schema/field.ts";
import { defineGame } from "../../simulation/game.ts";

const memories: WebAssembly.Memory[] = [];
const instantiate = WebAssembly.instantiate;

/** Loads the engine, and finds the memory that it has for itself. */
async function loadEngine() {
  const watched = async (...args: Parameters<typeof instantiate>): Promise<unknown> => {
    const made: unknown = await instantiate(...args);
    const instance =
      made instanceof WebAssembly.Instance
        ? made
        : (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
    for (const thing of Object.values(instance.exports))
      if (thing instanceof WebAssembly.Memory) memories.push(thing);
    return made;
  };
  WebAssembly.instantiate = watched as typeof instantiate;
  try {
    return await import("./rapier2d.ts");
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

test.each(["rebuilt", "kept"] as const)(
  "10,000 times going back and stepping again leave the engine's memory as it was, with state %s",
  { timeout: 60_000 },
  async (engineState) => {
    const { bodyFields2d, RAPIER, rapier2d } = await loadEngine();
    const entities = { ball: entity(bodyFields2d({ min: -32, max: 32, grid: 1 / 4096, maxSpeed: 60 })) };
    const physics = rapier2d("physics", {
      entities,
      engineState,
      bodies: { ball: { colliders: () => [RAPIER.ColliderDesc.ball(0.5)] } },
    });
    const game = defineGame({
      name: "balls",
      tickRate: 60,
      entities,
      modules: [physics],
      input: input({ x: axis() }),
      step: (world) => physics.step(world),
    });
    const inputs = game.createInputs();
    const world = game.createWorld();
    for (let i = 0; i < 4; i++) world.spawn("ball", { x: i * 0.9, vx: 5 - i });
    game.step(world, 1, inputs);
    const past = game.createWorld();
    past.copyFrom(world);
    const goBack = (times: number): number => {
      for (let i = 0; i < times; i++) {
        world.copyFrom(past);
        game.step(world, 2, inputs);
      }
      return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    };
    const before = goBack(500);
    expect(before).toBeGreaterThan(0);
    expect(goBack(10_000)).toBe(before);
  },
);
