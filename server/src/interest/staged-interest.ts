import type { Candidates } from "./candidates.ts";
import { DetailByDistance } from "./detail-by-distance.ts";
import type { ComposableInterest, InterestFilter, VisibilityRule } from "./interest-policy.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { OwnerIndex } from "./owner-index.ts";
import { PerViewer } from "./per-viewer.ts";
import { RankSet } from "./rank-set.ts";
import { RelevanceByDistance, type RelevanceOptions } from "./relevance-by-distance.ts";
import { RuleFilter } from "./rule-filter.ts";
import { TeamSight } from "./team-sight.ts";
import { ViewerSight } from "./viewer-sight.ts";
import { VisibleList } from "./visible-list.ts";

/** What being in a team is worth; see `GridInterestOptions.teams`. */
export type TeamInterest = "members" | "share";

export interface StagedOptions extends RelevanceOptions {
  readonly teams?: TeamInterest | undefined;
  readonly far?: number | undefined;
}

const NO_TEAM = 0;

/**
 * A policy in stages: who is in reach, which of them all conditions let through, the viewer's own and its team's,
 * and in what detail. As long as nothing moved and no condition waits for anything, all stages are passed over.
 */
export class StagedInterest implements ComposableInterest {
  readonly #candidates: Candidates;
  readonly #filters: InterestFilter[] = [];
  readonly #detail: DetailByDistance;
  readonly #relevance: RelevanceByDistance;
  readonly #teams: TeamInterest | undefined;
  readonly #owners = new OwnerIndex();
  readonly #found = new RankSet();
  readonly #draft = new VisibleList();
  readonly #sights = new PerViewer(() => new ViewerSight());
  readonly #teamSights = new Map<number, TeamSight>();
  #ranks = new Int32Array(0);
  #rows = new Int32Array(0);
  #source: InterestSource | undefined;
  #version = -1;
  #teamsVersion = -1;
  /** Counts calls of `begin`. */
  #serial = 0;
  /** The call that last brought any change. */
  #lastChange = 0;

  constructor(candidates: Candidates, options: StagedOptions) {
    const { teams, far = Infinity } = options;
    this.#candidates = candidates;
    this.#relevance = new RelevanceByDistance(options);
    this.#teams = teams;
    this.#detail = new DetailByDistance(far);
  }

  and(condition: InterestFilter | VisibilityRule): this {
    this.#filters.push(typeof condition === "function" ? new RuleFilter(condition) : condition);
    return this;
  }

