import { describe, expect, it } from "vitest";
import { InputGate, MAX_WAITING_INPUTS, NO_INPUT } from "./input-gate.ts";

const input = Uint8Array.of(1);

function drained(gate: InputGate, player: number, upTo: number): number[] {
  const numbers: number[] = [];
  gate.drain(player, upTo, (number) => numbers.push(number));
  return numbers;
}

describe("the gate for inputs", () => {
  it("lets each through once and in order, up to its tick", () => {
    const gate = new InputGate();
    for (const number of [5, 3, 4, 3, 8]) gate.receive(1, number, input);
    expect(drained(gate, 1, 6)).toEqual([3, 4, 5]);
    gate.receive(1, 4, input);
    gate.receive(1, 6, input);
    expect(drained(gate, 1, 8)).toEqual([6, 8]);
    expect([gate.cursor(1), gate.refused]).toEqual([8, 2]);
  });

  it("passes over what another owner has applied", () => {
    const gate = new InputGate();
    for (const number of [3, 4, 5]) gate.receive(1, number, input);
    gate.advance(1, 4);
    gate.receive(1, 2, input);
    expect(drained(gate, 1, 9)).toEqual([5]);
  });

  it("takes nothing that is meant for before it began, of players known and unknown", () => {
    const gate = new InputGate();
    gate.receive(1, 7, input);
    gate.startAt(10);
    for (const player of [1, 2]) for (const number of [9, 10]) gate.receive(player, number, input);
    expect([drained(gate, 1, 20), drained(gate, 2, 20)]).toEqual([[10], [10]]);
    expect([gate.cursor(1), gate.cursor(3), new InputGate().cursor(3)]).toEqual([10, 9, NO_INPUT]);
  });

  it("keeps the newest when too many wait", () => {
    const gate = new InputGate();
    for (let number = 0; number < MAX_WAITING_INPUTS + 3; number++) gate.receive(1, number, input);
    expect(drained(gate, 1, 1000)[0]).toBe(3);
  });

  it("hands over what waits when a player leaves, and forgets the player", () => {
    const gate = new InputGate();
    for (const number of [3, 4]) gate.receive(1, number, input);
    const relayed: number[] = [];
    gate.remove(1, (number) => relayed.push(number));
    expect([relayed, gate.size]).toEqual([[3, 4], 0]);
  });

  it("forgets players that are not there and send nothing more", () => {
    const gate = new InputGate();
    for (const player of [1, 2, 3]) gate.receive(player, player * 10, input);
    gate.forgetIdle(new Set([1]), 25);
    expect(gate.size).toBe(2);
    expect([drained(gate, 1, 99), drained(gate, 2, 99), drained(gate, 3, 99)]).toEqual([[10], [], [30]]);
  });

  it("refuses players beyond its bound instead of growing", () => {
    const gate = new InputGate();
    for (let player = 1; player <= 5000; player++) gate.receive(player, 1, input);
    expect([gate.size, gate.refused]).toEqual([4096, 904]);
  });
});
