import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { InputBuffer, type InputBufferOptions } from "./buffer.ts";
import { MissingInput } from "@tidelock/shared";

const FULL = 127;
const row = (moveX: number, fire = 0, aim = 0) => Int32Array.of(moveX, fire, aim);

function buffer(options: Partial<InputBufferOptions> = {}): InputBuffer {
  return new InputBuffer({
    neutral: Int32Array.of(0, 0, 0),
    missing: Uint8Array.of(MissingInput.fade, MissingInput.release, MissingInput.keep),
    tickRate: 40, // hold 4 ticks, repeat 10
    nextTick: 100,
    ...options,
  });
}

function consumed(inputs: InputBuffer, tick: number): { origin: string; row: number[] } {
  const out = new Int32Array(3);
  const origin = inputs.consume(tick, out);
  return { origin, row: [...out] };
}

describe("input buffer", () => {
  test("gives each tick the input meant for it, in whatever order they came", () => {
    const inputs = buffer();
    for (const tick of [102, 100, 101]) expect(inputs.receive(tick, row(tick), 0, 99)).toBe("accepted");
    for (const tick of [100, 101, 102]) {
      expect(consumed(inputs, tick)).toEqual({ origin: "received", row: [tick, 0, 0] });
    }
    expect(inputs.missed).toBe(0);
    expect(inputs.accepted).toBe(3);
  });

  test("reads a row at an offset and writes one at an offset", () => {
    const inputs = buffer();
    inputs.receive(100, Int32Array.of(9, 9, 1, 2, 3), 2, 99);
    const out = new Int32Array(5);
    inputs.consume(100, out, 1);
    expect([...out]).toEqual([0, 1, 2, 3, 0]);
  });

  test("drops and counts duplicates, before and after their tick has run", () => {
    const inputs = buffer();
    inputs.receive(100, row(1), 0, 99);
    expect(inputs.receive(100, row(2), 0, 99)).toBe("duplicate");
    expect(consumed(inputs, 100).row[0]).toBe(1);
    expect(inputs.receive(100, row(3), 0, 101)).toBe("duplicate");
    expect(inputs.duplicate).toBe(2);
    expect(inputs.late).toBe(0);
  });

  test("drops and counts inputs beyond the window without touching others", () => {
    const inputs = buffer();
    inputs.receive(100, row(1), 0, 99);
    expect(inputs.receive(131, row(7), 0, 99)).toBe("accepted");
    expect(inputs.receive(132, row(8), 0, 99)).toBe("early");
    expect(inputs.receive(164, row(8), 0, 99)).toBe("early");
    expect(inputs.receive(Number.POSITIVE_INFINITY, row(8), 0, 99)).toBe("early");
    expect(consumed(inputs, 100).row[0]).toBe(1);
    expect(inputs.early).toBe(3);
    expect(inputs.newestTick).toBe(131);
  });

  test("a late input never runs its tick again but is what gets repeated from then on", () => {
    const inputs = buffer();
    inputs.receive(100, row(5), 0, 99);
    consumed(inputs, 100);
    consumed(inputs, 101);
    expect(inputs.receive(101, row(60), 0, 101.5)).toBe("late");
    expect(consumed(inputs, 102)).toEqual({ origin: "repeated", row: [60, 0, 0] });
    expect(inputs.late).toBe(1);
    expect(inputs.missed).toBe(2);
  });

  test("of several late inputs the newest is repeated, in whatever order they came", () => {
    const inputs = buffer();
    for (const tick of [100, 101, 102]) consumed(inputs, tick);
    inputs.receive(102, row(20), 0, 103);
    inputs.receive(101, row(10), 0, 103);
    expect(consumed(inputs, 103).row[0]).toBe(20);
  });

  test("an input far too old does not take the place of one that is waiting", () => {
    const inputs = buffer();
    for (let tick = 100; tick < 150; tick++) consumed(inputs, tick);
    expect(inputs.receive(170, row(7), 0, 150)).toBe("accepted");
    expect(inputs.receive(106, row(1), 0, 150)).toBe("late");
    for (let tick = 150; tick < 170; tick++) consumed(inputs, tick);
    expect(consumed(inputs, 170)).toEqual({ origin: "received", row: [7, 0, 0] });
  });

  test("a missing input repeats the last, releases buttons, fades axes and keeps directions", () => {
    const inputs = buffer();
    inputs.receive(100, row(60, 1, 77), 0, 99);
    consumed(inputs, 100);
    for (const tick of [101, 102, 103, 104]) {
      expect(consumed(inputs, tick)).toEqual({ origin: "repeated", row: [60, 1, 77] });
    }
    expect([105, 106, 107, 108, 109].map((tick) => consumed(inputs, tick).row)).toEqual([
      [50, 0, 77],
      [40, 0, 77],
      [30, 0, 77],
      [20, 0, 77],
      [10, 0, 77],
    ]);
    expect(consumed(inputs, 110)).toEqual({ origin: "neutral", row: [0, 0, 77] });
    expect(inputs.missed).toBe(10);
  });

  test("before the first input a player is neutral and misses nothing", () => {
    const inputs = buffer({ neutral: Int32Array.of(3, 0, 8) });
    expect(consumed(inputs, 100)).toEqual({ origin: "neutral", row: [3, 0, 8] });
    inputs.receive(104, row(1), 0, 100);
    expect(consumed(inputs, 101).origin).toBe("neutral");
    expect(inputs.missed).toBe(0);
  });

  test("ticks nobody consumed are passed over", () => {
    const inputs = buffer();
    for (let tick = 100; tick < 110; tick++) inputs.receive(tick, row(tick), 0, 99);
    expect(consumed(inputs, 108).row[0]).toBe(108);
    expect(inputs.receive(107, row(1), 0, 109)).toBe("duplicate");
  });

  test("refuses to run a tick twice", () => {
    const inputs = buffer();
    consumed(inputs, 100);
    expect(() => consumed(inputs, 100)).toThrow(/input\/tick-order/);
  });

  test("refuses columns and times that do not fit together", () => {
    expect(() => buffer({ missing: Uint8Array.of(0) })).toThrow(/3 neutral values and 1 kinds/);
    expect(() => buffer({ holdTicks: 5, repeatTicks: 5 })).toThrow(/0 <= hold < repeat/);
  });

  test("reset forgets what was held and starts at the given tick", () => {
    const inputs = buffer();
    inputs.receive(100, row(60), 0, 99);
    consumed(inputs, 100);
    inputs.reset(500);
    expect(consumed(inputs, 500)).toEqual({ origin: "neutral", row: [0, 0, 0] });
    expect(inputs.newestTick).toBe(-1);
    expect(inputs.receive(501, row(2), 0, 500.5)).toBe("accepted");
  });
});

