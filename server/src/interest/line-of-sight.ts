import { type StaticGrid, TidelockError } from "@tidelock/shared";
import { checkDistance } from "./check-distance.ts";
import type { InterestFilter } from "./interest-policy.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { PerViewer } from "./per-viewer.ts";
import { SightLines } from "./sight-lines.ts";
import { SightMemory } from "./sight-memory.ts";

export interface LineOfSightOptions {
  /** What blocks the view: the same obstacles that the game moves against. */
  readonly grid: StaticGrid;
  /** Names of the entity types that obstacles hide. Default: all. */
  readonly types?: readonly string[];
  /** Where a viewer looks from, such as a camera. Default: its own place. */
  readonly eye?: (viewer: InterestViewer) => { readonly x: number; readonly y: number };
  /**
   * How far an entity extends to the sides of its position, in world units, from 0; default 0.5. Not more than what
   * keeps it out of walls, or its edge is seen on their other side.
   */
  readonly extent?: number;
  /**
   * How far ahead of both movements to look, in milliseconds, 0 to 1000; default 200. Should cover the time until what
   * is sent is shown, or entities appear when they are well out of cover already.
   */
  readonly leadMs?: number;
  /** How long an entity stays in view after it was last seen, in milliseconds, 0 to 5000; default 250. */
  readonly keepMs?: number;
}

/** Larger than the radius of a usual player, smaller than the walls around it. */
const EXTENT = 0.5;
/** A usual round trip and the time in the jitter buffer. */
const LEAD_MS = 200;
const MOST_LEAD_MS = 1000;
/** Longer than the gaps between two posts that someone runs past. */
const KEEP_MS = 250;
const MOST_KEEP_MS = 5000;

/**
 * A condition for `and` that hides what is behind obstacles, so that no cheat can show it. Seen is an entity as soon
 * as a line is free to its centre or to one of its edges, from where the viewer is or will be in a moment.
 *
 * @example interest = gridInterest({ radius: 60 }).and(lineOfSight({ grid: walls, types: ["player"] }));
 * @throws TidelockError `room/interest-options` when a number is out of its range, and `room/interest-type` at the
 * first tick when `types` names what is no entity type.
 */
export function lineOfSight(options: LineOfSightOptions): InterestFilter {
  return new LineOfSight(options);
}

class LineOfSight implements InterestFilter {
  readonly #types: readonly string[] | undefined;
  readonly #eye: LineOfSightOptions["eye"];
  readonly #keepSeconds: number;
  readonly #lines: SightLines;
  readonly #memories = new PerViewer(() => new SightMemory());
  #typeNames: readonly string[] | undefined;
  /** 1 for each type that obstacles hide. */
  #isHidden = new Uint8Array(0);
  #source: InterestSource | undefined;
  /** Counts calls of `begin`. */
  #serial = 0;
  /** By row: the call at which it last changed. */
  #changedAt = new Int32Array(0);

  constructor({ grid, types, eye, extent = EXTENT, leadMs = LEAD_MS, keepMs = KEEP_MS }: LineOfSightOptions) {
    const check = (name: string, found: number, most: number): void =>
      checkDistance("lineOfSight", name, found, found >= 0 && found <= most, `0 to ${most}`);
    checkDistance("lineOfSight", "extent", extent, extent >= 0 && extent < Infinity, "from 0");
    check("leadMs", leadMs, MOST_LEAD_MS);
    check("keepMs", keepMs, MOST_KEEP_MS);
    this.#types = types;
    this.#eye = eye;
    this.#keepSeconds = keepMs / 1000;
    this.#lines = new SightLines(grid, extent, leadMs / 1000);
  }

  begin(source: InterestSource): void {
    if (source.typeNames !== this.#typeNames) this.#learnTypes(source.typeNames);
    const all = source !== this.#source;
    this.#source = source;
    this.#serial++;
    if (source.size > this.#changedAt.length) {
      const longer = new Int32Array(Math.max(64, source.size * 2));
      longer.set(this.#changedAt);
      this.#changedAt = longer;
    }
    if (all) this.#changedAt.fill(this.#serial);
    for (let i = 0; i < source.changedCount; i++) this.#changedAt[source.changed[i]] = this.#serial;
    this.#lines.begin(source);
  }

  narrow(viewer: InterestViewer, rows: Int32Array, count: number): number {
    const source = this.#source;
    if (source === undefined) return 0;
    const memory = this.#memories.of(viewer);
    const eye = this.#eye === undefined ? viewer : this.#eye(viewer);
    this.#lines.lookFrom(eye, viewer);
    memory.begin(count, this.#lines, this.#serial);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (this.#isHidden[source.type[row]] === 0 || this.#isShown(memory, row, source)) rows[kept++] = row;
    }
    memory.finish();
    return kept;
  }

  isSettled(viewer: InterestViewer): boolean {
    // An eye that the game places may move although nothing else does.
    return this.#eye === undefined && !this.#memories.of(viewer).isKeeping;
  }

  #isShown(memory: SightMemory, row: number, { id, seconds }: InterestSource): boolean {
    const known = memory.find(id[row]);
    const isOld = memory.isCurrent(known, this.#changedAt[row]);
    let obstacle = memory.obstacleBefore(known);
    if (!isOld) obstacle = this.#lines.obstacleTo(row, obstacle);
    return memory.add(id[row], known, obstacle, isOld, seconds, this.#keepSeconds);
  }

  #learnTypes(typeNames: readonly string[]): void {
    const hidden = this.#types ?? typeNames;
    for (const name of hidden) {
      if (typeNames.includes(name)) continue;
      throw new TidelockError(
        "room/interest-type",
        `lineOfSight hides "${name}", which is no entity type; allowed are ${typeNames.join(", ")}.`,
      );
    }
    this.#typeNames = typeNames;
    this.#isHidden = Uint8Array.from(typeNames, (name) => (hidden.includes(name) ? 1 : 0));
  }
}
