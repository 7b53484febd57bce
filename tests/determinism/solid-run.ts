import {
  boxShape,
  boxShape3,
  boxSolid,
  capsuleShape,
  capsuleShape3,
  capsuleSolid,
  circleObstacle,
  cos,
  createPenetration3,
  createSlideResult,
  createSlideResult3,
  createSweepHit3,
  createWalkResult,
  deepestShapeOverlap3,
  normaliseQuaternion,
  type Quaternion,
  raycast3,
  raycastAll3,
  Rng,
  type Shape,
  type Shape3,
  sin,
  slideShape,
  slideShape3,
  sphereShape,
  sphereSolid,
  type StaticBox,
  StaticGrid,
  StaticGrid3,
  type StaticSolid,
  walk,
} from "@tidelock/shared";
import { HashStream } from "./hash-stream.ts";

const STEPS = 10_000;
const gait = { stepHeight: 0.4, groundNormal: 0.7 };

/** Capsules and turned boxes that slide in 2D and 3D, walkers, rays and overlaps; nothing is rounded to any grid. */
export function run(): number[] {
  const stream = new HashStream();
  const rng = new Rng(64, 3);
  const plane = flatland(rng);
  const hall = hallOf(rng);
  const flat: Shape[] = [
    capsuleShape(1, 0.3),
    boxShape(1, 0.6).turn(0.7),
    boxShape(0.8, 0.8, 0.1).turn(2.5),
    capsuleShape(0.7, 0.2).turn(-1.1),
  ];
  const solid: Shape3[] = [
    sphereShape(0.4),
    capsuleShape3(1, 0.3).turn(randomTurn(rng)),
    boxShape3(0.8, 1.2, 0.6).turn(randomTurn(rng)),
    boxShape3(0.7, 0.7, 0.7),
  ];
  const walker = capsuleShape3(1, 0.3);
  const slid = createSlideResult();
  const slid3 = createSlideResult3();
  const walked = Object.assign(createWalkResult(), { y: 4 });
  const hit = createSweepHit3();
  const hits = Array.from({ length: 4 }, createSweepHit3);
  const overlap = createPenetration3();
  const places = flat.map(() => ({ x: rng.range(-20, 20), y: rng.range(-20, 20), heading: 0 }));
  const places3 = solid.map(() => ({ x: rng.range(-8, 8), y: 6, z: rng.range(-8, 8), heading: 0, rise: 0 }));
  for (let step = 1; step <= STEPS; step += 1) {
    const one = step % flat.length;
    const mover = places[one];
    if (rng.int(8) === 0) mover.heading = rng.range(-3.2, 3.2);
    slideShape(plane, mover.x, mover.y, cos(mover.heading) * 0.2, sin(mover.heading) * 0.2, flat[one], slid);
    mover.x = around(slid.x, 24);
    mover.y = around(slid.y, 24);
    const body = places3[one];
    if (rng.int(8) === 0) Object.assign(body, { heading: rng.range(-3.2, 3.2), rise: rng.range(-0.2, 0.2) });
    const dx = cos(body.heading) * 0.2;
    const dz = sin(body.heading) * 0.2;
    slideShape3(hall, body.x, body.y, body.z, dx, body.rise, dz, solid[one], slid3);
    body.x = around(slid3.x, 10);
    body.y = around(slid3.y, 10);
    body.z = around(slid3.z, 10);
    const jump = walked.isGrounded && rng.int(30) === 0 ? 0.4 : -0.05;
    walk(hall, walked.x, walked.y, walked.z, dx * 0.4, jump, dz * 0.4, walker, gait, walked);
    walked.x = around(walked.x, 10);
    walked.y = around(walked.y, 10);
    walked.z = around(walked.z, 10);
    raycast3(hall, body.x, body.y, body.z, dx * 90, body.rise * 90, dz * 90, hit);
    const count = raycastAll3(hall, body.x, body.y, body.z, dx * 90, body.rise * 90, dz * 90, hits);
    deepestShapeOverlap3(hall, -body.x, body.y, -body.z, solid[one], overlap);
    stream.add(mover.x, mover.y, slid.contacts, body.x, body.y, body.z, slid3.contacts, slid3.normalY);
    stream.add(walked.x, walked.y, walked.z, walked.obstacle, hit.time, hit.normalX, hit.obstacle, count);
    stream.add(overlap.depth, overlap.normalX, overlap.normalZ);
    if (step % 100 === 0) stream.checkpoint();
  }
  return stream.checkpoints;
}

/** Out on one side, in on the other. */
function around(value: number, edge: number): number {
  return value > edge ? value - 2 * edge : value < -edge ? value + 2 * edge : value;
}

function randomTurn(rng: Rng): Quaternion {
  return normaliseQuaternion({
    x: rng.range(-1, 1),
    y: rng.range(-1, 1),
    z: rng.range(-1, 1),
    w: rng.range(-1, 1),
  });
}

function flatland(rng: Rng): StaticGrid {
  const boxes: StaticBox[] = [];
  for (let i = 0; i < 40; i += 1) {
    const x = rng.range(-24, 24);
    const y = rng.range(-24, 24);
    if (i % 4 === 0) boxes.push(circleObstacle(x, y, rng.range(0.2, 2)));
    else boxes.push({ minX: x, minY: y, maxX: x + rng.range(0.1, 5), maxY: y + rng.range(0.1, 5) });
  }
  return new StaticGrid(boxes);
}

function hallOf(rng: Rng): StaticGrid3 {
  const solids: StaticSolid[] = [boxSolid(-12, -1, -12, 12, 0, 12)];
  for (let i = 0; i < 40; i += 1) {
    const [x, y, z] = [rng.range(-9, 9), rng.range(0, 8), rng.range(-9, 9)];
    if (i % 4 === 0) solids.push(sphereSolid(x, y, z, rng.range(0.2, 1.5)));
    else if (i % 4 === 1) solids.push(capsuleSolid(x, y, z, rng.range(0.2, 2), rng.range(0.2, 0.8)));
    else if (i % 4 === 2)
      solids.push(boxSolid(x, y, z, x + rng.range(0.2, 3), y + 0.5, z + rng.range(0.2, 3)));
    else solids.push({ x, y, z, halfX: 1.5, halfY: 0.3, halfZ: 1, rotation: randomTurn(rng) });
  }
  return new StaticGrid3(solids);
}
