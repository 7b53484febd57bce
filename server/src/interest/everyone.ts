import { AllCandidates } from "./all-candidates.ts";
import type { ComposableInterest, InterestFilter, VisibilityRule } from "./interest-policy.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { checkDistance } from "./check-distance.ts";
import { StagedInterest, type TeamInterest } from "./staged-interest.ts";
import { DetailByDistance } from "./detail-by-distance.ts";
import { VisibleList } from "./visible-list.ts";

export interface EveryoneOptions {
  /** What is further away than this, in world units, is sent coarser and at a lower rate. Default: nothing is. */
  readonly far?: number;
  /** As for `gridInterest`; makes a difference only with conditions added by `and`. */
  readonly teams?: TeamInterest;
}

/**
 * Each client is told about everything, but for what conditions added by `and` hide: for small worlds, and the
 * default. Without conditions and distances the list is made once per change of the world for all clients.
 *
 * @throws TidelockError `room/interest-options` when `far` is not above 0.
 */
export function everyone(options: EveryoneOptions = {}): ComposableInterest {
  return new Everyone(options);
}

class Everyone implements ComposableInterest {
  readonly #options: EveryoneOptions;
  /** Takes over as soon as viewers differ by more than their team. */
  #staged: StagedInterest | undefined;
  /** The list by team. */
  readonly #lists = new Map<number, { readonly list: VisibleList; listedAt: number }>();
  readonly #allies = new DetailByDistance(Infinity);
  readonly #draft = new VisibleList();
  #source: InterestSource | undefined;
  #version = -1;
  #teamsVersion = -1;
  /** Counts changes of who is there and in which team. */
  #serial = 0;

  constructor(options: EveryoneOptions) {
    this.#options = options;
    if (options.far === undefined) return;
    checkDistance("everyone", "far", options.far, options.far > 0, "above 0");
    this.#staged = new StagedInterest(new AllCandidates(), options);
  }

  and(condition: InterestFilter | VisibilityRule): this {
    this.#staged ??= new StagedInterest(new AllCandidates(), this.#options);
    this.#staged.and(condition);
    return this;
  }

  begin(source: InterestSource): void {
    if (this.#staged !== undefined) return this.#staged.begin(source);
    const isOther =
      source !== this.#source ||
      source.version !== this.#version ||
      source.teamsVersion !== this.#teamsVersion;
    this.#source = source;
    this.#version = source.version;
    this.#teamsVersion = source.teamsVersion;
    if (isOther) this.#serial++;
  }

  query(viewer: InterestViewer): VisibleList {
    if (this.#staged !== undefined) return this.#staged.query(viewer);
    let known = this.#lists.get(viewer.team);
    if (known === undefined)
      this.#lists.set(viewer.team, (known = { list: new VisibleList(), listedAt: -1 }));
    if (known.listedAt !== this.#serial) this.#listAll(viewer, known.list);
    known.listedAt = this.#serial;
    return known.list;
  }

  #listAll(viewer: InterestViewer, list: VisibleList): void {
    const source = this.#source;
    if (source === undefined) return;
    const { count, order, id } = source;
    const draft = this.#draft;
    draft.reserve(count);
    for (let rank = 0; rank < count; rank++) {
      draft.rows[rank] = order[rank];
      draft.ids[rank] = id[order[rank]];
    }
    draft.count = count;
    this.#allies.fill(viewer, source, draft, list);
    list.become(draft);
  }
}
