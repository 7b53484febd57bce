import type { Client } from "@colyseus/core";
import { everyone, RoomSimulation } from "@tidelock/server";
import { InputCodec, loopbackPair, NO_VIEW, ServerLink } from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { rangeGame, type Verdict } from "./range-game.ts";

const TICK_MS = 1000 / 60;
const CAP_TICKS = 18;

/** A room with one player, whose frames are what the test makes of them. */
function room() {
  const verdicts: Verdict[] = [];
  const game = rangeGame((verdict) => verdicts.push(verdict));
  const simulation = new RoomSimulation({
    game,
    seed: 1,
    secretSeed: 2,
    sendEvery: 1,
    interest: everyone(),
    onEvents: () => {},
  });
  const scheduler = new VirtualScheduler();
  const [serverEnd] = loopbackPair(scheduler, { reliable: false });
  const player = simulation.join({} as Client, new ServerLink({ reliable: serverEnd, scheduler }), 0);
  simulation.welcome(player);
  simulation.world.spawn("shooter", { owner: player.number });
  for (let i = 0; i < 4; i++) simulation.world.spawn("target", { x: 3 + i });
  return { verdicts, simulation, player, codec: new InputCodec(game.input, true), game };
}

const packet = fc.record({
  ahead: fc.integer({ min: -5, max: 40 }),
  rows: fc.integer({ min: 1, max: 32 }),
  views: fc.array(fc.nat(NO_VIEW), { minLength: 32, maxLength: 32 }),
  ack: fc.integer({ min: -1, max: 200 }),
  mask: fc.nat(0xffffffff),
  /** Bits to turn over, by place. */
  broken: fc.array(fc.nat(500), { maxLength: 4 }),
  aim: fc.double({ min: -4, max: 4, noNaN: true }),
});

it("judges nothing beyond the cap or in the future, whatever a client sends", () => {
  let shots = 0;
  fc.assert(
    fc.property(fc.array(fc.option(packet), { minLength: 20, maxLength: 80 }), (packets) => {
      const { verdicts, simulation, player, codec, game } = room();
      const row = game.input.neutralRow();
      packets.forEach((sent, at) => {
        const tick = at + 1;
        if (sent !== null) {
          const { ahead, rows, views, ack, mask, broken, aim } = sent;
          const newest = Math.max(0, tick + ahead);
          game.input.write({ fire: true, shot: tick, aim }, row);
          const frame = codec
            .encode(
              newest,
              rows,
              () => row,
              ack,
              mask,
              (t) => views[newest - t],
            )
            .slice();
          for (const bit of broken) frame[(bit >> 3) % frame.length] ^= 1 << (bit & 7);
          player.receive(frame, tick - 0.5, tick * TICK_MS);
        }
        simulation.tick(tick, 0, tick * TICK_MS);
      });
      shots += verdicts.length;
      for (const { rewindTicks } of verdicts) {
        expect(rewindTicks).toBeGreaterThanOrEqual(0);
        expect(rewindTicks).toBeLessThanOrEqual(CAP_TICKS);
      }
    }),
    { numRuns: 60 },
  );
  expect(shots).toBeGreaterThan(200);
});
