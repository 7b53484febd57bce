/** A stretch of a slab. */
export interface BlockPlace {
  readonly words: Int32Array;
  readonly base: number;
}

/** A first slab holds some twenty clients; each further one is twice as large, up to 1 MiB. */
const FIRST_SLAB_WORDS = 1 << 14;
const LARGEST_SLAB_WORDS = 1 << 18;

/**
 * The memory of all clients of a room: a few long arrays cut into one block per client, and an array
 * of its own for a client that needs very much. Blocks given back are used again for
 * clients of the same capacity, so a room takes no more than its fullest moment did.
 */
export class ClientPool {
  #slab = new Int32Array(0);
  #slabUsed = 0;
  readonly #free = new Map<number, BlockPlace[]>();
  /** Words of all slabs. */
  words = 0;

  /** A block of `size` words, whose contents are left over from whoever had it. */
  take(size: number): BlockPlace {
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) return free;
    if (size > FIRST_SLAB_WORDS / 4) {
      this.words += size;
      return { words: new Int32Array(size), base: 0 };
    }
    if (this.#slabUsed + size > this.#slab.length) {
      this.#slab = new Int32Array(
        Math.max(FIRST_SLAB_WORDS, Math.min(this.#slab.length * 2, LARGEST_SLAB_WORDS)),
      );
      this.#slabUsed = 0;
      this.words += this.#slab.length;
    }
    const base = this.#slabUsed;
    this.#slabUsed += size;
    return { words: this.#slab, base };
  }

  give(size: number, place: BlockPlace): void {
    const free = this.#free.get(size);
    if (free === undefined) this.#free.set(size, [place]);
    else free.push(place);
  }
}
