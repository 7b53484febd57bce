/** How often a game server has to report, and how often it may fail to. */
export const HEALTH = { periodMs: 1000, failures: 3 };
/** Agones gathers writes of counters for so long. */
export const BATCH_MS = 500;

const MAY_BECOME: Readonly<Record<string, readonly string[]>> = {
  Scheduled: ["Ready", "Allocated", "Reserved", "Shutdown"],
  Ready: ["Ready", "Allocated", "Reserved", "Shutdown"],
  Reserved: ["Ready", "Allocated", "Reserved", "Shutdown"],
  Allocated: ["Ready", "Allocated", "Reserved", "Shutdown"],
  Shutdown: ["Shutdown"],
  Unhealthy: ["Shutdown"],
};

/** What the cluster knows of one game server: outlives its sidecar. As strict as the real thing, and more so than its local mode. */
export class GameServerRecord {
  readonly name = "arena-7xk2p-9fjzq";
  /** Empty until the pod has a machine. */
  address = "";
  readonly ports = [{ name: "game", port: 7654 }];
  readonly labels: Record<string, string> = { "agones.dev/fleet": "arena" };
  readonly counters: Record<string, { count: number; capacity: number }> = {
    players: { count: 0, capacity: 64 },
    rooms: { count: 0, capacity: 4 },
  };
  /** Writes of counters that the cluster made, after batching. */
  counterWrites = 0;
  /** States it was in, oldest first. */
  readonly history: string[] = ["Scheduled"];
  readonly #onChange = new Set<() => void>();
  readonly #now: () => number;
  lastHealthMs = Number.NaN;
  #batched = new Map<string, { count?: number; capacity?: number }>();
  #batchedSinceMs = Number.NaN;

  constructor(now: () => number) {
    this.#now = now;
  }

  get state(): string {
    return this.history[this.history.length - 1];
  }

  /** Why the cluster would refuse; undefined when it has become so. */
  become(state: string): string | undefined {
    if (MAY_BECOME[this.state]?.includes(state) !== true) return `${this.state} cannot become ${state}`;
    this.#set(state);
    return undefined;
  }

  label(key: string, value: string): string | undefined {
    if (!/^[a-z0-9A-Z._-]{1,40}$/.test(key) || !/^[a-z0-9A-Z._-]{0,63}$/.test(value)) return "not a label";
    this.labels[`agones.dev/sdk-${key}`] = value;
    this.changed();
    return undefined;
  }

  health(): void {
    this.lastHealthMs = this.#now();
  }

  counter(name: string, change: { count?: number; capacity?: number }): string | undefined {
    const known = this.counters[name];
    if (known === undefined) return `counter not found: ${name}`;
    const next = { ...known, ...this.#batched.get(name), ...change };
    if (next.count < 0 || next.count > next.capacity) return "count out of range";
    if (Number.isNaN(this.#batchedSinceMs)) this.#batchedSinceMs = this.#now();
    this.#batched.set(name, { ...this.#batched.get(name), ...change });
    return undefined;
  }

  /** What time brings: missed health, and batches that are written. */
  tick(): void {
    const now = this.#now();
    const isWatched = !Number.isNaN(this.lastHealthMs) && this.state !== "Shutdown";
    if (
      isWatched &&
      now - this.lastHealthMs > HEALTH.periodMs * HEALTH.failures &&
      this.state !== "Unhealthy"
    )
      this.#set("Unhealthy");
    if (now - this.#batchedSinceMs < BATCH_MS || this.#batched.size === 0) return;
    for (const [name, change] of this.#batched) Object.assign(this.counters[name], change);
    this.counterWrites++;
    this.#batched.clear();
    this.#batchedSinceMs = Number.NaN;
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.#onChange.add(listener);
    return () => void this.#onChange.delete(listener);
  }

  changed(): void {
    for (const listener of this.#onChange) listener();
  }

  #set(state: string): void {
    this.history.push(state);
    this.changed();
  }
}
