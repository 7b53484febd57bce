import {
  MemoryBus,
  type MemoryConnection,
  Region,
  type RegionId,
  RegionPlacement,
  type WorldDefinition,
} from "@tidelock/server/region";
import { Rng } from "@tidelock/shared";
import type { VirtualScheduler } from "@tidelock/shared/testing";
import { ModelHost } from "./model-host.ts";
import { ProcessScheduler } from "./process-scheduler.ts";
import type { CheckedLine } from "./trace-line.ts";

/** A process that lost a region waits so long before it tries to get it again. */
const TRY_AGAIN_MS = 1000;

export interface ModelProcessOptions {
  readonly name: string;
  readonly clock: VirtualScheduler;
  readonly bus: MemoryBus;
  readonly world: WorldDefinition;
  readonly trace: (line: CheckedLine) => void;
}

/** A process of the model: it tries to own the regions that it is told to, with a simulation each. */
export class ModelProcess {
  readonly name: string;
  readonly scheduler: ProcessScheduler;
  readonly connection: MemoryConnection;
  readonly regions = new Map<RegionId, { readonly region: Region; readonly host: ModelHost }>();
  readonly placement: RegionPlacement;
  readonly #options: ModelProcessOptions;

  constructor(options: ModelProcessOptions) {
    this.#options = options;
    this.name = options.name;
    this.scheduler = new ProcessScheduler(options.clock);
    this.connection = options.bus.connect(options.name);
    this.placement = new RegionPlacement({
      bus: this.connection,
      scheduler: this.scheduler,
      regionCount: options.world.grid.count,
      load: () => 0,
      serve: (region) => this.serve(region),
      drain: (region, done) => this.drain(region, done),
    });
    this.#scheduleTick();
  }

  /** Gives a region up, written down. */
  drain(id: RegionId, done: () => void = () => {}): void {
    const served = this.regions.get(id);
    this.regions.delete(id);
    if (served === undefined) done();
    else served.region.drain(done);
  }

  /** Tries to own a region from now on, and again whenever it was lost. */
  serve(id: RegionId): void {
    const { world, trace, name } = { ...this.#options };
    const { clock } = this.#options;
    const host = new ModelHost({
      tickRate: world.tickRate,
      worldSize: world.grid.columns * world.grid.regionSize,
      onFrame: (player, tick) => trace({ kind: "frame", ms: clock.nowMs(), player, tick }),
    });
    const region = new Region({
      id,
      world,
      bus: this.connection,
      host,
      scheduler: this.scheduler,
      rng: new Rng(id, 7),
      trace: (event, regionEpoch) =>
        trace({ ...event, ms: clock.nowMs(), process: name, region: id, regionEpoch }),
      onLost: () => {
        if (this.regions.get(id)?.region !== region) return;
        this.regions.delete(id);
        this.placement.lost(id);
        if (this.placement.isRunning) return;
        this.scheduler.after(TRY_AGAIN_MS, () => this.serve(id));
      },
    });
    this.regions.set(id, { region, host });
    region.start();
  }

  kill(): void {
    this.scheduler.kill();
    this.connection.kill();
  }

  pause(): void {
    this.scheduler.pause();
    this.connection.pause();
  }

  resume(): void {
    this.scheduler.resume();
    this.connection.resume();
  }

  #scheduleTick(): void {
    const { clock, world } = this.#options;
    const tick = Math.floor((clock.nowMs() * world.tickRate) / 1000 + 1e-6) + 1;
    this.scheduler.after((tick * 1000) / world.tickRate - clock.nowMs(), () => {
      // After a pause the ticks that were missed stay missed: the world's clock went on.
      const now = Math.floor((clock.nowMs() * world.tickRate) / 1000 + 1e-6);
      for (const { region } of this.regions.values()) region.step(now);
      this.#scheduleTick();
    });
  }
}
