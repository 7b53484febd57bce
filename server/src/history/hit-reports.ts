import type { HitReport, PlayerNumber } from "@tidelock/shared";
import type { RewoundHit } from "./room-past.ts";

/** A message holds no more; a player with more hits in a quarter of a second is told of the first. */
const MOST = 32;

/** What players are to be told of the hits they made and took, until it is time to. */
export class HitReports {
  readonly #waiting = new Map<PlayerNumber, HitReport[]>();

  add({ by, victim, rewindMs, capped }: RewoundHit): void {
    const report = { rewindMs: Math.round(rewindMs), capped };
    this.#put(by, { ...report, wasHit: false });
    if (victim !== by) this.#put(victim, { ...report, wasHit: true });
  }

  /** Hands over what waits, player by player, and forgets it. */
  flush(tell: (player: PlayerNumber, reports: readonly HitReport[]) => void): void {
    for (const [player, reports] of this.#waiting) tell(player, reports);
    this.#waiting.clear();
  }

  #put(player: PlayerNumber, report: HitReport): void {
    if (player === 0) return;
    const reports = this.#waiting.get(player);
    if (reports === undefined) this.#waiting.set(player, [report]);
    else if (reports.length < MOST) reports.push(report);
  }
}
