import type { SightLines } from "./sight-lines.ts";

const NONE = -1;

/** Entities of one look at them, in ascending id. */
class Look {
  ids = new Uint32Array(0);
  /** The obstacle in between, or -1. */
  obstacle = new Int32Array(0);
  /** Game time until which it stays in view though it is not seen. */
  keptUntil = new Float64Array(0);
  /** The call of `begin` for which that was found out. */
  lookedAt = new Int32Array(0);
  count = 0;

  clear(room: number): void {
    this.count = 0;
    if (room <= this.ids.length) return;
    const capacity = Math.max(64, room * 2);
    this.ids = new Uint32Array(capacity);
    this.obstacle = new Int32Array(capacity);
    this.keptUntil = new Float64Array(capacity);
    this.lookedAt = new Int32Array(capacity);
  }
}

/**
 * What one viewer saw of the entities around it, so that lines are drawn anew only where an end of them moved, and
 * what slips behind a post stays in view for a moment. Entities come in ascending id, so the last look is read along.
 */
export class SightMemory {
  /** Whether something is in view that is not seen: it will go by the passing of time alone. */
  isKeeping = false;
  #last = new Look();
  #now = new Look();
  #at = 0;
  #serial = 0;
  /** The call of `begin` at which the eye last moved. */
  #movedAt = 0;
  readonly #eyePlaces = new Float64Array(4).fill(Number.NaN);

  /** Begins a look at up to `count` entities, from the eye of `lines`. */
  begin(count: number, { eye, eyeAhead }: SightLines, serial: number): void {
    this.#now.clear(count);
    this.#at = 0;
    this.#serial = serial;
    this.isKeeping = false;
    const places = this.#eyePlaces;
    // A place that is not a number never equals itself: lines from nowhere are drawn again, and end at once.
    if (places[0] === eye.x && places[1] === eye.y && places[2] === eyeAhead.x && places[3] === eyeAhead.y)
      return;
    this.#movedAt = serial;
    places[0] = eye.x;
    places[1] = eye.y;
    places[2] = eyeAhead.x;
    places[3] = eyeAhead.y;
  }

  /** The place of an entity in the last look, or -1. Ask in ascending order. */
  find(id: number): number {
    const { ids, count } = this.#last;
    while (this.#at < count && ids[this.#at] < id) this.#at++;
    return this.#at < count && ids[this.#at] === id ? this.#at : NONE;
  }

  /** Whether what was found out of an entity still holds, if it last changed at `changedAt`. */
  isCurrent(known: number, changedAt: number): boolean {
    if (known === NONE) return false;
    const at = this.#last.lookedAt[known];
    return at >= this.#movedAt && at >= changedAt;
  }

  /** The obstacle that hid an entity at the last look, or -1: it was seen, or is not known. */
  obstacleBefore(known: number): number {
    return known === NONE ? NONE : this.#last.obstacle[known];
  }

  /**
   * Notes what was found out of an entity; `known`: its place in the last look, `isOld`: it was found out then or before.
   * Returns whether it is in view.
   */
  add(id: number, known: number, obstacle: number, isOld: boolean, now: number, keep: number): boolean {
    const last = this.#last;
    const look = this.#now;
    const i = look.count++;
    const isSeen = obstacle === NONE;
    // The time runs from the first look that finds nothing: until then it was seen.
    let keptUntil = known === NONE ? NONE : last.keptUntil[known];
    if (!isSeen && known !== NONE && last.obstacle[known] === NONE) keptUntil = now + keep;
    look.ids[i] = id;
    look.obstacle[i] = obstacle;
    look.keptUntil[i] = keptUntil;
    look.lookedAt[i] = isOld ? last.lookedAt[known] : this.#serial;
    if (isSeen) return true;
    if (now >= keptUntil) return false;
    this.isKeeping = true;
    return true;
  }

  finish(): void {
    const last = this.#last;
    this.#last = this.#now;
    this.#now = last;
  }
}
