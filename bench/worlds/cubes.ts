import RAPIER from "@dimforge/rapier3d-deterministic-compat";
import { WorldRandom } from "./random.ts";

/** Small cubes on the floor, and one large one that pushes them. */
export const SMALL_COUNT = 900;
export const CUBE_COUNT = SMALL_COUNT + 1;
/** Simulation and send rate in ticks per second. */
export const TICK_RATE = 60;
/** Nothing gets further from the centre than this, in metres: the field has walls. */
export const FIELD_METRES = 10;
/** How high a cube may be thrown. */
export const HEIGHT_METRES = FIELD_METRES;

const SMALL = 0.2;
const LARGE = 0.75;
const ROW = 30;
const SPACING = 0.5;
const GRAVITY = { x: 0, y: -20, z: 0 };
/** How far from the centre the large cube sweeps, in metres, and radians of its course per second. */
const SWEEP = 6.5;
const COURSE = 1.5;
/** Strength of the spring that draws it along its course, and of what keeps it from swinging. */
const PULL = 0.5;
const DAMPING = 0.15;

/** Loads the physics engine; await it before making a field. */
export async function loadPhysics(): Promise<void> {
  await RAPIER.init();
}

/**
 * 900 cubes of 0.4 m that lie about and one of 1.5 m that is drawn through them on a winding course. Physics in the
 * deterministic build of Rapier: a seed has one course of events on every machine.
 */
export class Cubes {
  /** The small cubes, then the large one. */
  readonly bodies: RAPIER.RigidBody[] = [];
  private readonly physics = new RAPIER.World(GRAVITY);
  private seconds = 0;

  constructor(seed: number) {
    const { physics } = this;
    physics.timestep = 1 / TICK_RATE;
    this.addWall(0, -1, 0, FIELD_METRES, 1, FIELD_METRES);
    for (const side of [-1, 1]) {
      this.addWall(side * FIELD_METRES, HEIGHT_METRES / 2, 0, 0.5, HEIGHT_METRES, FIELD_METRES);
      this.addWall(0, HEIGHT_METRES / 2, side * FIELD_METRES, FIELD_METRES, HEIGHT_METRES, 0.5);
    }
    const random = new WorldRandom(seed);
    const centre = (ROW - 1) / 2;
    for (let i = 0; i < SMALL_COUNT; i++) {
      const x = ((i % ROW) - centre + random.between(-0.1, 0.1)) * SPACING;
      const z = (Math.floor(i / ROW) - centre + random.between(-0.1, 0.1)) * SPACING;
      this.addCube(SMALL, x, z);
    }
    this.addCube(LARGE, 2 - FIELD_METRES, 0);
  }

  step(): void {
    this.seconds += 1 / TICK_RATE;
    const large = this.bodies[SMALL_COUNT];
    const at = large.translation();
    const speed = large.linvel();
    const around = this.seconds * COURSE;
    const strength = PULL * large.mass() * (1 / TICK_RATE) * 10;
    large.applyImpulse(
      {
        x: (Math.sin(around) * SWEEP - at.x - speed.x * DAMPING) * strength,
        y: 0,
        z: (Math.sin(around * 1.37) * SWEEP - at.z - speed.z * DAMPING) * strength,
      },
      true,
    );
    this.physics.step();
  }

  /** Ends the engine's hold on memory that is not collected by itself. */
  free(): void {
    this.physics.free();
  }

  private addCube(half: number, x: number, z: number): void {
    const body = this.physics.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(x, half, z));
    this.physics.createCollider(RAPIER.ColliderDesc.cuboid(half, half, half), body);
    this.bodies.push(body);
  }

  private addWall(x: number, y: number, z: number, halfX: number, halfY: number, halfZ: number): void {
    this.physics.createCollider(RAPIER.ColliderDesc.cuboid(halfX, halfY, halfZ).setTranslation(x, y, z));
  }
}
