import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import type { Quaternion } from "../math/quaternion.ts";
import { type Column, confine } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { repackQuaternion, unpackQuaternion } from "../schema/quaternion-codec.ts";
import type { Rotation } from "../schema/record-type.ts";
import { type ChangeMask, changeMasks } from "./change-mask.ts";
import type { DeltaTally } from "./delta-tally.ts";
import { type DetailLevel, isSent } from "./level.ts";
import { MotionModel, turn } from "./motion.ts";
import { ColumnCodec } from "./column-codec.ts";

/** Columns of quantised values in some history; a row is one entity at one tick. */
export type Rows = readonly Int32Array[];

const codecs = new WeakMap<EntityType, EntityCodec>();

/**
 * Reads and writes entities of one kind. A delta tells the state at the tick of the entity's last surprise, against what the
 * baseline foretold for that tick; since then the entity did as its motion says, and the reader works that out.
 */
export class EntityCodec {
  /** For tools: told of all that is read from now on. */
  tally: DeltaTally | undefined;
  readonly #type: EntityType;
  readonly #model: MotionModel;
  readonly #masks: readonly ChangeMask[];
  /** In the order sent. */
  readonly #columns: readonly ColumnCodec[];
  readonly #hasMotion: boolean;
  /** By column: the rotation that begins with it. */
  readonly #rotations: readonly (Rotation | undefined)[];
  /** What the baseline foretells for the tick told of. */
  readonly #expected: Int32Array;
  /** The state told of. */
  readonly #state: Int32Array;
  /** The baseline at hand. */
  readonly #base: Int32Array;

  constructor(type: EntityType) {
    this.#type = type;
    this.#model = MotionModel.of(type);
    this.#masks = changeMasks(type, type.tables?.masks);
    this.#columns = type.sendOrder.map((index) => new ColumnCodec(type, type.columns[index]));
    this.#hasMotion = type.columns.some(({ velocity }) => velocity >= 0);
    this.#rotations = type.columns.map(({ index }) => type.rotations.find(({ first }) => first === index));
    this.#expected = new Int32Array(type.columns.length);
    this.#state = new Int32Array(type.columns.length);
    this.#base = new Int32Array(type.columns.length);
  }

  /** The one codec of a kind of entity. */
  static of(type: EntityType): EntityCodec {
    let codec = codecs.get(type);
    if (codec === undefined) codecs.set(type, (codec = new EntityCodec(type)));
    return codec;
  }

