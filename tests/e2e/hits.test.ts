import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { join } from "@tidelock/client";
import { type PlayerInfo, SimulationRoom, startTransports } from "@tidelock/server";
import { condition } from "@tidelock/shared";
import { afterAll, beforeAll, expect, it } from "vitest";
import { yard } from "../docs/shooting-game/game.ts";

const rooms = new Set<YardRoom>();

class YardRoom extends SimulationRoom(yard) {
  override onPlayerJoin(world: ReturnType<typeof yard.createWorld>, player: PlayerInfo): void {
    rooms.add(this);
    // One stands and shoots up; the others run to and fro above.
    world.spawn("player", { owner: player.number, x: -20, y: player.number === 1 ? 0 : 6 });
  }
}

let url = "";
let close = async (): Promise<void> => {};
beforeAll(async () => {
  const transports = await startTransports({
    udpPort: 0,
    publicAddress: "",
    transport: "websocket",
    condition: "",
    snapshotRate: 30,
    bindAddress: "127.0.0.1",
  });
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define("yard", YardRoom);
  await server.listen(0, "127.0.0.1");
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  close = async () => {
    await server.gracefullyShutdown(false);
    await transports.close();
  };
});
afterAll(() => close());

it("shooter and victim are told how far back a hit was judged, and the room counts it", async () => {
  const sessions = [await join(url, yard, { rtc: null }), await join(url, yard, { rtc: null })];
  const [shooter, runner] = sessions;
  for (const direction of ["outgoing", "incoming"] as const)
    shooter.setCondition(direction, condition({ latencyMs: 50 }));
  const end = performance.now() + 15_000;
  // The first shot may come before the shooter is shown anything of the past.
  const told = (): boolean =>
    [runner.stats.rewinds?.taken, shooter.stats.rewinds?.made].every((hits) => (hits?.mostMs ?? 0) > 100);
  while (!told()) {
    if (performance.now() > end) throw new Error("nobody was hit in time");
    const nowMs = performance.now();
    runner.frame(nowMs);
    runner.input.moveX = Math.sin(nowMs / 500);
    const { player } = shooter.frame(nowMs);
    const [own, other] = [player.find(({ mine }) => mine), player.find(({ mine }) => !mine)];
    shooter.input.rifle = own !== undefined && other !== undefined;
    if (own && other) shooter.input.aim = Math.atan2(other.y - own.y, other.x - own.x);
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  expect(shooter.stats.rewinds?.made.mostMs).toBeLessThanOrEqual(250);
  expect(runner.stats.rewinds?.taken.mostMs).toBeLessThanOrEqual(250);
  expect(shooter.stats.rewinds?.taken.hits).toBe(0);
  expect([...rooms][0].rewinds?.hits).toBeGreaterThan(0);
  await Promise.all(sessions.map((session) => session.leave()));
});
