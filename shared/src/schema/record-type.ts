import { TidelockError } from "../errors/tidelock-error.ts";
import { bitsFor, type Column } from "./column.ts";
import type { ColumnPlan, Field, FieldMap, Reading } from "./field.ts";

/** One field as a game sees it, and where its columns are. */
export interface Property {
  readonly name: string;
  /** The constructor it was declared by: `position`, `axis` ... */
  readonly kind: string;
  readonly shape: Field<unknown>["shape"];
  readonly reading: Reading;
  /** Index of its first column. */
  readonly first: number;
  /** Component names for vectors and rotations, in column order. */
  readonly components: readonly string[];
}

/** A rotation among the columns, and what turns it. */
export interface Rotation {
  /** Its first column, `largest`; the three components follow. */
  readonly first: number;
  /** First of the three columns of its angular velocity, or -1. */
  readonly spin: number;
}

/** The compiled field table of an entity or of the input. */
export interface RecordType {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly properties: readonly Property[];
  /** Column indices in the order they are sent: velocities before what they move or turn. */
  readonly sendOrder: readonly number[];
  readonly rotations: readonly Rotation[];
  /** Columns of the first position, one per axis: where an entity of this kind is. Empty: nowhere in particular. */
  readonly location: readonly number[];
}

/** A column as asked for, before its grid is known. */
interface PlannedColumn {
  readonly field: string;
  readonly audience: Column["audience"];
  readonly plan: ColumnPlan;
}

const QUATERNION = ["x", "y", "z", "w"];
const LARGEST_RANGE = 2 ** 30;
/** Names that a game cannot use because every entity has them. */
const RESERVED = new Set(["id", "owner", "type", "alive", "slot", "table", "mine", "constructor"]);

/** Turns declared fields into columns. `tickRate` is in ticks per second. Throws on anything that could not work. */
export function compileRecord(name: string, fields: FieldMap, tickRate: number): RecordType {
  const plans: PlannedColumn[] = [];
  const properties: Property[] = [];
  for (const [field, definition] of Object.entries(fields)) {
    if (RESERVED.has(field) || !/^[a-z]\w*$/i.test(field))
      throw new TidelockError(
        "schema/bad-name",
        `${name}.${field}: a field name is letters and digits and none of ${[...RESERVED].join(", ")}; rename it`,
      );
    properties.push({
      name: field,
      kind: definition.kind,
      shape: definition.shape,
      reading: definition.reading,
      first: plans.length,
      components:
        definition.shape === "quaternion" ? QUATERNION : definition.plan.map((plan) => plan.suffix.slice(1)),
    });
    for (const plan of definition.plan) plans.push({ field, audience: definition.audience, plan });
  }
  const indexOf = new Map(plans.map(({ field, plan }, index) => [field + plan.suffix, index]));
  const moverOf = new Map<number, number>();
  const columns: Column[] = plans.map(({ field, audience, plan }, index) => {
    const path = `${name}.${field}${plan.suffix}`;
    let grid = plan.grid;
    if (plan.turns !== undefined && fields[plan.turns]?.shape !== "quaternion")
      throw new TidelockError(
        "schema/unknown-rotation",
        `${path} is the angular velocity of "${plan.turns}", which is no quaternion of ${name}; name one of its quaternion fields`,
      );
    if (plan.moves !== undefined) {
      const target = indexOf.get(plan.moves);
      if (target === undefined || plans[target].plan.grid === 0)
        throw new TidelockError(
          "schema/unknown-position",
          `${path} is the velocity of "${plan.moves}", which is no position of ${name}; name one of its position fields`,
        );
      if (plans[target].audience !== audience)
        throw new TidelockError(
          "schema/audience-mismatch",
          `${path} goes to ${audience} but "${plan.moves}" to ${plans[target].audience}; a position is predicted from its velocity, so give both the same audience`,
        );
      moverOf.set(target, index);
      grid = plans[target].plan.grid * tickRate;
      checkSlowest(path, plan, plans[target].plan.grid, tickRate);
    }
    return makeColumn(path.slice(name.length + 1), path, index, { ...plan, grid }, audience);
  });
  for (const [target, mover] of moverOf)
    columns[target] = { ...columns[target], velocity: mover, stepsPerVelocity: 1 };
  const rotations = properties
    .filter(({ shape }) => shape === "quaternion")
    .map((property) => ({ first: property.first, spin: spinOf(name, property, plans) }));
  const movers = new Set([
    ...moverOf.values(),
    ...rotations.flatMap(({ spin }) => (spin < 0 ? [] : [spin, spin + 1, spin + 2])),
  ]);
  const indices = columns.map((column) => column.index);
  return {
    name,
    columns,
    properties,
    sendOrder: [
      ...indices.filter((index) => movers.has(index)),
      ...indices.filter((index) => !movers.has(index)),
    ],
    rotations,
    location: locationOf(fields, properties),
  };
}

