import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { enterStage, setUp } from "../../examples/duel/shared/crowd.ts";
import { duel } from "../../examples/duel/shared/game.ts";
import { moves } from "../../examples/duel/shared/moves.ts";
import { FULL_HEALTH } from "../../examples/duel/shared/rules.ts";
import { scriptedInputs } from "../../examples/duel/shared/scripted-inputs.ts";
import { Stepper } from "./stepper.ts";

/** 150 ms there and back, 10 ms of jitter, 2% lost. */
const FAR_APART = condition({ latencyMs: 70, jitterMs: 10, lossPercent: 2 });
const TICK_MS = 1000 / 60;

function meet(seed = 1) {
  const stepper = new Stepper({ game: duel, seed, sendEvery: 1 });
  const { world } = stepper.simulation;
  setUp(world);
  const clients = [0, 1].map(() => stepper.join(FAR_APART, (player) => void enterStage(world, player)));
  // Past the introduction.
  stepper.run(4000);
  const [left, right] = world.all("fighter");
  return { stepper, world, clients, left, right };
}

/** What a client shows of the fighter on a side. */
function seen({ shown }: { shown: Readonly<Record<string, Record<string, unknown>[]>> }, side: number) {
  const fighter = shown.fighter.find((candidate) => candidate.side === side)!;
  return { x: Number(fighter.x), health: Number(fighter.health), state: String(fighter.state) };
}

describe("the duel at 150 ms and 2% loss", () => {
  it("shows an own blow in the frame that presses it, and its hit at its tick, on the attacker's screen", () => {
    const { stepper, clients, left, right } = meet();
    [left.x, right.x] = [-0.5, 0.5];
    stepper.run(1000);
    const [attacker] = clients;
    const states: string[] = [];
    stepper.onFrame = (client) => {
      if (client !== attacker) return;
      states.push(seen(client, 0).state);
      client.input.light = states.length >= 3;
    };
    stepper.run(8 * TICK_MS);
    // Read after the third frame, shown in the fourth.
    expect(states.slice(0, 5)).toEqual(["idle", "idle", "idle", "light", "light"]);
    expect(seen(attacker, 1).health).toBe(FULL_HEALTH - moves.light.attack!.damage);
    // The server has not even heard of it.
    expect(right.health).toBe(FULL_HEALTH);
    stepper.run(500);
    expect(right.health).toBe(FULL_HEALTH - moves.light.attack!.damage);
    expect(seen(clients[1], 1).health).toBe(right.health);
  });

  it("brings both screens and the server to the same state when all is quiet", () => {
    const { stepper, clients, world } = meet(2);
    stepper.onFrame = (client) =>
      void Object.assign(client.input, scriptedInputs(client.netcode.tick, client.number));
    stepper.run(15_000);
    const { corrections } = clients[0].netcode.predictor;
    expect(corrections).toBeGreaterThan(0);
    stepper.onFrame = (client) => void Object.assign(client.input, duel.input.neutral());
    stepper.run(3000);
    for (const client of clients)
      for (const fighter of world.all("fighter")) {
        const { x, health, state } = fighter;
        expect(seen(client, fighter.side)).toEqual({ x, health, state });
      }
  });

  it("tells both of every hit once, whatever had to be replayed", () => {
    const { stepper, clients, world } = meet(3);
    const truth: string[] = [];
    const tick = stepper.simulation.tick.bind(stepper.simulation);
    stepper.simulation.tick = (...args) => {
      tick(...args);
      for (const { name, data } of world.events)
        if (name === "hit" || name === "block") truth.push(`${name} ${data.side}`);
    };
    const heard = (client: (typeof clients)[number]): string[] => {
      const told = (list: typeof client.events) =>
        list
          .filter(({ name }) => name === "hit" || name === "block")
          .map(({ name, data }) => `${name} ${Reflect.get(Object(data), "side")}`);
      const left = told(client.events);
      for (const event of told(client.cancelled)) left.splice(left.indexOf(event), 1);
      return left;
    };
    stepper.onFrame = (client) =>
      void Object.assign(client.input, scriptedInputs(client.netcode.tick, client.number));
    stepper.run(20_000);
    stepper.onFrame = (client) => void Object.assign(client.input, duel.input.neutral());
    stepper.run(2000);
    expect(truth.length).toBeGreaterThan(10);
    for (const client of clients) expect(heard(client).toSorted()).toEqual(truth.toSorted());
  });
});
