import {
  bucketOf,
  type Column,
  type DeltaTally,
  EntityCodec,
  type EntityType,
  foldResidual,
} from "@tidelock/shared";

/** What was seen of one type of entity. */
export interface TypeCounts {
  readonly type: EntityType;
  /** Per group of columns, how often each mask came. */
  readonly masks: Map<number, number>[];
  /** By key of a type's tables, how often a residual fell into each bucket. */
  readonly fields: Map<string, number[]>;
  /** Bits that all of it took in the recording. */
  bits: number;
}

/** Counts what the deltas of sound packets say. */
export class DeltaCounts implements DeltaTally {
  readonly types: readonly TypeCounts[];
  #type: TypeCounts;
  /** What the packet at hand has said so far; it counts only if it is sound. */
  #pending: (() => void)[] = [];

  constructor(types: readonly EntityType[]) {
    this.types = types.map((type) => ({ type, masks: [], fields: new Map(), bits: 0 }));
    [this.#type] = this.types;
  }

  /** Counts the deltas that `receive` decodes, if it says that they are sound. */
  listen(receive: () => boolean): void {
    this.#pending = [];
    for (const { type } of this.types) EntityCodec.of(type).tally = this;
    const isSound = receive();
    for (const { type } of this.types) EntityCodec.of(type).tally = undefined;
    if (isSound) for (const count of this.#pending) count();
  }

  begin(type: EntityType): void {
    this.#type = this.types[type.index];
  }

  mask(group: number, mask: number, bits: number): void {
    const counts = this.#type;
    this.#pending.push(() => {
      const masks = (counts.masks[group] ??= new Map<number, number>());
      masks.set(mask, (masks.get(mask) ?? 0) + 1);
      counts.bits += bits;
    });
  }

  residual({ name }: Column, coded: number, inSteps: boolean, bits: number): void {
    // A change by nothing comes only from a server that is not ours.
    if (coded === 0) return;
    const counts = this.#type;
    const key = inSteps ? `${name}@shown` : name;
    const bucket = bucketOf(foldResidual(coded));
    this.#pending.push(() => {
      const buckets = counts.fields.get(key) ?? [];
      while (buckets.length <= bucket) buckets.push(0);
      buckets[bucket]++;
      counts.fields.set(key, buckets);
      counts.bits += bits;
    });
  }
}
