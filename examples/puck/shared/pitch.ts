import type { Vector2 } from "@tidelock/shared";
import { RAPIER, rapier2d } from "@tidelock/shared/rapier2d";
import { entities } from "./entities.ts";
import {
  BALL_RADIUS,
  CORNER,
  CRAFT_RADIUS,
  CRATE_SIDE,
  GOAL_DEPTH,
  HALF_GOAL,
  HALF_LENGTH,
  HALF_WIDTH,
} from "./rules.ts";

/** Walls are thick: nothing that a tick can do to a body takes it out on the other side. */
const THICKNESS = 2;

/** Rapier's groups: what something is in the upper half, what it meets in the lower. */
const CRAFTS = 0x0001;
const OTHERS = 0x0002;
const WALLS = 0x0004;
const GOAL_LINES = 0x0008;
const groups = (is: number, meets: number): number => (is << 16) | meets;

/** The inner edge of the pitch, clockwise on the screen from the top left corner, goals included. */
export const outline: readonly Vector2[] = [1, -1].flatMap((side) =>
  (
    [
      [-HALF_LENGTH, HALF_GOAL],
      [-HALF_LENGTH - GOAL_DEPTH, HALF_GOAL],
      [-HALF_LENGTH - GOAL_DEPTH, -HALF_GOAL],
      [-HALF_LENGTH, -HALF_GOAL],
      [-HALF_LENGTH, -HALF_WIDTH + CORNER],
      [-HALF_LENGTH + CORNER, -HALF_WIDTH],
      [HALF_LENGTH - CORNER, -HALF_WIDTH],
      [HALF_LENGTH, -HALF_WIDTH + CORNER],
    ] as const
  ).map(([x, y]) => ({ x: x * side, y: y * side })),
);

const ballShape = RAPIER.ColliderDesc.ball(BALL_RADIUS)
  .setDensity(0.35)
  .setRestitution(0.85)
  .setFriction(0.2)
  .setCollisionGroups(groups(OTHERS, CRAFTS | OTHERS | WALLS));
const craftShape = RAPIER.ColliderDesc.ball(CRAFT_RADIUS)
  .setRestitution(0.5)
  .setFriction(0.1)
  .setCollisionGroups(groups(CRAFTS, CRAFTS | OTHERS | WALLS | GOAL_LINES));
const crateShape = RAPIER.ColliderDesc.cuboid(CRATE_SIDE / 2, CRATE_SIDE / 2)
  .setDensity(0.3)
  .setRestitution(0.4)
  .setFriction(0.3)
  .setCollisionGroups(groups(OTHERS, CRAFTS | OTHERS | WALLS | GOAL_LINES));

/** Rolls on for a while, and is never passed through by a craft at full boost. */
const rolling = RAPIER.RigidBodyDesc.dynamic()
  .setLinearDamping(0.4)
  .setAngularDamping(0.6)
  .setCcdEnabled(true);
const sliding = RAPIER.RigidBodyDesc.dynamic().setLinearDamping(1.2).setAngularDamping(1.5);
/** The thrust has its own drag, and the nose points where the pilot wants it. */
const hovering = RAPIER.RigidBodyDesc.dynamic().lockRotations();

export const physics = rapier2d("physics", {
  entities,
  // Nothing is stacked: the engine's own number will do.
  solverIterations: 4,
  bodies: {
    ball: { body: () => rolling, colliders: () => [ballShape], reach: BALL_RADIUS },
    craft: { body: () => hovering, colliders: () => [craftShape], reach: CRAFT_RADIUS },
    crate: { body: () => sliding, colliders: () => [crateShape], reach: CRATE_SIDE },
  },
  setup(world) {
    for (const [i, from] of outline.entries()) wall(world, from, outline[(i + 1) % outline.length]);
    for (const side of [-1, 1]) {
      const line = RAPIER.ColliderDesc.cuboid(THICKNESS / 2, HALF_GOAL)
        .setTranslation(side * (HALF_LENGTH + THICKNESS / 2), 0)
        .setCollisionGroups(groups(GOAL_LINES, CRAFTS | OTHERS));
      world.createCollider(line);
    }
  },
});

/** A box behind the edge from one corner to the next. */
function wall(world: RAPIER.World, from: Vector2, to: Vector2): void {
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  const length = Math.sqrt(alongX * alongX + alongY * alongY);
  const outX = alongY / length;
  const outY = -alongX / length;
  const shape = RAPIER.ColliderDesc.convexHull(
    new Float32Array([
      from.x,
      from.y,
      to.x,
      to.y,
      to.x + outX * THICKNESS,
      to.y + outY * THICKNESS,
      from.x + outX * THICKNESS,
      from.y + outY * THICKNESS,
    ]),
  );
  if (shape === null) throw new Error(`no wall from (${from.x}, ${from.y}) to (${to.x}, ${to.y})`);
  world.createCollider(shape.setRestitution(0.7).setFriction(0.1).setCollisionGroups(groups(WALLS, 0xffff)));
}
