/**
 * The state of a table in one block of memory, column after column, so that becoming a copy of another table of the same
 * capacity is a single copy of bytes: a ring of worlds is saved to in every predicted tick.
 */
export class TableStorage {
  readonly capacity: number;
  readonly values: Float64Array[] = [];
  readonly quantised: Int32Array[] = [];
  readonly ids: Uint32Array;
  readonly owners: Uint16Array;
  readonly alive: Uint8Array;
  readonly order: Int32Array;
  readonly #bytes: Uint8Array;

  /** `capacity`: entities it has room for, a multiple of 8. */
  constructor(columns: number, capacity: number) {
    this.capacity = capacity;
    const bytesPerEntity = columns * (8 + 4) + 4 + 4 + 2 + 1;
    const buffer = new ArrayBuffer(capacity * bytesPerEntity);
    this.#bytes = new Uint8Array(buffer);
    // The widest first: each array begins at a multiple of its elements' size.
    let at = 0;
    const take = (bytes: number): number => (at += bytes * capacity) - bytes * capacity;
    for (let c = 0; c < columns; c++) this.values.push(new Float64Array(buffer, take(8), capacity));
    for (let c = 0; c < columns; c++) this.quantised.push(new Int32Array(buffer, take(4), capacity));
    this.ids = new Uint32Array(buffer, take(4), capacity);
    this.order = new Int32Array(buffer, take(4), capacity);
    this.owners = new Uint16Array(buffer, take(2), capacity);
    this.alive = new Uint8Array(buffer, take(1), capacity);
  }

  /** Takes over the first `used` entities of storage with as many columns, which must fit, and their order. */
  copyFrom(from: TableStorage, used: number): void {
    if (this.capacity === from.capacity) return this.#bytes.set(from.#bytes);
    for (let c = 0; c < this.values.length; c++) {
      this.values[c].set(from.values[c].subarray(0, used));
      this.quantised[c].set(from.quantised[c].subarray(0, used));
    }
    this.ids.set(from.ids.subarray(0, used));
    this.owners.set(from.owners.subarray(0, used));
    this.alive.set(from.alive.subarray(0, used));
    this.order.set(from.order.subarray(0, used));
  }
}
