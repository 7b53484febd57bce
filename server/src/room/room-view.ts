import type { InterestViewer } from "../interest/interest-viewer.ts";
import type { VisibleList } from "../interest/visible-list.ts";
import type { EntityList, ViewChange, VisibleSet } from "../snapshot/snapshot-encoder.ts";

/** Where rows of a list are in the world. */
interface Places {
  /** Table by row. */
  readonly type: Uint8Array;
  /** Slot in its table by row. */
  readonly slot: Int32Array;
}

/** A list of entities that grows. */
class Entities implements EntityList {
  count = 0;
  tables = new Uint8Array(16);
  slots = new Int32Array(16);
  details = new Uint8Array(16);
  ids = new Uint32Array(16);

  add(from: Entities, i: number): void {
    const at = this.count++;
    this.reserve(this.count);
    this.tables[at] = from.tables[i];
    this.slots[at] = from.slots[i];
    this.details[at] = from.details[i];
    this.ids[at] = from.ids[i];
  }

  reserve(count: number): void {
    if (count <= this.slots.length) return;
    const { tables, slots, details, ids } = this;
    this.tables = new Uint8Array(count * 2);
    this.slots = new Int32Array(count * 2);
    this.details = new Uint8Array(count * 2);
    this.ids = new Uint32Array(count * 2);
    this.tables.set(tables);
    this.slots.set(slots);
    this.details.set(details);
    this.ids.set(ids);
  }
}

/** A list of an interest policy as the encoders read it, with what changed since it was last taken over. */
export class RoomView implements VisibleSet {
  /** Unlike the list's own, no two views of a room ever share one. */
  version = -1;
  readonly change: ViewChange;
  /** The list's version that was last taken over. */
  taken = -1;
  /** Who asked for the view last: a list may be that of many. */
  viewer: InterestViewer | undefined;
  readonly list: VisibleList;
  readonly #arrived = new Entities();
  readonly #departed = new Entities();
  #now = new Entities();
  #before = new Entities();
  readonly #fillRelevance: (view: RoomView, out: Float32Array) => void;
  #relevance = new Float32Array(0);

  constructor(list: VisibleList, fillRelevance: (view: RoomView, out: Float32Array) => void) {
    this.list = list;
    this.#fillRelevance = fillRelevance;
    this.change = { from: -1, arrived: this.#arrived, departed: this.#departed };
  }

  get count(): number {
    return this.#now.count;
  }
  get tables(): Uint8Array {
    return this.#now.tables;
  }
  get slots(): Int32Array {
    return this.#now.slots;
  }
  get details(): Uint8Array {
    return this.#now.details;
  }

  /** To the viewer that asked last; made when it is read, as most ticks have no use for it. */
  get relevance(): Float32Array {
    if (this.#relevance.length < this.count) this.#relevance = new Float32Array(this.slots.length);
    this.#fillRelevance(this, this.#relevance);
    return this.#relevance;
  }

  /** Becomes what the list says, as a view of that version. */
  take({ rows, ids, details, count, version: taken }: VisibleList, places: Places, version: number): void {
    [this.#now, this.#before] = [this.#before, this.#now];
    const now = this.#now;
    now.reserve(count);
    for (let i = 0; i < count; i++) {
      now.tables[i] = places.type[rows[i]];
      now.slots[i] = places.slot[rows[i]];
      now.details[i] = details[i];
      now.ids[i] = ids[i];
    }
    now.count = count;
    this.change.from = this.version;
    this.#compare();
    this.version = version;
    this.taken = taken;
  }

  /** Both lists are in ascending id. */
  #compare(): void {
    const now = this.#now;
    const before = this.#before;
    this.#arrived.count = this.#departed.count = 0;
    let last = 0;
    for (let i = 0; i < now.count; i++) {
      while (last < before.count && before.ids[last] < now.ids[i]) this.#departed.add(before, last++);
      if (last === before.count || before.ids[last] > now.ids[i]) this.#arrived.add(now, i);
      else if (now.details[i] !== before.details[last++]) this.#arrived.add(now, i);
    }
    while (last < before.count) this.#departed.add(before, last++);
  }
}
