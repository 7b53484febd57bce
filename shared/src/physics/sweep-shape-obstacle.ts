import { FACES, gapToOutline, nearestFace, outline, outlineOf } from "./shape-outline.ts";
import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";
import type { SweepHit } from "./sweep-hit.ts";
import { accept, GRAZING, sweepCorner } from "./sweep-obstacle.ts";

const gap = { x: 0, y: 0 };

/**
 * Sweeps the core of a shape, grown by `radius`, against one obstacle: a ray against their outline, whose four slabs are
 * those of Kay and Kajiya, and whose corners are round. Writes into `hit` when this contact is the earliest so far.
 */
export function sweepShapeObstacle(
  grid: StaticGrid,
  index: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  shape: Shape,
  radius: number,
  hit: SweepHit,
): void {
  outlineOf(grid, index, shape);
  const { normalX, normalY, reach, middle, half } = outline;
  const fromX = x - outline.centreX;
  const fromY = y - outline.centreY;
  const round = radius + grid.round[index];
  const grazing = GRAZING * Math.sqrt(dx * dx + dy * dy);

  let enter = -Infinity;
  let leave = Infinity;
  let entered = 0;
  let side = 1;
  for (let face = 0; face < FACES; face += 1) {
    const across = normalX[face] * fromX + normalY[face] * fromY;
    const approach = normalX[face] * dx + normalY[face] * dy;
    const edge = reach[face] + round;
    if (Math.abs(approach) <= grazing) {
      if (across >= edge || across <= -edge) return;
      continue;
    }
    const facing = approach > 0 ? -1 : 1;
    const into = (facing * edge - across) / approach;
    const outOf = (-facing * edge - across) / approach;
    if (into > enter) {
      enter = into;
      entered = face;
      side = facing;
    }
    if (outOf < leave) leave = outOf;
  }
  if (enter >= leave || leave <= 0 || enter > 1) return;
  if (enter < 0) {
    startNear(index, fromX, fromY, dx, dy, round, grazing, hit);
    return;
  }
  const nx = normalX[entered];
  const ny = normalY[entered];
  const along = nx * (fromY + dy * enter) - ny * (fromX + dx * enter);
  const beside = along - side * middle[entered];
  if (round === 0 || Math.abs(beside) <= half[entered]) {
    // Adding 0 turns -0, which equals 0 but has other bits, into 0.
    accept(hit, index, enter, nx * side + 0, ny * side + 0);
    return;
  }
  // Beside the edge the path is within the round corner at that end, or in the wedge that the rounding leaves free.
  const cornerAlong = side * middle[entered] + (beside > 0 ? half[entered] : -half[entered]);
  const cornerX = nx * side * reach[entered] - ny * cornerAlong;
  const cornerY = ny * side * reach[entered] + nx * cornerAlong;
  sweepCorner(index, fromX - cornerX, fromY - cornerY, dx, dy, round, hit);
}

/** A start within the slabs: it touches or overlaps already, or is beside a round corner. */
function startNear(
  index: number,
  fromX: number,
  fromY: number,
  dx: number,
  dy: number,
  round: number,
  grazing: number,
  hit: SweepHit,
): void {
  const gapSquared = gapToOutline(fromX, fromY, gap);
  if (gapSquared > round * round) {
    sweepCorner(index, gap.x, gap.y, dx, dy, round, hit);
    return;
  }
  if (gapSquared > 0) {
    const distance = Math.sqrt(gapSquared);
    gap.x /= distance;
    gap.y /= distance;
  } else nearestFace(fromX, fromY, gap);
  if (dx * gap.x + dy * gap.y < -grazing) accept(hit, index, 0, gap.x, gap.y);
}
