import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AckedTicks } from "./acked-ticks.ts";

/** A client that was sent a snapshot every second tick up to 40 and has told of these packets. */
function told(newest: number, mask: number): AckedTicks {
  const acked = new AckedTicks();
  for (let sequence = 0; sequence <= 20; sequence++) acked.sent(sequence, sequence * 2);
  acked.acknowledge(newest, mask);
  return acked;
}

test("finds the ticks on either side of a moment among those the client has", () => {
  const acked = told(20, 0b1011);
  expect(acked.newest).toBe(40);
  expect(acked.floor(37, acked.newest)).toBe(36);
  expect(acked.after(36, acked.newest)).toBe(38);
  expect([acked.floor(35, 40), acked.after(32, 40)]).toEqual([32, 36]);
});

test("answers for what the client had before the newest came", () => {
  const acked = told(20, 0b1);
  expect([acked.floor(40, 38), acked.after(38, 38)]).toEqual([38, -1]);
});

test("passes over packets that were never sent, and forgets all when the client begins anew", () => {
  const acked = told(20, 0);
  acked.acknowledge(300, 0xffffffff);
  expect(acked.newest).toBe(40);
  acked.reset();
  expect([acked.newest, acked.floor(40, 40)]).toEqual([-1, -1]);
});

test("never names a tick that was not acknowledged, whatever is acknowledged", () => {
  const acks = fc.array(fc.tuple(fc.nat(400), fc.nat(0xffffffff)), { maxLength: 30 });
  fc.assert(
    fc.property(acks, fc.nat(900), (acks, asked) => {
      const acked = new AckedTicks();
      const known = new Set<number>();
      for (let sequence = 0; sequence < 200; sequence++) acked.sent(sequence, sequence * 3);
      for (const [newest, mask] of acks) {
        acked.acknowledge(newest, mask);
        for (let back = 0; back <= 32; back++)
          if (back === 0 || ((mask >>> (back - 1)) & 1) === 1) known.add((newest - back) * 3);
      }
      for (const tick of [acked.floor(asked, acked.newest), acked.after(asked, acked.newest)])
        if (tick >= 0) expect(known).toContain(tick);
    }),
  );
});
