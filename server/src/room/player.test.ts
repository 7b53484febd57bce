import type { Client } from "@colyseus/core";
import {
  defineGame,
  entity,
  FrameKind,
  input,
  InputCodec,
  loopbackPair,
  position,
  ServerLink,
  TidelockError,
} from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { describe, expect, test } from "vitest";
import { everyone } from "../interest/everyone.ts";
import { RoomSimulation } from "./room-simulation.ts";

const game = defineGame({
  name: "many",
  tickRate: 60,
  entities: { mover: entity({ x: position({ min: 0, max: 1000, grid: 1 / 1024 }) }) },
  input: input({}),
  step(world, _inputs) {
    // Moves that no velocity foretells.
    for (const mover of world.all("mover")) mover.x = (mover.x * 7 + 13) % 1000;
  },
});
const codec = new InputCodec(game.input);
const row = game.input.neutralRow();
const TICK_MS = 1000 / 60;

/** A room in which every packet arrives at once and is acknowledged with the next tick. */
function room() {
  const scheduler = new VirtualScheduler();
  const simulation = new RoomSimulation({
    game,
    seed: 1,
    secretSeed: 2,
    sendEvery: 2,
    interest: everyone(),
    onEvents() {},
  });
  for (let i = 0; i < 600; i++) simulation.world.spawn("mover", { x: i });
  const join = () => {
    const [serverEnd, clientEnd] = loopbackPair(scheduler, { reliable: false });
    const link = new ServerLink({ reliable: serverEnd, scheduler });
    const player = simulation.join({} as Client, link, scheduler.nowMs());
    simulation.welcome(player);
    const arrived: { tick: number; bytes: number }[] = [];
    let newest = -1;
    clientEnd.onFrame = (frame) => {
      if (frame[0] !== FrameKind.snapshot) return;
      newest = frame[1] | (frame[2] << 8);
      arrived.push({ tick: simulation.world.tick, bytes: frame.length });
    };
    const acknowledge = (): void => {
      const { tick } = simulation.world;
      if (newest >= 0)
        player.receive(
          codec.encode(tick, 1, () => row, newest, 0xffff_ffff),
          tick,
          scheduler.nowMs(),
        );
    };
    return { player, link, arrived, acknowledge };
  };
  let tick = 0;
  const run = (ticks: number, eachTick: () => void = () => {}): void => {
    for (let i = 0; i < ticks; i++) {
      simulation.tick(++tick, 0, scheduler.nowMs());
      scheduler.advance(TICK_MS);
      eachTick();
    }
  };
  return { run, join };
}

describe("a player", () => {
  test("is sent to on the room's ticks, or on fewer that divide the tick rate", () => {
    const { run, join } = room();
    const { player, arrived } = join();
    run(1);
    player.sendEvery = 12;
    run(60);
    const ticks = arrived.map(({ tick }) => tick);
    expect(new Set(ticks.slice(1).map((tick, i) => tick - ticks[i]))).not.toContain(2);
    expect(player.sendEvery).toBe(12);
  });

  test("is not sent to at a pace that does not divide the tick rate, or is none", () => {
    const { player } = room().join();
    for (const ticks of [0, 1, 3, 7, 8, 14, 60, Number.NaN])
      expect(() => {
        player.sendEvery = ticks;
      }).toThrow(TidelockError);
    expect(() => {
      player.sendEvery = 8;
    }).toThrow("allowed is 2, 4, 6, 10, 12 ticks.");
  });

  test("that answers nothing is sent ever less, and never more than a path of 64 kbit/s carries in a second", () => {
    const { run, join } = room();
    const { arrived } = join();
    run(60);
    expect(arrived.reduce((sum, { bytes }) => sum + bytes + 93, 0)).toBeLessThan(8000);
    const first = arrived.length;
    run(60);
    const second = arrived.length - first;
    run(60);
    const third = arrived.length - first - second;
    expect(second).toBeLessThan(first / 2);
    expect(third).toBeLessThan(second);
    expect(third).toBeLessThanOrEqual(5);
  });

  test("gets smaller snapshots while much goes over its WebSocket, and has its share for all that", () => {
    const { run, join } = room();
    const quiet = join();
    const busy = join();
    let written = 0;
    busy.link.countReliableBytes = () => (written += 2000);
    run(120, () => {
      quiet.acknowledge();
      busy.acknowledge();
    });
    const bytes = (of: typeof quiet): number => of.arrived.reduce((sum, frame) => sum + frame.bytes, 0);
    expect(bytes(busy)).toBeLessThan(0.8 * bytes(quiet));
    expect(bytes(busy)).toBeGreaterThan(0.2 * bytes(quiet));
  });
});
