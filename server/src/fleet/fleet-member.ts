import { type Scheduler, TidelockError } from "@tidelock/shared";
import type { FleetAgent, FleetServer } from "./fleet-agent.ts";
import { RetryDelay } from "./retry-delay.ts";

/** Who is on this process at the moment. */
export interface Occupancy {
  readonly players: number;
  readonly rooms: number;
  /** Regions of a world that this process owns. */
  readonly leases?: number;
}

export interface FleetMemberOptions {
  readonly agent: FleetAgent;
  readonly scheduler: Scheduler;
  /** Players and rooms this process has place for. */
  readonly capacity: { readonly players: number; readonly rooms: number };
  /** By which a director tells versions apart; a Kubernetes label value. */
  readonly version?: string;
  /** Whether the simulation is running. Asked before each sign of life: a process whose ticks have stopped gives none. */
  isAlive(): boolean;
  /** Told of what went wrong and is tried again. */
  onProblem?(what: string, error: unknown): void;
}

export type FleetState = "starting" | "serving" | "draining" | "ended";

/** Agones' default period is 5 s, and that of the fleet here is: three in a row missing make a server Unhealthy. */
const HEALTH_MS = 1500;
/** The sidecar's container may start after this one. */
const CONNECT_MS = 30_000;
/** Until a pod has a machine, and so an address. */
const ADDRESS_POLL_MS = 500;
/** Agones writes counters no more often than this; more calls would only wait. */
const COUNTERS_MS = 500;

/**
 * A process in its fleet: signs on when it can be reached, gives signs of life from the tick loop, says whether anybody is here, and signs
 * off. Whatever the sidecar fails at is tried again, for as long as it matters.
 */
export class FleetMember {
  readonly #agent: FleetAgent;
  readonly #options: FleetMemberOptions;
  readonly #scheduler: Scheduler;
  #state: FleetState = "starting";
  #occupancy: Occupancy = { players: 0, rooms: 0 };
  /** What the fleet has been told. */
  #told: { isBusy: boolean | undefined; players: number; rooms: number } = {
    isBusy: undefined,
    players: -1,
    rooms: -1,
  };
  #isTelling = false;

  constructor(options: FleetMemberOptions) {
    this.#options = options;
    this.#agent = options.agent;
    this.#scheduler = options.scheduler;
  }

  get state(): FleetState {
    return this.#state;
  }

  /**
   * Signs on: finds the sidecar, waits for the machine's address and says Ready. Signs of life begin with the first answer.
   * @returns the record of this server, with the address and ports that players reach
   * @throws TidelockError `fleet/no-sidecar` when none answers within 30 seconds
   */
  async start(): Promise<FleetServer> {
    let server = await this.#connect();
    this.#signOfLife();
    while (server.address === "" && this.#state !== "ended") {
      await this.#sleep(ADDRESS_POLL_MS);
      await this.#insist("server", async () => {
        server = await this.#agent.server();
      });
    }
    const { version, capacity } = this.#options;
    if (version !== undefined) await this.#insist("label", () => this.#agent.label("version", version));
    for (const name of ["players", "rooms"] as const) {
      this.#told[name] = this.#occupancy[name];
      await this.#insist("counter", () =>
        this.#agent.counter(name, { capacity: capacity[name], count: this.#told[name] }),
      );
    }
    // A drain may have begun meanwhile.
    if (this.#state === "starting") this.#state = "serving";
    await this.#tell();
    return server;
  }

  /** Says who is here now. Counters follow within half a second, Allocated and Ready at once. */
  occupy(occupancy: Occupancy): void {
    this.#occupancy = occupancy;
    if (this.#state === "serving" || this.#state === "draining") void this.#tell();
  }

  /** Marks the process as one that takes nobody new. Does nothing the second time. */
  async drain(): Promise<void> {
    if (this.#state === "draining" || this.#state === "ended") return;
    this.#state = "draining";
    await this.#insist("label", () => this.#agent.label("draining", "true"));
  }

  /** Signs off: the process may be ended. Signs of life go on until it is. */
  async end(): Promise<void> {
    if (this.#state === "ended") return;
    this.#state = "ended";
    await this.#persist(
      "shutdown",
      () => this.#agent.shutdown(),
      () => true,
    );
  }

  async #connect(): Promise<FleetServer> {
    const delay = new RetryDelay();
    const untilMs = this.#scheduler.nowMs() + CONNECT_MS;
    for (;;)
      try {
        return await this.#agent.server();
      } catch (error) {
        if (this.#scheduler.nowMs() >= untilMs)
          throw new TidelockError(
            "fleet/no-sidecar",
            `No sidecar of Agones answers ${this.#agent.kind} within ${CONNECT_MS / 1000} s (${String(error)}); is this a pod of a GameServer? Give it a LocalAgent to run without`,
          );
        await this.#sleep(delay.next());
      }
  }

  readonly #signOfLife = (): void => {
    if (this.#options.isAlive())
      this.#agent.health().catch((error: unknown) => this.#options.onProblem?.("health", error));
    this.#scheduler.after(HEALTH_MS, this.#signOfLife);
  };

  /** Tells what has changed, one call after the other, with at most one write of the counters in half a second. */
  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const told = this.#told;
    for (;;) {
      const { players, rooms, leases = 0 } = this.#occupancy;
      const isBusy = players > 0 || leases > 0;
      if (isBusy !== told.isBusy && this.#state !== "ended") {
        await this.#insist(isBusy ? "allocate" : "ready", () => this.#sayBusy(isBusy));
        told.isBusy = isBusy;
      } else if (players !== told.players || rooms !== told.rooms) {
        const { capacity } = this.#options;
        // The fleet refuses a count above its capacity, and with it the whole write.
        const within = {
          players: Math.min(players, capacity.players),
          rooms: Math.min(rooms, capacity.rooms),
        };
        await this.#insist("counter", () => this.#agent.counter("players", { count: within.players }));
        await this.#insist("counter", () => this.#agent.counter("rooms", { count: within.rooms }));
        [told.players, told.rooms] = [players, rooms];
        await this.#sleep(COUNTERS_MS);
      } else break;
    }
    this.#isTelling = false;
  }

  /** An empty server that drains must not become Ready: it would be given players. */
  async #sayBusy(isBusy: boolean): Promise<void> {
    if (isBusy) await this.#agent.allocate();
    else if (this.#state === "serving") await this.#agent.ready();
  }

  /** Tries until it succeeds, or the process has signed off. */
  async #insist(what: string, call: () => Promise<unknown>): Promise<void> {
    await this.#persist(what, call, () => this.#state !== "ended");
  }

  async #persist(what: string, call: () => Promise<unknown>, matters: () => boolean): Promise<void> {
    const delay = new RetryDelay();
    while (matters())
      try {
        return void (await call());
      } catch (error) {
        this.#options.onProblem?.(what, error);
        await this.#sleep(delay.next());
      }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.#scheduler.after(ms, resolve));
  }
}
