import { defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { AccountMeter } from "./account-meter.ts";
import { ByteAccount } from "./byte-account.ts";

const { types } = defineGame({
  name: "meter",
  tickRate: 30,
  entities: {
    ship: entity({
      x: position({ min: 0, max: 100, grid: 0.01 }),
      vx: velocity("x", { max: 10, slowest: 1 }),
      hp: uint({ max: 100 }),
    }),
  },
  input: input({}),
  step() {},
});
const [ship] = types;
const [x, , hp] = ship.columns;

/** A packet in which a ship is told whole and passes by so many others. */
function packet(account: ByteAccount, predicted: number): void {
  account.run(0, predicted, predicted, 6);
  account.identity(ship, 1, 0, 0, 20);
  account.whole(x, 0, 14);
  account.whole(hp, 0, 7);
  account.end(undefined, 1, 48);
}

describe("present figures of an account", () => {
  it("are the fields that take the most, the largest first, once a second has passed", () => {
    const account = new ByteAccount(types);
    const meter = new AccountMeter();
    for (let ms = 0; ms <= 1000; ms += 100) {
      meter.observe(account, ms);
      if (ms === 900) expect(meter.top(3)).toEqual([]);
      if (ms < 1000) for (let i = 0; i < 8; i++) packet(account, 3);
    }
    expect(meter.top(3).map(({ type, field, bytesPerSecond }) => [type, field, bytesPerSecond])).toEqual([
      ["ship", "(whole)", 200],
      ["ship", "x", 140],
      ["ship", "hp", 70],
    ]);
    expect(meter.toldPerPacket).toBe(1);
    expect(meter.predictedShare).toBe(0.75);
  });

  it("fall when less comes, and begin anew with another account", () => {
    const account = new ByteAccount(types);
    const meter = new AccountMeter();
    meter.observe(account, 0);
    for (let i = 0; i < 80; i++) packet(account, 3);
    meter.observe(account, 1000);
    meter.observe(account, 2000);
    expect(meter.top(1)[0].bytesPerSecond).toBe(100);
    meter.observe(new ByteAccount(types), 2100);
    expect(meter.top(1)).toEqual([]);
  });

  it("take nothing from a packet that was dropped but its size", () => {
    const account = new ByteAccount(types);
    account.run(0, 3, 3, 6);
    account.identity(ship, 1, 0, 0, 20);
    account.whole(x, 0, 14);
    account.end("malformed", 8, 48);
    expect(account.shares.filter(({ bits }) => bits > 0)).toEqual([
      expect.objectContaining({ type: "packet", field: "(refused)", bits: 48, count: 1 }),
    ]);
    expect(account.wholes).toBe(0);
  });
});
