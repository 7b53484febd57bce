import type { Replica } from "@tidelock/client";
import { type Column, type DeltaTally, EntityCodec, type EntityType } from "@tidelock/shared";
import { rounded } from "../report/percentile.ts";
import { Histogram } from "./histogram.ts";

/** What one field cost. */
export interface FieldFigures {
  /** Bits per object-update that our code spends on the field. */
  bits: number;
  /** Bits per object-update of an ideal order-0 code for the field's residuals in entities of which something changed. */
  idealBits: number;
  /** Of object-updates, percent in which the field was not as predicted. */
  surprisedPercent: number;
}

/** One field of one kind of entity, or the masks of a kind. */
interface Tally {
  name: string;
  bits: number;
  surprises: number;
  residuals: Histogram;
}

/** Keeps differences in shown steps apart from those in grid steps. */
const STEPS = 2 ** 40;

/**
 * Where a client's bits go, as its decoder reads them, and the floor that ideal order-0 codes would reach with the residuals of our
 * own predictor: one for whether anything changed, one for what did, one per field for by how much.
 */
export class FieldBits implements DeltaTally {
  private readonly types: readonly EntityType[];
  private readonly tallies: readonly (readonly Tally[])[];
  private readonly masks: readonly Tally[];
  private readonly timing = { bits: 0, deltas: 0 };
  private type = 0;
  private totalBits = 0;
  private updates = 0;

  constructor(types: readonly EntityType[]) {
    const tally = (name: string): Tally => ({ name, bits: 0, surprises: 0, residuals: new Histogram() });
    this.tallies = types.map((type) => type.columns.map((column) => tally(`${type.name}.${column.name}`)));
    this.masks = types.map((type) => tally(`${type.name} mask`));
    this.types = types;
  }

  /** Counts all deltas read from now on, or none. */
  listen(on: boolean): void {
    for (const type of this.types) EntityCodec.of(type).tally = on ? this : undefined;
  }

  begin(type: EntityType, bits: number): void {
    this.type = type.index;
    this.timing.bits += bits;
    this.timing.deltas++;
  }

  mask(group: number, mask: number, bits: number): void {
    const tally = this.masks[this.type];
    tally.bits += bits;
    tally.surprises++;
    tally.residuals.add(group * STEPS + mask);
  }

  residual({ index }: Column, coded: number, inSteps: boolean, bits: number): void {
    const tally = this.tallies[this.type][index];
    tally.bits += bits;
    tally.surprises++;
    tally.residuals.add(inSteps ? coded + STEPS : coded);
  }

  /** Counts a packet just decoded. */
  count(frame: Uint8Array, updated: readonly Replica[]): void {
    this.totalBits += frame.length * 8;
    this.updates += updated.length;
  }

  /** Bytes per object-update if every field cost its ideal order-0 code and nothing else cost anything. */
  get idealBytesPerObjectUpdate(): number {
    return rounded(this.idealBits / 8 / this.updates, 3);
  }

  /** By kind and field, in bits per object-update of any kind; "other" is headers, runs, symbols and whole entities. */
  figures(): Record<string, FieldFigures> {
    const per = (value: number, digits: number): number => rounded(value / this.updates, digits);
    const result: Record<string, FieldFigures> = {};
    let deltaBits = this.timing.bits;
    for (const { name, bits, surprises, residuals } of [...this.tallies.flat(), ...this.masks]) {
      deltaBits += bits;
      result[name] = {
        bits: per(bits, 3),
        idealBits: per(residuals.entropyBits(), 3),
        surprisedPercent: per(surprises * 100, 2),
      };
    }
    result["timing"] = { bits: per(this.timing.bits, 3), idealBits: 0, surprisedPercent: 0 };
    result["other"] = {
      bits: per(this.totalBits - deltaBits, 3),
      idealBits: per(this.changedBits, 3),
      surprisedPercent: per(this.timing.deltas * 100, 2),
    };
    return result;
  }

  private get idealBits(): number {
    let bits = this.changedBits;
    for (const { residuals } of [...this.tallies.flat(), ...this.masks]) bits += residuals.entropyBits();
    return bits;
  }

  /** Bits of an ideal order-0 code for whether anything of an entity changed. */
  private get changedBits(): number {
    const share = this.timing.deltas / this.updates;
    if (!(share > 0 && share < 1)) return 0;
    return -this.updates * (share * Math.log2(share) + (1 - share) * Math.log2(1 - share));
  }
}
