import {
  MemoryBus,
  type OperationPhase,
  type RegionId,
  RegionStore,
  WorldDefinition,
  type WorldOptions,
} from "@tidelock/server/region";
import { Rng } from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { checkTrace } from "./checker/check-trace.ts";
import type { Violation } from "./checker/violation.ts";
import type { ModelEntity, ModelHost } from "./model-host.ts";
import { ModelProcess } from "./model-process.ts";
import type { CheckedLine } from "./trace-line.ts";

export const MODEL_WORLD: WorldOptions = {
  columns: 2,
  rows: 1,
  regionSize: 60,
  tickRate: 20,
  interestRadius: 20,
  topSpeed: 10,
};

/** A world of model processes around one bus, in virtual time: a run is a function of its seed. */
export class ModelWorld {
  readonly clock = new VirtualScheduler();
  readonly definition: WorldDefinition;
  readonly store = new RegionStore({ rememberMs: 2000 });
  readonly bus: MemoryBus;
  readonly processes: ModelProcess[] = [];
  readonly trace: CheckedLine[] = [];
  readonly #options: WorldOptions;
  readonly #random: Rng;
  #lastId = 0;

  constructor(seed = 1, options: WorldOptions = MODEL_WORLD) {
    this.#options = options;
    this.#random = new Rng(seed);
    this.definition = new WorldDefinition(options);
    this.clock.advance(1000);
    this.bus = new MemoryBus({
      scheduler: this.clock,
      store: this.store,
      random: () => this.#random.float(),
    });
  }

  start(name: string, ...regions: RegionId[]): ModelProcess {
    const process = new ModelProcess({
      name,
      clock: this.clock,
      bus: this.bus,
      world: this.definition,
      trace: (line) => void this.trace.push(line),
    });
    this.processes.push(process);
    for (const region of regions) process.serve(region);
    return process;
  }

  run(ms: number): void {
    this.clock.advance(ms);
  }

  /** Who owns a region and simulates it now. */
  owner(region: RegionId): { readonly process: ModelProcess; readonly host: ModelHost } | undefined {
    for (const process of this.processes) {
      const served = process.regions.get(region);
      if (process.scheduler.running && served?.region.running) return { process, host: served.host };
    }
    return undefined;
  }

  /** Adds an entity to the region it lies in, with an item of its own. */
  spawn(values: Partial<ModelEntity>): ModelEntity {
    const id = ++this.#lastId;
    const entity: ModelEntity = {
      id,
      leader: id,
      player: 0,
      x: 10,
      y: 30,
      vx: 0,
      vy: 0,
      items: [id * 100],
      version: 1,
      locked: false,
      ...values,
    };
    const owner = this.owner(this.definition.grid.regionAt(entity.x, entity.y));
    if (owner === undefined) throw new Error(`Nobody owns the region at ${entity.x}, ${entity.y}.`);
    owner.host.entities.set(id, entity);
    this.trace.push({ kind: "minted", ms: this.clock.nowMs(), entity: id, items: [...entity.items] });
    return entity;
  }

  /** The entity where it is simulated now. */
  find(id: number): { readonly region: RegionId; readonly entity: ModelEntity } | undefined {
    for (let region = 0; region < this.definition.grid.count; region++) {
      const entity = this.owner(region)?.host.entities.get(id);
      if (entity !== undefined) return { region, entity };
    }
    return undefined;
  }

  /** Sends a player's input to every region that knows the player, as a client with two channels does. */
  input(player: number, number: number, vx: number, vy: number): void {
    const bytes = new Uint8Array(Int8Array.of(vx, vy).buffer);
    for (const process of this.processes)
      for (const { region, host } of process.regions.values()) {
        const isHere = [...host.entities.values()].some((entity) => entity.player === player);
        if (process.scheduler.running && (isHere || host.expected.has(player)))
          region.receiveInput(player, number, bytes);
      }
  }

  /** Notes what a player's client shows: all it hears of from the regions that it has channels to, the highest epoch and newest tick of each. */
  look(player: number, self: number): void {
    const seen = new Map<
      number,
      { readonly epoch: number; readonly tick: number; readonly entity: ModelEntity }
    >();
    for (const process of this.processes)
      for (const { region, host } of process.regions.values()) {
        const isHere = [...host.entities.values()].some((entity) => entity.player === player);
        if (!isHere && !host.expected.has(player)) continue;
        const own = [...host.entities.values()].map((entity) => ({
          entity,
          epoch: region.authority.owned.get(entity.id)?.epoch ?? 0,
          tick: region.tick,
        }));
        for (const candidate of [...own, ...host.ghosts.values()]) {
          const known = seen.get(candidate.entity.id);
          const isNewer =
            known === undefined ||
            candidate.epoch > known.epoch ||
            (candidate.epoch === known.epoch && candidate.tick > known.tick);
          if (isNewer) seen.set(candidate.entity.id, candidate);
        }
      }
    const order = [...seen.values()].sort((a) => (a.entity.id === self ? -1 : 1));
    this.trace.push({
      kind: "view",
      ms: this.clock.nowMs(),
      player,
      tick: Math.floor(this.clock.nowMs() / 50),
      seen: order.map(({ entity }) => [entity.id, entity.x, entity.y] as const),
    });
  }

  /** Does something the next time a process is at this step of an operation on the store. */
  when(process: ModelProcess, operation: string, phase: OperationPhase, strike: () => void): void {
    this.bus.onStep = (owner, name, at) => {
      if (owner !== process.name || name !== operation || at !== phase) return;
      this.bus.onStep = () => {};
      strike();
    };
  }

  kill(process: ModelProcess, step?: string): void {
    this.fault("kill", 10_000, step);
    process.kill();
  }

  fault(what: "kill" | "pause" | "partition" | "store" | "bus", forMs: number, step?: string): void {
    const ms = this.clock.nowMs();
    this.trace.push({ kind: "fault", ms, what, untilMs: ms + forMs, ...(step !== undefined && { step }) });
  }

  /** Lets peace return, counts, and says which invariants were broken. */
  finish(quietMs = 14_000): Violation[] {
    this.run(quietMs);
    const ms = this.clock.nowMs();
    for (let region = 0; region < this.definition.grid.count; region++) {
      const owner = this.owner(region);
      owner?.process.regions.get(region)?.region.census();
      for (const { id, items } of owner?.host.entities.values() ?? [])
        this.trace.push({ kind: "items", ms, entity: id, items });
    }
    this.trace.push({ kind: "records", ms, records: this.store.allRecords() });
    const { tickRate, topSpeed, interestRadius } = this.#options;
    return checkTrace(this.trace, { tickRate, topSpeed, interestRadius, toleratedJump: 1, isQuiet: true });
  }
}
