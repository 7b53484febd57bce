import RAPIER from "@dimforge/rapier2d-deterministic-compat";
import type { EntityMap } from "../../schema/entity-type.ts";
import { angle, type Field, position, type PositionOptions, velocity } from "../../schema/field.ts";
import type { Vector2 } from "../../schema/vector-field.ts";
import type { BodyOptionsMap } from "./body-kinds.ts";
import { type EngineState, Physics } from "./physics.ts";
import { planeEngine } from "./plane-engine.ts";

// Who imports this file wants the engine: by the time anybody can call it, it is there.
await RAPIER.init();

export { RAPIER };
export type { BodyOptions, BodyOptionsMap } from "./body-kinds.ts";
export type { EngineState, Physics } from "./physics.ts";

/** Twice Rapier's own: without impulses kept from the tick before, a stack needs that many to stand. Measured. */
const SOLVER_ITERATIONS = 8;
const ANGLE_BITS = 16;

export type Physics2d = Physics<RAPIER.World, RAPIER.RigidBody, RAPIER.RigidBodyDesc, RAPIER.ColliderDesc>;

export interface Rapier2dOptions<E extends EntityMap> {
  /** The game's entities. Those that get a body have the fields of `bodyFields2d`. */
  readonly entities: E;
  readonly bodies: BodyOptionsMap<E, RAPIER.RigidBodyDesc, RAPIER.ColliderDesc>;
  /** Default: none, as seen from above. */
  readonly gravity?: Vector2;
  /** Default: "rebuilt". */
  readonly engineState?: EngineState;
  /** Solver iterations per step. Default: 8. */
  readonly solverIterations?: number;
  /** Puts what does not move into an empty engine: walls, floors, sensors. */
  setup?(world: RAPIER.World): void;
}

/** Rapier's rigid bodies in the plane, for `defineGame({ modules })`. */
export function rapier2d<const E extends EntityMap>(name: string, options: Rapier2dOptions<E>): Physics2d {
  const { gravity = { x: 0, y: 0 }, engineState = "rebuilt", solverIterations = SOLVER_ITERATIONS } = options;
  return new Physics({
    name,
    engine: planeEngine(gravity, solverIterations),
    engineState,
    bodies: options.bodies,
    setup: (world) => options.setup?.(world),
  });
}

export interface BodyFields2dOptions extends PositionOptions {
  /** Fastest speed per axis, in units per second. */
  readonly maxSpeed: number;
  /** Fastest turn, in radians per second. Default: 30. */
  readonly maxSpin?: number;
}

export type BodyFields2d = {
  readonly x: Field<number>;
  readonly y: Field<number>;
  readonly vx: Field<number>;
  readonly vy: Field<number>;
  /** Radians, -pi to pi. */
  readonly angle: Field<number>;
  /** Radians per second. */
  readonly spin: Field<number>;
};

/** The fields of an entity with a body: `entity({ ...bodyFields2d({ ... }), goals: uint({ max: 9 }) })`. */
export function bodyFields2d(options: BodyFields2dOptions): BodyFields2d {
  const { maxSpeed, maxSpin = 30, ...place } = options;
  return {
    x: position(place),
    y: position(place),
    vx: velocity("x", { max: maxSpeed }),
    vy: velocity("y", { max: maxSpeed }),
    angle: angle({ bits: ANGLE_BITS }),
    spin: velocity("angle", { max: maxSpin }),
  };
}
