import type { Rng, Scheduler, Tick } from "@tidelock/shared";
import type { AuthorityTable } from "./authority-table.ts";
import type { CrossingPolicy } from "./crossing-policy.ts";
import type { GhostExchange } from "./ghost-exchange.ts";
import type { InputGate } from "./input-gate.ts";
import type { JournalWriter } from "./journal-writer.ts";
import type { LeaseKeeper } from "./lease-keeper.ts";
import type { RegionBus } from "./region-bus.ts";
import type { RegionHost } from "./region-host.ts";
import type { RegionEvent } from "./region-trace.ts";
import type { RegionId } from "./transfer.ts";
import type { WorldDefinition } from "./world-definition.ts";

/** What the parts of a region share. */
export interface RegionCore {
  readonly id: RegionId;
  readonly world: WorldDefinition;
  readonly bus: RegionBus;
  readonly host: RegionHost;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly lease: LeaseKeeper;
  readonly authority: AuthorityTable;
  readonly crossings: CrossingPolicy;
  readonly inputs: InputGate;
  readonly journal: JournalWriter;
  readonly ghosts: GhostExchange;
  /** The newest tick simulated here. */
  readonly tick: Tick;
  /** Owner, restored, and not lapsed. */
  readonly running: boolean;
  trace(event: RegionEvent): void;
}
