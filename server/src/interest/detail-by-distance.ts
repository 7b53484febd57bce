import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { IS_TEAM_MATE, IS_FAR, type VisibleList } from "./visible-list.ts";

/** As with the radius: what is near stays near a little longer, so that nobody on the edge changes back and forth. */
const STAY_NEAR_FACTOR = 1.15;
const NO_TEAM = 0;

/** Says of each entity in view how well the viewer needs to know it. */
export class DetailByDistance {
  readonly #nearReach: number;
  readonly #stayNearReach: number;

  /** @param far distance in world units beyond which an entity is far; Infinity: none is. */
  constructor(far: number) {
    this.#nearReach = far * far;
    this.#stayNearReach = this.#nearReach * STAY_NEAR_FACTOR * STAY_NEAR_FACTOR;
  }

  /** Whether distances make a difference. */
  get isByDistance(): boolean {
    return this.#nearReach < Infinity;
  }

  /** Fills in the details of `list`; `before` is what the viewer was told last time. */
  fill(viewer: InterestViewer, source: InterestSource, list: VisibleList, before: VisibleList): void {
    const { rows, ids, details, count } = list;
    const { x, y, owner, teams } = source;
    let known = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      while (known < before.count && before.ids[known] < ids[i]) known++;
      const wasNear =
        known < before.count && before.ids[known] === ids[i] && (before.details[known] & IS_FAR) === 0;
      const dx = x[row] - viewer.x;
      const dy = y[row] - viewer.y;
      const isFar =
        dx * dx + dy * dy > (wasNear ? this.#stayNearReach : this.#nearReach) && owner[row] !== viewer.player;
      const isAlly = viewer.team !== NO_TEAM && teams[owner[row]] === viewer.team;
      details[i] = (isFar ? IS_FAR : 0) | (isAlly ? IS_TEAM_MATE : 0);
    }
  }
}
