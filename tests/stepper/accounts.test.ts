import { ByteAccount } from "@tidelock/client";
import { condition, NO_CONDITION } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

/** Two players who wander and shoot; every byte is counted on both sides. */
function game(path = NO_CONDITION) {
  const stepper = new Stepper({ game: field, seed: 1 });
  stepper.simulation.countBytes(true);
  stepper.onFrame = ({ input }, nowMs) => {
    input.moveX = [1, 0, -1, 0.5][Math.floor(nowMs / 400) % 4];
    input.moveY = [0, 1, 0, -1, -0.5][Math.floor(nowMs / 300) % 5];
    input.fire = Math.floor(nowMs / 500) % 2 === 0;
  };
  const clients = [0, 10].map((x) => {
    const client = stepper.join(path, (owner) => stepper.simulation.world.spawn("player", { owner, x }));
    client.netcode.account = new ByteAccount(field.types);
    return client;
  });
  return { stepper, clients };
}

describe("the bytes of snapshots", () => {
  it("are as many, by type, on the server as on the client that gets them all", () => {
    const { stepper, clients } = game();
    stepper.run(5000);
    for (const { netcode, number } of clients) {
      const sent = stepper.simulation.players.get(number)?.sentBytes?.totals;
      const account = netcode.account!;
      expect(sent?.total).toBe(account.bits / 8);
      expect(account.bits).toBeGreaterThan(8 * 1000);
      for (const type of field.types) {
        // The client counts the symbols that precede an entity as its type's; the server only what is the entity's own.
        const shares = account.shares.filter((share) => share.type === type.name);
        const own = shares.filter(({ field }) => !["(change)", "(whole)"].includes(field));
        const [all, least] = [shares, own].map((list) => list.reduce((sum, { bits }) => sum + bits, 0) / 8);
        expect(sent?.byType[type.name]).toBeLessThanOrEqual(all);
        expect(sent?.byType[type.name]).toBeGreaterThanOrEqual(least);
      }
    }
  });

  it("are counted whole on a client whose packets arrive out of order or not at all", () => {
    const { stepper, clients } = game(condition({ latencyMs: 60, jitterMs: 60, lossPercent: 10 }));
    stepper.run(5000);
    for (const { netcode } of clients) {
      const { shares, bits, packets, predictedShare } = netcode.account!;
      expect(shares.reduce((sum, share) => sum + share.bits, 0)).toBe(bits);
      expect(packets).toBeGreaterThan(50);
      expect(predictedShare).toBeGreaterThan(0);
      expect(predictedShare).toBeLessThan(1);
    }
  });
});

describe("why an entity is not sent", () => {
  it("is said by the room, for now and for ticks since it was first asked", () => {
    const { stepper, clients } = game();
    stepper.run(1000);
    const { simulation } = stepper;
    const [first] = clients;
    const [ship] = simulation.world.all("player");
    expect(simulation.whyNotSent(99, ship.id)).toBeUndefined();
    expect(simulation.whyNotSent(first.number, 123_456)?.reason).toBe("no-such-entity");
    const asked = simulation.world.tick;
    expect(simulation.whyNotSent(first.number, ship.id)?.reason).toMatch(
      /^(sent|as-predicted|waiting-for-ack)$/,
    );
    stepper.run(500);
    const later = simulation.whyNotSent(first.number, ship.id);
    expect(later?.tick).toBeGreaterThan(asked);
    expect(later?.told).toBe(later?.tick);
    expect(simulation.whyNotSent(first.number, ship.id, asked)?.tick).toBe(asked);
  });

  it("is that there was no packet, while the player's path is out", () => {
    const { stepper, clients } = game();
    stepper.run(1000);
    const { simulation } = stepper;
    const [first] = clients;
    const [ship] = simulation.world.all("player");
    simulation.whyNotSent(first.number, ship.id);
    stepper.run(200);
    first.setCondition(condition({ lossPercent: 100 }));
    stepper.run(1200);
    const why = simulation.whyNotSent(first.number, ship.id);
    expect(why?.reason).toBe("no-packet");
    expect(why?.since).toBeLessThanOrEqual(why?.tick ?? 0);
  });
});
