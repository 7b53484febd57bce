import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import type { RankSet } from "./rank-set.ts";
import type { VisibleList } from "./visible-list.ts";

/** The first stage of a policy: who is in reach of a viewer. */
export interface Candidates {
  /** Takes this tick's world. `all`: whatever was known before is of no use. */
  begin(source: InterestSource, all: boolean): void;
  /** Adds the ranks of all in reach to `found`. `seen` is what the viewer saw last time. */
  find(viewer: InterestViewer, seen: VisibleList, found: RankSet): void;
}