/** First column of the angular velocity that turns a rotation, or -1. */
function spinOf(name: string, rotation: Property, plans: readonly PlannedColumn[]): number {
  const spin = plans.findIndex(({ plan }) => plan.turns === rotation.name);
  if (spin >= 0 && plans[spin].audience !== plans[rotation.first].audience)
    throw new TidelockError(
      "schema/audience-mismatch",
      `${name}.${plans[spin].field} goes to ${plans[spin].audience} but "${rotation.name}" to ${plans[rotation.first].audience}; a rotation is predicted from its angular velocity, so give both the same audience`,
    );
  return spin;
}

/** The components of the first vector position, or the scalar positions in the order declared, three at most. */
function locationOf(fields: FieldMap, properties: readonly Property[]): number[] {
  const whole = properties.find(({ name }) => /^position\dd$/.test(fields[name].kind));
  if (whole !== undefined) return whole.components.map((_, i) => whole.first + i);
  return properties
    .filter(({ name }) => fields[name].kind === "position")
    .slice(0, 3)
    .map(({ first }) => first);
}

function makeColumn(
  name: string,
  path: string,
  index: number,
  plan: ColumnPlan,
  audience: Column["audience"],
): Column {
  const { grid, min, max, shown = grid, wraps = false } = plan;
  if (!(max > min) && !(max === 0 && min === 0))
    throw new TidelockError(
      "schema/bad-range",
      `${path} ranges from ${min} to ${max}; max must be above min`,
    );
  if (!(grid > 0))
    throw new TidelockError("schema/bad-grid", `${path} has a grid of ${grid}; give a step above 0`);
  const lowest = Math.round(min / grid);
  const highest = Math.round(max / grid);
  if (highest - lowest >= LARGEST_RANGE)
    throw new TidelockError(
      "schema/range-too-fine",
      `${path} has ${highest - lowest} steps from ${min} to ${max}; at most ${LARGEST_RANGE - 1} are possible: narrow the range or use a coarser grid`,
    );
  const shownSteps = Math.round(shown / grid);
  if (shownSteps < 1 || Math.abs(shownSteps * grid - shown) > grid * 1e-6)
    throw new TidelockError(
      "schema/bad-shown-step",
      `${path} is shown in steps of ${shown}, which is no whole multiple of its grid ${grid}; use ${Math.max(1, shownSteps) * grid}`,
    );
  const initial = Math.min(highest, Math.max(lowest, Math.round((plan.initial ?? 0) / grid)));
  return {
    name,
    index,
    grid,
    lowest,
    highest,
    bits: bitsFor(highest - lowest),
    wraps,
    shownSteps,
    audience,
    initial,
    velocity: -1,
    stepsPerVelocity: 0,
  };
}

/** A velocity finer than one position step per tick would stand still: the position rounds back every tick. */
function checkSlowest(path: string, plan: ColumnPlan, positionGrid: number, tickRate: number): void {
  const step = positionGrid * tickRate;
  const slowest = plan.slowest ?? step;
  if (step > slowest * (1 + 1e-9))
    throw new TidelockError(
      "schema/grid-too-coarse",
      `${path}: with a position grid of ${positionGrid} at ${tickRate} ticks per second nothing slower than ${step} units per second can move, ` +
        `but it must move at ${slowest}; use a grid of ${slowest / tickRate} or finer, or declare { slowest: ${step} }`,
    );
}
