import {
  type DeltaCache,
  type EntityId,
  MAX_SNAPSHOT_BYTES,
  type PlayerNumber,
  type Sequence,
  type Tick,
  type WorldHistory,
} from "@tidelock/shared";
import { BASELINES_LOST, CROWDED, NEWEST_ACKED_TICK, USED } from "./client-block.ts";
import type { InputReport } from "./packet-writer.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";
import { noneTold, type ShownAs, type Telling } from "./told-report.ts";
import type { EntityList, ViewChange, VisibleSet } from "./view-follower.ts";

export type { EntityList, InputReport, ShownAs, Telling, ViewChange, VisibleSet };

const NO_WORDS: Int32Array = new Int32Array(0);

/**
 * One client's stream of snapshots: knows what the client has acknowledged and writes, each send tick, what it lacks. All it
 * knows is in a block of the room's memory, and the work is done by the room's writer.
 */
export class SnapshotEncoder {
  readonly #writer: SnapshotWriter;
  /** Where the client's block is; empty once disposed. */
  #words = NO_WORDS;
  #base = 0;

  constructor(history: WorldHistory, cache: DeltaCache, player: PlayerNumber) {
    this.#writer = SnapshotWriter.of(history, cache);
    this.#writer.begin(player);
    this.#keep();
  }

  /** Entities the client has or is being told of. */
  get entityCount(): number {
    return this.#words[this.#base + USED] ?? 0;
  }

  /** Tick of the newest packet that the client has confirmed, or -1. */
  get newestAckedTick(): Tick {
    return this.#words[this.#base + NEWEST_ACKED_TICK] ?? -1;
  }

  /** Entities that had to be sent whole though the client once knew them: their baseline had aged out. */
  get baselinesLost(): number {
    return this.#words[this.#base + BASELINES_LOST] ?? 0;
  }

  /** Whether the last tick's view did not fit, so that part of it waits. */
  get crowded(): boolean {
    return this.#words[this.#base + CROWDED] === 1;
  }

  /** Takes the client's acknowledgement. False, and nothing done, when it names packets never sent. */
  acknowledge(newest: Sequence, mask: number): boolean {
    if (this.#words === NO_WORDS) return false;
    this.#writer.client.open(this.#words, this.#base);
    return this.#writer.acknowledge(newest, mask);
  }

  /**
   * Writes this tick's packet and hands it to `send`; the bytes are valid during that call only. It has at most `budgetBytes` and
   * MAX_SNAPSHOT_BYTES (1150); of what does not fit, the most urgent is told. With a larger budget a client that does not yet know
   * all it sees gets up to eight packets. Call at most once per tick, after the history has recorded it.
   */
  encode(
    visible: VisibleSet,
    report: InputReport,
    send: (frame: Uint8Array) => void,
    budgetBytes: number = MAX_SNAPSHOT_BYTES,
  ): void {
    if (this.#words === NO_WORDS) return;
    this.#writer.client.open(this.#words, this.#base);
    this.#writer.prepare(visible, report);
    this.#keep();
    this.#writer.write(send, budgetBytes);
  }

  /**
   * Why an entity was, or was not, in the client's last packet. Costs nothing until it is asked; ask after `encode` and before the
   * history records the next tick.
   */
  whyNotSent(entity: EntityId): Telling {
    if (this.#words === NO_WORDS) return "not-in-view";
    this.#writer.client.open(this.#words, this.#base);
    return this.#writer.report.of(entity);
  }

  /** As what the client is shown an entity now; undefined when it is not in view. */
  shownAs(entity: EntityId): ShownAs | undefined {
    if (this.#words === NO_WORDS) return undefined;
    this.#writer.client.open(this.#words, this.#base);
    return this.#writer.report.shown(entity);
  }

  /** How many entities became what in the client's last packet; `not-in-view` counts those it may not have heard the end of. */
  countTold(): Record<Telling, number> {
    if (this.#words === NO_WORDS) return noneTold();
    this.#writer.client.open(this.#words, this.#base);
    return this.#writer.report.count();
  }

  /** Gives the client's memory back to the room. From then on nothing is sent and nothing taken in. */
  dispose(): void {
    if (this.#words === NO_WORDS) return;
    this.#writer.client.open(this.#words, this.#base);
    this.#writer.end();
    this.#words = NO_WORDS;
  }

  #keep(): void {
    const { words, base } = this.#writer.client;
    if (this.#words !== words) this.#words = words;
    if (this.#base !== base) this.#base = base;
  }
}
