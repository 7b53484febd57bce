/** Bit of a detail: the entity is far from the viewer, who may get it coarser and less often. */
export const IS_FAR = 1;
/** Bit of a detail: the entity's owner is of the viewer's team, who may get the fields meant for that. */
export const IS_TEAM_MATE = 2;

const FIRST_CAPACITY = 64;

/** What a viewer may see: rows of an `InterestSource` in ascending id. Grows, never shrinks. */
export class VisibleList {
  /** Valid up to `count`; new arrays when they had to grow, so read them anew after each query. */
  rows = new Int32Array(FIRST_CAPACITY);
  ids = new Uint32Array(FIRST_CAPACITY);
  /** IS_FAR and IS_TEAM_MATE of each. */
  details = new Uint8Array(FIRST_CAPACITY);
  count = 0;
  /** Raised whenever anything of the list changes. */
  version = 0;

  /** Makes room for `count` entries and keeps those there are. */
  reserve(count: number): void {
    if (count <= this.rows.length) return;
    const capacity = Math.max(count, this.rows.length * 2);
    const { rows, ids, details } = this;
    this.rows = new Int32Array(capacity);
    this.ids = new Uint32Array(capacity);
    this.details = new Uint8Array(capacity);
    this.rows.set(rows);
    this.ids.set(ids);
    this.details.set(details);
  }

  /** Becomes a copy of `from`; the version is raised only if that changes anything. */
  become(from: VisibleList): void {
    const { count } = from;
    const most = Math.min(count, this.count);
    let same = 0;
    while (same < most && this.#isSame(from, same)) same++;
    if (same === count && same === this.count) return;
    this.take(from, same);
    this.version++;
  }

  /** Becomes a copy of `from`, of which the first `same` entries are known to be here already. */
  take(from: VisibleList, same = 0): void {
    const { count } = from;
    this.reserve(count);
    for (let i = same; i < count; i++) {
      this.rows[i] = from.rows[i];
      this.ids[i] = from.ids[i];
      this.details[i] = from.details[i];
    }
    this.count = count;
  }

  #isSame(from: VisibleList, i: number): boolean {
    return (
      this.rows[i] === from.rows[i] && this.ids[i] === from.ids[i] && this.details[i] === from.details[i]
    );
  }
}
