/** How often each whole number came. */
export class Histogram {
  private readonly counts = new Map<number, number>();
  private total = 0;

  add(value: number): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
    this.total++;
  }

  countOf(value: number): number {
    return this.counts.get(value) ?? 0;
  }

  /** Bits that an ideal code of order 0 takes for all of them together. */
  entropyBits(): number {
    let bits = 0;
    for (const count of this.counts.values()) bits -= count * Math.log2(count / this.total);
    return bits;
  }
}