describe("margin report", () => {
  test("is the smallest margin of first arrivals since the last report", () => {
    const inputs = buffer();
    inputs.receive(102, row(1), 0, 99.25);
    inputs.receive(103, row(1), 0, 101.5);
    inputs.receive(102, row(1), 0, 101.9);
    expect(inputs.takeMargin()).toEqual({ smallestTicks: 1.5, arrivals: 2, newestTick: 103 });
    expect(inputs.takeMargin()).toEqual({ smallestTicks: Number.NaN, arrivals: 0, newestTick: 103 });
  });

  test("is negative for late inputs, once for each", () => {
    const inputs = buffer();
    for (let tick = 100; tick < 105; tick++) consumed(inputs, tick);
    inputs.receive(102, row(1), 0, 105.5);
    expect(inputs.takeMargin()).toEqual({ smallestTicks: -3.5, arrivals: 1, newestTick: 102 });
    expect(inputs.receive(102, row(1), 0, 106)).toBe("duplicate");
    expect(inputs.takeMargin().arrivals).toBe(0);
  });

  test("tells a client that is hopelessly early or late so, within bounds", () => {
    const inputs = buffer();
    inputs.receive(190, row(1), 0, 100);
    expect(inputs.takeMargin()).toEqual({ smallestTicks: 64, arrivals: 1, newestTick: -1 });
    for (let tick = 100; tick < 300; tick++) consumed(inputs, tick);
    inputs.receive(150, row(1), 0, 300);
    expect(inputs.takeMargin()).toEqual({ smallestTicks: -64, arrivals: 1, newestTick: 150 });
    inputs.receive(149, row(1), 0, 300);
    expect(inputs.takeMargin().arrivals).toBe(0);
  });
});

describe("sending faster", () => {
  /** How far a body moves that advances by its axis once per tick, given what its player sends. */
  function distance(ticks: number, send: (inputs: InputBuffer, tick: number) => void): number {
    const inputs = buffer({ nextTick: 0 });
    const out = new Int32Array(3);
    let moved = 0;
    for (let tick = 0; tick < ticks; tick++) {
      send(inputs, tick);
      inputs.consume(tick, out);
      moved += out[0];
    }
    return moved;
  }
  const honest = (ticks: number) =>
    distance(ticks, (inputs, tick) => inputs.receive(tick, row(FULL), 0, tick));

  test("at four times the rate moves no further than an honest sender", () => {
    const repeated = distance(200, (inputs, tick) => {
      for (let i = 0; i < 4; i++) inputs.receive(tick, row(FULL), 0, tick);
    });
    const ahead = distance(200, (inputs, tick) => {
      for (let i = 0; i < 4; i++) inputs.receive(tick * 4 + i, row(FULL), 0, tick);
    });
    expect(repeated).toBe(honest(200));
    expect(ahead).toBeLessThanOrEqual(honest(200));
  });

  test("whatever is sent, a tick moves by one input at most and memory stays as it was", () => {
    const sends = fc.array(fc.array(fc.integer({ min: -80, max: 80 }), { maxLength: 12 }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(sends, (perTick) => {
        const inputs = buffer({ nextTick: 0 });
        const out = new Int32Array(3);
        let sent = 0;
        for (const [tick, offsets] of perTick.entries()) {
          for (const offset of offsets) inputs.receive(tick + offset, row(FULL), 0, tick + 0.5);
          sent += offsets.length;
          inputs.consume(tick, out);
          expect(out[0]).toBeGreaterThanOrEqual(0);
          expect(out[0]).toBeLessThanOrEqual(FULL);
        }
        expect(inputs.accepted + inputs.late + inputs.duplicate + inputs.early).toBe(sent);
      }),
    );
  });
});
