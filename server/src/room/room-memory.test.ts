import type { Client } from "@colyseus/core";
import { defineGame, entity, input, loopbackPair, NO_MARGIN, position, ServerLink } from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { describe, expect, test } from "vitest";
import { everyone } from "../interest/everyone.ts";
import type { SnapshotEncoder } from "../snapshot/snapshot-encoder.ts";
import { RoomSimulation } from "./room-simulation.ts";

const game = defineGame({
  name: "waiting",
  tickRate: 20,
  entities: { guest: entity({ x: position({ min: 0, max: 10, grid: 0.1 }) }) },
  input: input({}),
  step() {},
});

function room() {
  const scheduler = new VirtualScheduler();
  const simulation = new RoomSimulation({
    game,
    seed: 1,
    secretSeed: 2,
    sendEvery: 1,
    interest: everyone(),
    onEvents() {},
  });
  simulation.world.spawn("guest", { x: 5 });
  const join = () => {
    const [serverEnd] = loopbackPair(scheduler, { reliable: false });
    const link = new ServerLink({ reliable: serverEnd, scheduler });
    const player = simulation.join({} as Client, link, scheduler.nowMs());
    simulation.welcome(player);
    return player;
  };
  return { simulation, join };
}

/** Whether an encoder still sends. */
function sends(encoder: SnapshotEncoder | undefined): boolean {
  let frames = 0;
  const nothing = { count: 0, tables: new Uint8Array(0), slots: new Int32Array(0) };
  encoder?.encode(nothing, { newestInput: 0, margin: NO_MARGIN }, () => frames++);
  return frames > 0;
}

describe("a room", () => {
  test("gets back the memory of a player's snapshots when the player leaves", () => {
    const { simulation, join } = room();
    const player = join();
    const { encoder } = player;
    simulation.tick(1, 0, 50);
    expect(encoder?.entityCount).toBe(1);
    simulation.leave(player);
    expect(player.encoder).toBeUndefined();
    expect(sends(encoder)).toBe(false);
  });

  test("gets it back when the player begins anew", () => {
    const { simulation, join } = room();
    const player = join();
    const { encoder } = player;
    simulation.welcome(player);
    expect(sends(encoder)).toBe(false);
    simulation.tick(1, 0, 50);
    expect(player.encoder?.entityCount).toBe(1);
  });
});
