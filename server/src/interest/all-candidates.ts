import type { Candidates } from "./candidates.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import type { RankSet } from "./rank-set.ts";
import type { VisibleList } from "./visible-list.ts";

/** Everything there is, for everybody. */
export class AllCandidates implements Candidates {
  #count = 0;

  begin(source: InterestSource): void {
    this.#count = source.count;
  }

  find(_viewer: InterestViewer, _seen: VisibleList, found: RankSet): void {
    for (let rank = 0; rank < this.#count; rank++) found.add(rank);
  }
}
