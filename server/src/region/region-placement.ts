import type { Scheduler } from "@tidelock/shared";
import type { Directory, RegionBus } from "./region-bus.ts";
import { ALL_PROCESSES } from "./region-message.ts";
import type { RegionId } from "./transfer.ts";

/** Between two looks at who is there: a region without an owner is missed for no longer than this beyond its lease. */
const LOOK_EVERY_MS = 500;
/** Regions move one at a time, and not before those that moved last have come to rest. */
const MOVE_EVERY_MS = 5000;
/** An offered region changes hands after this time, in which its next owner prepares, so that nobody in it notices. */
const PREPARE_MS = 300;
/** What was offered and not given within this time is not waited for. */
const OFFER_MS = 3000;

/**
 * What a process should do, given who is there: the regions to take, and one to give away when it has two more than somebody else.
 * Every process comes to the same plan from the same directory; where directories differ, the lease decides.
 */
export function placeRegions(
  owner: string,
  regionCount: number,
  { processes, regions }: Directory,
): { readonly take: readonly RegionId[]; readonly give: RegionId | undefined } {
  const counts = new Map(processes.map((process) => [process.owner, { ...process, regions: 0 }]));
  for (const { owner: holder } of regions) {
    const count = counts.get(holder);
    if (count !== undefined) count.regions++;
  }
  const owned = new Map(regions.map(({ region, owner: holder }) => [region, holder]));
  const take: RegionId[] = [];
  for (let region = 0; region < regionCount; region++) {
    if (owned.has(region)) continue;
    const [least] = [...counts.values()].sort(
      (a, b) => a.regions - b.regions || a.load - b.load || (a.owner < b.owner ? -1 : 1),
    );
    if (least === undefined) break;
    least.regions++;
    if (least.owner === owner) take.push(region);
  }
  const mine = counts.get(owner)?.regions ?? 0;
  const fewest = Math.min(...[...counts.values()].map((count) => count.regions));
  const mineFirst = regions.find(({ owner: holder }) => holder === owner);
  return { take, give: take.length === 0 && mine > fewest + 1 ? mineFirst?.region : undefined };
}

export interface PlacementOptions {
  readonly bus: RegionBus;
  readonly scheduler: Scheduler;
  readonly regionCount: number;
  /** How busy this process is, as the others measure it too. */
  readonly load: () => number;
  /** Begins to try for a region; called again for one that was given up in between. */
  readonly serve: (region: RegionId) => void;
  /** Gives a region up, so that another process can go on with it; calls `done` afterwards. */
  readonly drain: (region: RegionId, done: () => void) => void;
}

/** Spreads the regions of a world over its processes, each of which runs one of these. */
export class RegionPlacement {
  readonly #options: PlacementOptions;
  readonly #serving = new Set<RegionId>();
  #state: "running" | "leaving" | "stopped" = "stopped";
  #movedMs = Number.NEGATIVE_INFINITY;
  /** What others are about to give, and until when it is waited for. */
  readonly #offered = new Map<RegionId, number>();
  #cancel: () => void = () => {};
  #stopListening: () => void = () => {};

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#state !== "stopped") return;
    this.#state = "running";
    const { bus } = this.#options;
    this.#stopListening = bus.listen(ALL_PROCESSES, (message) => {
      if (message.kind === "offered" && message.to === bus.owner) this.#prepare(message.region);
    });
    this.#look();
  }

  get isRunning(): boolean {
    return this.#state !== "stopped";
  }

  /** The regions that this process has or tries for. */
  get serving(): ReadonlySet<RegionId> {
    return this.#serving;
  }

  /** A region was lost to another process. */
  lost(region: RegionId): void {
    this.#serving.delete(region);
  }

  /** Takes nothing more, hands all regions to the other processes, one after the other, and then calls `done`. */
  leave(done: () => void): void {
    if (this.#state === "stopped") return done();
    this.#state = "leaving";
    this.#cancel();
    // Said before the first region is free: nobody is to count on this process any more.
    this.#stopListening();
    this.#options.bus.announce(undefined, (directory) => this.#leaveNext(directory, done));
  }

  #leaveNext(directory: Directory | undefined, done: () => void): void {
    const [region] = this.#serving;
    if (region === undefined) {
      this.#state = "stopped";
      return done();
    }
    this.#give(region, directory, () =>
      // Who is there, and who has the fewest, has changed by then.
      this.#options.bus.announce(undefined, (next) => this.#leaveNext(next, done)),
    );
  }

  /** Tells the process with the fewest regions to prepare, then lets the region go. */
  #give(region: RegionId, directory: Directory | undefined, done: () => void): void {
    const { bus, drain, scheduler } = this.#options;
    const counts = (directory?.processes ?? []).map(({ owner, load }) => ({
      owner,
      load,
      regions: directory?.regions.filter((taken) => taken.owner === owner).length ?? 0,
    }));
    const [next] = counts
      .filter(({ owner }) => owner !== bus.owner)
      .sort((a, b) => a.regions - b.regions || a.load - b.load);
    this.#serving.delete(region);
    if (next !== undefined)
      bus.send(ALL_PROCESSES, { kind: "offered", from: region, fromEpoch: 0, region, to: next.owner });
    scheduler.after(next === undefined ? 0 : PREPARE_MS, () => drain(region, done));
  }

  #prepare(region: RegionId): void {
    if (this.#state !== "running" || this.#serving.has(region)) return;
    this.#offered.set(region, this.#options.scheduler.nowMs() + OFFER_MS);
    this.#serving.add(region);
    this.#options.serve(region);
  }

  #look(): void {
    const { bus, load, scheduler } = this.#options;
    bus.announce(load(), (directory) => {
      if (this.#state === "running" && directory !== undefined) this.#follow(directory);
    });
    this.#cancel = scheduler.after(LOOK_EVERY_MS, () => this.#look());
  }

  #follow(directory: Directory): void {
    const { bus, drain, regionCount, scheduler, serve } = this.#options;
    const { take, give } = placeRegions(bus.owner, regionCount, directory);
    for (const region of take) {
      if (this.#serving.has(region)) continue;
      this.#serving.add(region);
      this.#movedMs = scheduler.nowMs();
      serve(region);
    }
    // What somebody else has meanwhile is tried for no more.
    for (const { region, owner } of directory.regions)
      if (owner === bus.owner) this.#offered.delete(region);
      else if ((this.#offered.get(region) ?? 0) < scheduler.nowMs() && this.#serving.delete(region))
        drain(region, () => {});
    if (give === undefined || scheduler.nowMs() - this.#movedMs < MOVE_EVERY_MS) return;
    this.#movedMs = scheduler.nowMs();
    this.#give(give, directory, () => {});
  }
}