  /**
   * Writes an entity against its state `base`, `age` ticks older than now. The state `told` is `since` ticks old (0 to age - 1), and
   * the entity did as predicted ever since.
   */
  writeDelta(
    writer: BitWriter,
    level: DetailLevel,
    base: Int32Array,
    told: Int32Array,
    age: number,
    since: number,
  ): void {
    const span = age - since;
    if (age > 1) writer.writeVariable(since, 0);
    copy(this.#state, told);
    this.#foretell(base, span);
    const isEven = span > 1 && this.#hasMotion && this.#movesEvenly(span);
    if (span > 1 && this.#hasMotion) writer.write(isEven ? 1 : 0, 1);
    for (const group of this.#masks) {
      const { first, columns } = group;
      let mask = 0;
      for (let i = 0; i < columns; i++) {
        const { column } = this.#columns[first + i];
        if (!isSent(column, level)) continue;
        this.#expect(column, base, span, isEven);
        if (this.#state[column.index] !== this.#expected[column.index]) mask |= 1 << i;
      }
      group.write(writer, mask);
      for (let i = 0; i < columns; i++) {
        if ((mask & (1 << i)) === 0) continue;
        const codec = this.#columns[first + i];
        const { index } = codec.column;
        codec.write(writer, level, this.#expected[index], this.#state[index]);
      }
    }
  }

  /** Reads what `writeDelta` wrote into the row `now`. */
  readDelta(reader: BitReader, level: DetailLevel, rows: Rows, base: number, now: number, age: number): void {
    const { tally } = this;
    const start = reader.position;
    const since = age > 1 ? reader.readVariable(0) : 0;
    if (since >= age) {
      reader.failed = true;
      return;
    }
    const span = age - since;
    const isEven = span > 1 && this.#hasMotion && reader.read(1) === 1;
    tally?.begin(this.#type, reader.position - start, since, span);
    load(this.#base, rows, base);
    this.#foretell(this.#base, span);
    for (const [index, group] of this.#masks.entries()) {
      const before = reader.position;
      const mask = group.read(reader);
      tally?.mask(index, mask, reader.position - before);
      for (let i = 0; i < group.columns; i++) {
        const codec = this.#columns[group.first + i];
        const { index } = codec.column;
        if (isSent(codec.column, level)) this.#expect(codec.column, this.#base, span, isEven);
        const expected = this.#expected[index];
        this.#state[index] = (mask & (1 << i)) === 0 ? expected : codec.read(reader, level, expected, tally);
      }
    }
    this.#model.advance(this.#state, since);
    store(this.#state, rows, now);
  }

  /** Fills the row `now` with what an entity that does nothing unexpected has become. */
  writeExpected(rows: Rows, base: number, now: number, age: number): void {
    load(this.#state, rows, base);
    this.#model.advance(this.#state, age);
    store(this.#state, rows, now);
  }

  /** Writes every field of a state that the level allows. */
  writeEntity(writer: BitWriter, level: DetailLevel, state: Int32Array): void {
    for (const codec of this.#columns)
      if (isSent(codec.column, level)) codec.writeWhole(writer, level, state[codec.column.index]);
  }

  readEntity(reader: BitReader, level: DetailLevel, rows: Rows, now: number): void {
    for (const codec of this.#columns) {
      const { index, initial } = codec.column;
      rows[index][now] = isSent(codec.column, level) ? codec.readWhole(reader, level, this.tally) : initial;
    }
  }

  /** Sets `#expected` to where the baseline's motion leads. */
  #foretell(base: Int32Array, span: number): void {
    copy(this.#expected, base);
    this.#model.advance(this.#expected, span);
  }

  /** Makes `#expected` of a column what the state's columns before it, which the reader has by then, say of it. */
  #expect(column: Column, base: Int32Array, span: number, isEven: boolean): void {
    if (column.velocity >= 0) this.#expected[column.index] = this.#expectedPlace(column, isEven ? span : 1);
    const rotation = this.#rotations[column.index];
    if (rotation !== undefined) this.#expectRotation(rotation, base, span, isEven);
    else if (column.index > 0) {
      const whole = this.#rotations[column.index - 1];
      if (whole !== undefined) this.#leaveOut(whole);
    }
  }

  /** A place, when its velocity came to differ evenly over the last `during` ticks. */
  #expectedPlace(column: Column, during: number): number {
    const expected = this.#expected[column.index];
    const change = this.#state[column.velocity] - this.#expected[column.velocity];
    if (change === 0) return expected;
    return confine(column, expected + Math.round((change * (during + 1)) / 2) * column.stepsPerVelocity);
  }

  #movesEvenly(span: number): boolean {
    let even = 0;
    let sudden = 0;
    for (const { column } of this.#columns) {
      if (column.velocity < 0) continue;
      const place = this.#state[column.index];
      even += Math.abs(place - this.#expectedPlace(column, span));
      sudden += Math.abs(place - this.#expectedPlace(column, 1));
    }
    return even < sudden;
  }

  /** Turns the expected rotation by the angular velocity that the state says. */
  #expectRotation(rotation: Rotation, base: Int32Array, span: number, isEven: boolean): void {
    const { first, spin } = rotation;
    if (spin < 0) return;
    const state = this.#state;
    const expected = this.#expected;
    const [x, y, z] = [state[spin], state[spin + 1], state[spin + 2]];
    const [ex, ey, ez] = [expected[spin], expected[spin + 1], expected[spin + 2]];
    if (x === ex && y === ey && z === ez) return;
    copy(before, base);
    if (isEven) turn(this.#type, before, rotation, (x + ex) / 2, (y + ey) / 2, (z + ez) / 2, span);
    else {
      this.#model.advance(before, span - 1);
      turn(this.#type, before, rotation, x, y, z, 1);
    }
    for (let c = first; c < first + 4; c++) expected[c] = before[c];
  }

  /** Writes the expected rotation with the component left out that the state's leaves out. */
  #leaveOut({ first }: Rotation): void {
    const expected = this.#expected;
    const largest = this.#state[first];
    if (largest === expected[first]) return;
    const { highest } = this.#type.columns[first + 1];
    unpackQuaternion(
      expected[first],
      expected[first + 1],
      expected[first + 2],
      expected[first + 3],
      highest,
      q,
    );
    repackQuaternion(q, largest, highest, packed);
    for (let i = 1; i < 4; i++) expected[first + i] = packed[i];
  }
}

/** Room for the state of any type. */
const before = new Int32Array(4096);
const q: Quaternion = { x: 0, y: 0, z: 0, w: 1 };
const packed = new Int32Array(4);

function copy(to: Int32Array, from: Int32Array): void {
  for (let c = 0; c < from.length; c++) to[c] = from[c];
}

function load(state: Int32Array, rows: Rows, row: number): void {
  for (let c = 0; c < rows.length; c++) state[c] = rows[c][row];
}

function store(state: Int32Array, rows: Rows, row: number): void {
  for (let c = 0; c < rows.length; c++) rows[c][row] = state[c];
}
