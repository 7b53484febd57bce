import RAPIER from "@dimforge/rapier3d-deterministic-compat";
import type { EntityMap } from "../../schema/entity-type.ts";
import type { Quaternion } from "../../math/quaternion.ts";
import type { Field, PositionOptions } from "../../schema/field.ts";
import {
  angularVelocity,
  position3d,
  quaternion,
  type Vector3,
  velocity3d,
} from "../../schema/vector-field.ts";
import type { BodyOptionsMap } from "./body-kinds.ts";
import { type EngineState, Physics } from "./physics.ts";
import { spaceEngine } from "./space-engine.ts";

// Who imports this file wants the engine: by the time anybody can call it, it is there.
await RAPIER.init();

export { RAPIER };
export type { BodyOptions, BodyOptionsMap } from "./body-kinds.ts";
export type { EngineState, Physics } from "./physics.ts";

/** Twice Rapier's own: without impulses kept from the tick before, a stack needs that many to stand. Measured. */
const SOLVER_ITERATIONS = 8;
const ROTATION_BITS = 18;

export type Physics3d = Physics<RAPIER.World, RAPIER.RigidBody, RAPIER.RigidBodyDesc, RAPIER.ColliderDesc>;

export interface Rapier3dOptions<E extends EntityMap> {
  /** The game's entities. Those that get a body have the fields of `bodyFields3d`. */
  readonly entities: E;
  readonly bodies: BodyOptionsMap<E, RAPIER.RigidBodyDesc, RAPIER.ColliderDesc>;
  /** Default: none. */
  readonly gravity?: Vector3;
  /** Default: "rebuilt". */
  readonly engineState?: EngineState;
  /** Solver iterations per step. Default: 8. */
  readonly solverIterations?: number;
  /** Puts what does not move into an empty engine: walls, floors, sensors. */
  setup?(world: RAPIER.World): void;
}

/** Rapier's rigid bodies in space, for `defineGame({ modules })`. */
export function rapier3d<const E extends EntityMap>(name: string, options: Rapier3dOptions<E>): Physics3d {
  const {
    gravity = { x: 0, y: 0, z: 0 },
    engineState = "rebuilt",
    solverIterations = SOLVER_ITERATIONS,
  } = options;
  return new Physics({
    name,
    engine: spaceEngine(gravity, solverIterations),
    engineState,
    bodies: options.bodies,
    setup: (world) => options.setup?.(world),
  });
}

export interface BodyFields3dOptions extends PositionOptions {
  /** Fastest speed per axis, in units per second. */
  readonly maxSpeed: number;
  /** Fastest turn about each axis, in radians per second. Default: 30. */
  readonly maxSpin?: number;
}

export type BodyFields3d = {
  readonly position: Field<Vector3>;
  readonly velocity: Field<Vector3>;
  readonly rotation: Field<Quaternion>;
  /** Radians per second about the axes of the world. */
  readonly spin: Field<Vector3>;
};

/** The fields of an entity with a body: `entity({ ...bodyFields3d({ ... }), hits: uint({ max: 9 }) })`. */
export function bodyFields3d(options: BodyFields3dOptions): BodyFields3d {
  const { maxSpeed, maxSpin = 30, ...place } = options;
  return {
    position: position3d(place),
    velocity: velocity3d("position", { max: maxSpeed }),
    rotation: quaternion({ bits: ROTATION_BITS }),
    spin: angularVelocity("rotation", { max: maxSpin }),
  };
}
