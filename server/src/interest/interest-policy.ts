import type { EntityHandle } from "@tidelock/shared";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import type { VisibleList } from "./visible-list.ts";

/** Decides which entities each client is told about. What it leaves out is never sent. */
export interface InterestPolicy {
  /** Once per send tick, before any `query`; the source stays unchanged until the next `begin`. */
  begin(source: InterestSource): void;
  /**
   * What this viewer may see, in ascending id. The list may be shared by viewers and is valid until the next
   * `begin`; its `version` stays the same while it would say the same again.
   */
  query(viewer: InterestViewer): VisibleList;
  /**
   * How much each entity of the viewer's list matters to it: writes a number above 0 for each to `out`, 1 being the usual. Asked after
   * `query`, and only in ticks in which not all that there is to tell fits. Default: by distance, four times the usual beside the viewer
   * and a sixteenth at the edge of an evenly filled view.
   */
  relevance?(viewer: InterestViewer, list: VisibleList, out: Float32Array): void;
}

/** A policy that further conditions can be added to. */
export interface ComposableInterest extends InterestPolicy {
  /**
   * Adds a condition: entities are shown only if all conditions hold. A viewer's own entities are shown whatever
   * they say. Returns the policy itself.
   */
  and(condition: InterestFilter | VisibilityRule): this;
}

/**
 * A game's own visibility rule: false hides the entity from that viewer altogether, so that no cheat can
 * show it. Asked only about entities in reach, never about the viewer's own. Must not change the world.
 */
export type VisibilityRule = (viewer: InterestViewer, entity: EntityHandle) => boolean;

/** A condition that works on all candidates of a viewer at once, and may remember them from tick to tick. */
export interface InterestFilter {
  /** Once per send tick, before any `narrow`. */
  begin(source: InterestSource): void;
  /** Keeps those of the first `count` rows that the viewer may see, in their order, and returns how many. */
  narrow(viewer: InterestViewer, rows: Int32Array, count: number): number;
  /** Whether the answer would be the same again as long as nothing in the source changes and the viewer stays where it is. */
  isSettled(viewer: InterestViewer): boolean;
}
