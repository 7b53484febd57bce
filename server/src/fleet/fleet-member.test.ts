import { VirtualScheduler } from "@tidelock/shared/testing";
import { describe, expect, it } from "vitest";
import { FleetMember } from "./fleet-member.ts";
import { LocalAgent } from "./local-agent.ts";

/** A fleet that notes what it is told, and can be out of reach. */
class NotingAgent extends LocalAgent {
  readonly calls: string[] = [];
  isDown = false;
  address = "203.0.113.7";

  #note(call: string): void {
    if (this.isDown) throw new Error("14 UNAVAILABLE");
    this.calls.push(call);
  }
  override async ready() {
    this.#note("ready");
  }
  override async allocate() {
    this.#note("allocate");
  }
  override async shutdown() {
    this.#note("shutdown");
  }
  override async health() {
    this.#note("health");
  }
  override async label(key: string, value: string) {
    this.#note(`${key}=${value}`);
  }
  override async counter(name: string, change: { count?: number; capacity?: number }) {
    this.#note(`${name}: ${change.count}${change.capacity === undefined ? "" : `/${change.capacity}`}`);
  }
  override async server() {
    this.#note("server");
    return { ...(await super.server()), address: this.address };
  }
  /** What it was told besides signs of life and questions. */
  get told(): string[] {
    return this.calls.filter((call) => call !== "health" && call !== "server");
  }
}

function member(agent = new NotingAgent()) {
  const scheduler = new VirtualScheduler();
  const life = { isAlive: true };
  const problems: string[] = [];
  const fleet = new FleetMember({
    agent,
    scheduler,
    capacity: { players: 100, rooms: 4 },
    version: "1.2.3",
    isAlive: () => life.isAlive,
    onProblem: (what) => problems.push(what),
  });
  /** Lets time pass, and all that waits for answers go on in between. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      scheduler.advance(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { agent, fleet, life, problems, pass };
}

async function serving() {
  const parts = member();
  const started = parts.fleet.start();
  await parts.pass(1000);
  await started;
  parts.agent.calls.length = 0;
  return parts;
}

describe("a process in its fleet", () => {
  it("says its version and its capacity before it says Ready", async () => {
    const { agent, fleet, pass } = member();
    const started = fleet.start();
    await pass(100);
    expect((await started).address).toBe("203.0.113.7");
    expect(agent.told).toEqual(["version=1.2.3", "players: 0/100", "rooms: 0/4", "ready"]);
  });

  it("waits for a sidecar that starts late, and for the machine's address", async () => {
    const { agent, fleet, pass } = member();
    agent.isDown = true;
    agent.address = "";
    let isUp = false;
    void fleet.start().then(() => (isUp = true));
    await pass(10_000);
    agent.isDown = false;
    await pass(10_000);
    expect([isUp, agent.told]).toEqual([false, []]);
    expect(agent.calls).toContain("health");
    agent.address = "203.0.113.7";
    await pass(1000);
    expect([isUp, fleet.state]).toEqual([true, "serving"]);
  });

  it("gives up with a name when there is no sidecar for half a minute", async () => {
    const { agent, fleet, pass } = member();
    agent.isDown = true;
    const started = expect(fleet.start()).rejects.toThrow(/fleet\/no-sidecar/);
    await pass(40_000);
    await started;
  });

  it("is Allocated while there are players or regions, and Ready when empty", async () => {
    const { agent, fleet, pass } = await serving();
    const states = (): string[] => agent.told.filter((call) => call === "allocate" || call === "ready");
    for (const occupancy of [
      { players: 3, rooms: 1 },
      { players: 5, rooms: 1 },
      { players: 0, rooms: 1 },
      { players: 0, rooms: 0, leases: 2 },
      { players: 0, rooms: 0 },
    ]) {
      fleet.occupy(occupancy);
      await pass(2000);
    }
    expect(states()).toEqual(["allocate", "ready", "allocate", "ready"]);
  });

  it("writes counters once for many changes, the newest, and within the capacity", async () => {
    const { agent, fleet, pass } = await serving();
    for (let players = 1; players <= 300; players++) {
      fleet.occupy({ players, rooms: 2 });
      await pass(10);
    }
    await pass(2000);
    const counts = agent.told.filter((call) => call.startsWith("players"));
    // Three hundred changes in 15 seconds.
    expect(counts.length).toBeLessThan(35);
    expect(counts.at(-1)).toBe("players: 100");
  });

  it("gives signs of life while the ticks run, and none when they have stopped", async () => {
    const { agent, life, pass } = await serving();
    await pass(15_000);
    const given = agent.calls.filter((call) => call === "health").length;
    expect(given).toBeGreaterThanOrEqual(9);
    life.isAlive = false;
    agent.calls.length = 0;
    await pass(15_000);
    expect(agent.calls).not.toContain("health");
  });

  it("goes on with signs of life and what it had to say after the sidecar was away", async () => {
    const { agent, fleet, problems, pass } = await serving();
    agent.isDown = true;
    fleet.occupy({ players: 7, rooms: 1 });
    await pass(20_000);
    expect(problems).toContain("allocate");
    expect(problems).toContain("health");
    agent.isDown = false;
    await pass(8000);
    expect(agent.told).toEqual(["allocate", "players: 7", "rooms: 1"]);
    expect(agent.calls).toContain("health");
  });

  it("marks a drain once, does not become Ready when its last player leaves, and signs off", async () => {
    const { agent, fleet, pass } = await serving();
    fleet.occupy({ players: 2, rooms: 1 });
    await pass(1000);
    await Promise.all([fleet.drain(), fleet.drain()]);
    fleet.occupy({ players: 0, rooms: 0 });
    await pass(2000);
    await Promise.all([fleet.end(), fleet.end()]);
    expect(agent.told.filter((call) => !/^(players|rooms)/.test(call))).toEqual([
      "allocate",
      "draining=true",
      "shutdown",
    ]);
    expect(fleet.state).toBe("ended");
  });
});
