import type { LagCompensation, Past, PastEntities, PlayerNumber, Tick, WorldHistory } from "@tidelock/shared";
import { HitReports } from "./hit-reports.ts";
import { RewindCounts } from "./rewind-counts.ts";
import { TablePast } from "./table-past.ts";
import type { Seen } from "./viewer.ts";

/** A hit of one player on another's entity, as both are told of it. */
export interface RewoundHit {
  readonly by: PlayerNumber;
  readonly victim: PlayerNumber;
  readonly rewindMs: number;
  readonly capped: boolean;
}

/** What the step of a room may ask of the past: nothing is kept for it that the snapshots do not need anyway. */
export class RoomPast implements Past {
  readonly maxTicks: number;
  /** Hits since the room began. */
  readonly counts = new RewindCounts();
  /** What players are still to be told of hits. */
  readonly reports = new HitReports();
  readonly #tables: readonly TablePast[];
  readonly #viewers: (player: PlayerNumber) => Seen | undefined;

  constructor(
    limits: LagCompensation,
    history: WorldHistory,
    viewers: (player: PlayerNumber) => Seen | undefined,
  ) {
    this.maxTicks = limits.maxRewindTicks;
    this.#tables = history.tables.map((table) => new TablePast(table));
    this.#viewers = viewers;
  }

  /** Takes in the tick that the history has just recorded. */
  record(tick: Tick): void {
    for (const table of this.#tables) table.record(tick);
  }

  momentOf(player: PlayerNumber, _tick: Tick): number {
    return this.#viewers(player)?.moment ?? Number.NaN;
  }

  seenBy(player: PlayerNumber, type: number): PastEntities {
    return this.#tables[type].of(player, this.#viewers(player));
  }

  noteHit(by: PlayerNumber, victim: PlayerNumber, rewindMs: number, capped: boolean): void {
    this.counts.add(rewindMs, capped);
    this.reports.add({ by, victim, rewindMs, capped });
  }
}
