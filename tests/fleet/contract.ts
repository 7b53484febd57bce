import type { FleetAgent } from "@tidelock/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BATCH_MS, GameServerRecord, HEALTH } from "./game-server-record.ts";
import type { Sidecar } from "./sidecar.ts";

/** How a test of the contract gets a sidecar, and an agent that speaks to it. */
export interface ContractSubject {
  sidecar(record: GameServerRecord): Sidecar;
  agent(sidecar: Sidecar): FleetAgent;
}

/** What every FleetAgent has to do with a sidecar, as strict as a cluster's. */
export function fleetContract(name: string, subject: ContractSubject): void {
  describe(`${name}, a fleet agent`, () => {
    let nowMs = 0;
    let record: GameServerRecord;
    let sidecar: Sidecar;
    let agent: FleetAgent;

    beforeEach(async () => {
      nowMs = 0;
      record = new GameServerRecord(() => nowMs);
      sidecar = subject.sidecar(record);
      await sidecar.start();
      agent = subject.agent(sidecar);
    });

    afterEach(async () => {
      agent.close();
      await sidecar.stop();
    });

    const pass = (ms: number): void => {
      nowMs += ms;
      record.tick();
    };

    it("goes from Scheduled over Ready and Allocated and back to Shutdown", async () => {
      await agent.ready();
      await agent.allocate();
      await agent.ready();
      await agent.shutdown();
      expect(record.history).toEqual(["Scheduled", "Ready", "Allocated", "Ready", "Shutdown"]);
    });

    it("rejects what the cluster refuses, and goes on", async () => {
      await agent.shutdown();
      await expect(agent.ready()).rejects.toThrow(/Shutdown cannot become Ready/);
      expect((await agent.server()).state).toBe("Shutdown");
    });

    it("tells name, address, ports, labels and state; the address comes with the machine", async () => {
      expect(await agent.server()).toEqual({
        name: "arena-7xk2p-9fjzq",
        state: "Scheduled",
        address: "",
        ports: { game: 7654 },
        labels: { "agones.dev/fleet": "arena" },
      });
      record.address = "203.0.113.7";
      expect((await agent.server()).address).toBe("203.0.113.7");
    });

    it("keeps a server healthy that pings, and lets one become Unhealthy that has stopped", async () => {
      await agent.ready();
      for (let i = 0; i < 10; i++) {
        await agent.health();
        await vi.waitFor(() => expect(record.lastHealthMs).toBe(nowMs));
        pass(HEALTH.periodMs);
      }
      expect(record.state).toBe("Ready");
      pass(HEALTH.periodMs * HEALTH.failures);
      expect(record.state).toBe("Unhealthy");
    });

    it("goes on pinging a sidecar that was restarted", async () => {
      await agent.health();
      await sidecar.stop();
      await expect(agent.health()).rejects.toThrow();
      await sidecar.start();
      nowMs = 2000;
      await vi.waitFor(() => agent.health(), { timeout: 10_000, interval: 100 });
      await vi.waitFor(() => expect(record.lastHealthMs).toBe(2000));
      pass(HEALTH.periodMs);
      expect(record.state).toBe("Scheduled");
    });

    it("sets labels under the prefix of the SDK", async () => {
      await agent.label("draining", "true");
      expect(record.labels["agones.dev/sdk-draining"]).toBe("true");
    });

    it("sets count and capacity of a counter, and rejects one that the fleet does not have", async () => {
      await agent.counter("players", { capacity: 100, count: 70 });
      pass(BATCH_MS);
      expect(record.counters.players).toEqual({ count: 70, capacity: 100 });
      await expect(agent.counter("dragons", { count: 1 })).rejects.toThrow(/not found/);
    });

    it("tells of changes made by others, and takes up the thread after a restart of the sidecar", async () => {
      const seen: string[] = [];
      const stop = agent.watch(({ state }) => void (seen.at(-1) !== state && seen.push(state)));
      await vi.waitFor(() => expect(seen).toEqual(["Scheduled"]), { timeout: 5000 });
      record.become("Allocated");
      await vi.waitFor(() => expect(seen).toEqual(["Scheduled", "Allocated"]));
      await sidecar.stop();
      record.become("Ready");
      await sidecar.start();
      await vi.waitFor(() => expect(seen).toEqual(["Scheduled", "Allocated", "Ready"]), { timeout: 15_000 });
      stop();
      record.become("Allocated");
      await agent.server();
      expect(seen.at(-1)).toBe("Ready");
    });
  });
}
