import RAPIER from "@dimforge/rapier3d-deterministic-compat";
import type { EntityType } from "../../schema/entity-type.ts";
import type { Engine } from "./engine.ts";
import { SpacePose } from "./space-pose.ts";

type World = RAPIER.World;
type Body = RAPIER.RigidBody;
type BodyDesc = RAPIER.RigidBodyDesc;
type ColliderDesc = RAPIER.ColliderDesc;

/** One for all worlds: it holds nothing of any. */
let pipeline: RAPIER.SerializationPipeline | undefined;

/** As `World.restoreSnapshot`, which leaves it to the garbage collector to find the engine's memory that it used. */
function restore(bytes: Uint8Array): World {
  pipeline ??= new RAPIER.SerializationPipeline();
  const raw = pipeline.raw.deserializeAll(bytes);
  if (raw === undefined) throw new Error("the engine does not read its own snapshot");
  const world = RAPIER.World.fromRaw(raw);
  raw.free();
  return world;
}

/** Rapier in space. */
export function spaceEngine(
  gravity: { readonly x: number; readonly y: number; readonly z: number },
  solverIterations: number,
): Engine<World, Body, BodyDesc, ColliderDesc> {
  return {
    create(dt) {
      const world = new RAPIER.World(gravity);
      world.timestep = dt;
      world.numSolverIterations = solverIterations;
      return world;
    },
    restore,
    snapshot: (world) => world.takeSnapshot(),
    free: (world) => world.free(),
    step: (world) => world.step(),
    defaultBody: () => RAPIER.RigidBodyDesc.dynamic(),
    forbidSleep: (body) => void body.setCanSleep(false),
    addBody: (world, body) => world.createRigidBody(body),
    addCollider: (world, collider, body) => void world.createCollider(collider, body),
    body: (world, handle) => world.getRigidBody(handle),
    removeBody: (world, body) => world.removeRigidBody(body),
    handleOf: (body) => body.handle,
    pose: (type: EntityType) => new SpacePose(type),
  };
}
