import type { CounterChange, FleetAgent, FleetServer } from "./fleet-agent.ts";

/** Stands for the fleet of a process that is in none: everything is allowed, and what was said can be read back. */
export class LocalAgent implements FleetAgent {
  readonly kind = "local";
  readonly counters: Record<string, { count: number; capacity: number }> = {};
  readonly #watchers = new Set<(server: FleetServer) => void>();
  #server: FleetServer;

  /** `address` and `ports`: where players reach this process. */
  constructor(address = "127.0.0.1", ports: Readonly<Record<string, number>> = {}) {
    this.#server = { name: "local", state: "Scheduled", address, ports, labels: {} };
  }

  async ready(): Promise<void> {
    this.#change({ state: "Ready" });
  }

  async allocate(): Promise<void> {
    this.#change({ state: "Allocated" });
  }

  async shutdown(): Promise<void> {
    this.#change({ state: "Shutdown" });
  }

  async health(): Promise<void> {}

  async server(): Promise<FleetServer> {
    return this.#server;
  }

  watch(onChange: (server: FleetServer) => void): () => void {
    this.#watchers.add(onChange);
    return () => void this.#watchers.delete(onChange);
  }

  async label(key: string, value: string): Promise<void> {
    this.#change({ labels: { ...this.#server.labels, [`agones.dev/sdk-${key}`]: value } });
  }

  async counter(name: string, { count, capacity }: CounterChange): Promise<void> {
    const known = (this.counters[name] ??= { count: 0, capacity: 0 });
    known.count = count ?? known.count;
    known.capacity = capacity ?? known.capacity;
  }

  close(): void {
    this.#watchers.clear();
  }

  #change(to: Partial<FleetServer>): void {
    this.#server = { ...this.#server, ...to };
    for (const watcher of this.#watchers) watcher(this.#server);
  }
}