  begin(source: InterestSource): void {
    const isNew = source !== this.#source;
    const reordered = isNew || source.version !== this.#version;
    this.#serial++;
    if (reordered || source.changedCount > 0 || source.teamsVersion !== this.#teamsVersion)
      this.#lastChange = this.#serial;
    this.#source = source;
    this.#version = source.version;
    this.#teamsVersion = source.teamsVersion;
    this.#reserve(source.size);
    if (reordered) this.#owners.build(source);
    this.#candidates.begin(source, isNew);
    for (const filter of this.#filters) filter.begin(source);
  }

  query(viewer: InterestViewer): VisibleList {
    const sight = this.#sights.of(viewer);
    const source = this.#source;
    if (source === undefined) return sight.told;
    this.#look(viewer, sight, source);
    const inTeam = viewer.team !== NO_TEAM;
    const seen = inTeam && this.#teams === "share" ? this.#seenByTeam(viewer.team, source) : sight.own;
    if (!inTeam && !this.#detail.isByDistance) return seen;
    if (sight.isTold(viewer, seen, this.#detail.isByDistance ? this.#lastChange : 0, this.#teamsVersion))
      return sight.told;
    const draft = this.#draft;
    draft.take(seen);
    this.#detail.fill(viewer, source, draft, sight.told);
    sight.told.become(draft);
    sight.noteTold(viewer, seen, this.#serial, this.#teamsVersion);
    return sight.told;
  }

  relevance(viewer: InterestViewer, list: VisibleList, out: Float32Array): void {
    if (this.#source !== undefined) this.#relevance.fill(viewer, this.#source, list, out);
  }

  /** Brings up to date what a viewer sees with its own eyes; at most once per tick. */
  #look(viewer: InterestViewer, sight: ViewerSight, source: InterestSource): void {
    if (sight.lookedAt === this.#serial) return;
    if (sight.hasRested(viewer, this.#lastChange) && this.#isSettled(viewer)) {
      sight.lookedAt = this.#serial;
      return;
    }
    const found = this.#found;
    this.#candidates.find(viewer, sight.own, found);
    if (this.#filters.length > 0) this.#applyFilters(viewer, source);
    this.#addOwned(viewer.player, source);
    // Who shares what is seen gets what a mate owns from that mate's own look.
    if (this.#teams === "members" && viewer.team !== NO_TEAM)
      for (const mate of source.viewers)
        if (mate.team === viewer.team && mate !== viewer) this.#addOwned(mate.player, source);
    this.#listFound(source);
    const before = sight.own.version;
    sight.own.become(this.#draft);
    sight.noteLook(viewer, this.#serial, sight.own.version !== before);
  }

  /** Whether all conditions would say the same again. */
  #isSettled(viewer: InterestViewer): boolean {
    for (const filter of this.#filters) if (!filter.isSettled(viewer)) return false;
    return true;
  }

  /** Leaves in `found` what all conditions let through, and nothing that is shown regardless of them. */
  #applyFilters(viewer: InterestViewer, source: InterestSource): void {
    const { order, rank, owner, teams } = source;
    const { player, team } = viewer;
    const withTeam = this.#teams === "members" && team !== NO_TEAM;
    const rows = this.#rows;
    const found = this.#found.drain(this.#ranks);
    let count = 0;
    for (let i = 0; i < found; i++) {
      const row = order[this.#ranks[i]];
      const by = owner[row];
      if (by !== player && !(withTeam && by !== 0 && teams[by] === team)) rows[count++] = row;
      else this.#found.add(rank[row]);
    }
    for (const filter of this.#filters) count = filter.narrow(viewer, rows, count);
    for (let i = 0; i < count; i++) this.#found.add(rank[rows[i]]);
  }

  #addOwned(player: number, { rank }: InterestSource): void {
    const owners = this.#owners;
    for (let row = owners.first(player); row >= 0; row = owners.next(row)) this.#found.add(rank[row]);
  }

  #seenByTeam(team: number, source: InterestSource): VisibleList {
    let shared = this.#teamSights.get(team);
    if (shared === undefined) this.#teamSights.set(team, (shared = new TeamSight()));
    if (shared.unitedAt === this.#serial) return shared.list;
    let changed = shared.teamsVersion !== this.#teamsVersion;
    for (const mate of source.viewers) {
      if (mate.team !== team) continue;
      const sight = this.#sights.of(mate);
      this.#look(mate, sight, source);
      if (sight.changedAt > shared.unitedAt) changed = true;
    }
    shared.unitedAt = this.#serial;
    shared.teamsVersion = this.#teamsVersion;
    if (!changed) return shared.list;
    for (const mate of source.viewers) {
      if (mate.team !== team) continue;
      const { rows, count } = this.#sights.of(mate).own;
      for (let i = 0; i < count; i++) this.#found.add(source.rank[rows[i]]);
    }
    this.#listFound(source);
    shared.list.become(this.#draft);
    return shared.list;
  }

  /** Empties `found` into the draft. */
  #listFound({ order, id }: InterestSource): void {
    const draft = this.#draft;
    const ranks = this.#ranks;
    const count = this.#found.drain(ranks);
    draft.reserve(count);
    for (let i = 0; i < count; i++) {
      const row = order[ranks[i]];
      draft.rows[i] = row;
      draft.ids[i] = id[row];
      draft.details[i] = 0;
    }
    draft.count = count;
  }

  #reserve(size: number): void {
    if (size <= this.#ranks.length) return;
    const capacity = Math.max(size, this.#ranks.length * 2, 64);
    this.#found.reserve(capacity);
    this.#ranks = new Int32Array(capacity);
    this.#rows = new Int32Array(capacity);
  }
}
