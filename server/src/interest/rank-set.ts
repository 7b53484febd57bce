/**
 * A set of small integers that lists its members in ascending order and is empty afterwards. Two levels of
 * bits: listing costs what is in it plus one look per 1024 possible members, with no sorting.
 */
export class RankSet {
  #words = new Int32Array(32);
  /** Bit w of the summary: word w has members. */
  #summary = new Int32Array(1);

  /** Makes room for members 0 to `size - 1`. The set must be empty. */
  reserve(size: number): void {
    const words = (size + 31) >>> 5;
    if (words <= this.#words.length) return;
    const capacity = Math.max(words, this.#words.length * 2);
    this.#words = new Int32Array(capacity);
    this.#summary = new Int32Array((capacity + 31) >>> 5);
  }

  add(member: number): void {
    const word = member >>> 5;
    this.#words[word] |= 1 << (member & 31);
    this.#summary[word >>> 5] |= 1 << (word & 31);
  }

  has(member: number): boolean {
    return (this.#words[member >>> 5] & (1 << (member & 31))) !== 0;
  }

  /** Writes all members to `out`, ascending, empties the set and returns how many there were. */
  drain(out: Int32Array): number {
    const summary = this.#summary;
    const words = this.#words;
    let count = 0;
    for (let s = 0; s < summary.length; s++) {
      let filled = summary[s];
      if (filled === 0) continue;
      summary[s] = 0;
      while (filled !== 0) {
        const word = (s << 5) + lowestBit(filled);
        filled &= filled - 1;
        let members = words[word];
        words[word] = 0;
        while (members !== 0) {
          out[count++] = (word << 5) + lowestBit(members);
          members &= members - 1;
        }
      }
    }
    return count;
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
