import type { Graphics } from "pixi.js";
import type { Point, Pose } from "./pose.ts";
import { disc } from "./shapes.ts";

const THIGH = 0.45;
const SHIN = 0.44;
const UPPER_ARM = 0.31;
const FOREARM = 0.31;
const TRUNK = 0.5;
const DEGREE = Math.PI / 180;

/** Where every joint of a body is, in metres, x to where it faces. */
export interface Joints {
  readonly hips: Point;
  readonly chest: Point;
  readonly head: Point;
  /** Of the trunk, from the hips up. */
  readonly up: Point;
  readonly frontArm: Limb;
  readonly backArm: Limb;
  readonly frontLeg: Limb;
  readonly backLeg: Limb;
}

/** Root, joint, end. */
export type Limb = readonly [Point, Point, Point];

export function jointsOf(pose: Pose): Joints {
  const { hips } = pose;
  const up: Point = [Math.sin(pose.lean * DEGREE), Math.cos(pose.lean * DEGREE)];
  const chest: Point = [hips[0] + up[0] * TRUNK, hips[1] + up[1] * TRUNK];
  const headAngle = (pose.lean + pose.nod) * DEGREE;
  const head: Point = [chest[0] + Math.sin(headAngle) * 0.22 + 0.03, chest[1] + Math.cos(headAngle) * 0.22];
  const forward: Point = [up[1], -up[0]];
  const frontShoulder: Point = [
    chest[0] + forward[0] * 0.06 - up[0] * 0.06,
    chest[1] + forward[1] * 0.06 - up[1] * 0.06,
  ];
  const backShoulder: Point = [
    chest[0] - forward[0] * 0.08 - up[0] * 0.06,
    chest[1] - forward[1] * 0.08 - up[1] * 0.06,
  ];
  return {
    hips,
    chest,
    head,
    up,
    frontArm: bend(frontShoulder, pose.frontHand, UPPER_ARM, FOREARM, -1),
    backArm: bend(backShoulder, pose.backHand, UPPER_ARM, FOREARM, -1),
    frontLeg: bend([hips[0] + 0.05, hips[1]], pose.frontFoot, THIGH, SHIN, 1),
    backLeg: bend([hips[0] - 0.05, hips[1]], pose.backFoot, THIGH, SHIN, 1),
  };
}

/** Two bones from a root towards an end; `side` is where the joint between goes. Out of reach it is stretched out. */
function bend(root: Point, end: Point, first: number, second: number, side: number): Limb {
  const dx = end[0] - root[0];
  const dy = end[1] - root[1];
  const distance = Math.max(0.05, Math.hypot(dx, dy));
  const reach = Math.min(distance, first + second - 0.002);
  const [ux, uy] = [dx / distance, dy / distance];
  const along = (reach * reach + first * first - second * second) / (2 * reach);
  const across = Math.sqrt(Math.max(0, first * first - along * along)) * side;
  return [
    root,
    [root[0] + ux * along - uy * across, root[1] + uy * along + ux * across],
    [root[0] + ux * reach, root[1] + uy * reach],
  ];
}

/** Corners of each round end of a bone. */
const END_CORNERS = 6;

/** A bone with round ends, thicker at one than at the other. */
export function bone(into: Graphics, a: Point, b: Point, thickA: number, thickB: number): void {
  const turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
  const outline: number[] = [];
  for (const [centre, thick, from] of [
    [a, thickA, turn + Math.PI / 2],
    [b, thickB, turn - Math.PI / 2],
  ] as const)
    for (let i = 0; i <= END_CORNERS; i++) {
      const angle = from + (i / END_CORNERS) * Math.PI;
      outline.push(centre[0] + Math.cos(angle) * thick, centre[1] + Math.sin(angle) * thick);
    }
  into.poly(outline);
}

/** A leg in wide trousers, with a foot that lies flat on the floor and points where the shin leads in the air. */
export function drawLeg(into: Graphics, [hip, knee, ankle]: Limb, grow: number): void {
  bone(into, hip, knee, 0.115 + grow, 0.095 + grow);
  bone(into, knee, [ankle[0], ankle[1] + 0.05], 0.098 + grow, 0.082 + grow);
  const isFlat = ankle[1] < 0.05;
  const dx = ankle[0] - knee[0];
  const dy = ankle[1] - knee[1];
  const length = Math.hypot(dx, dy) || 1;
  const toe: Point = isFlat
    ? [ankle[0] + 0.15, 0.035]
    : [
        ankle[0] - (dy / length) * 0.14 + (dx / length) * 0.03,
        ankle[1] + (dx / length) * 0.14 + (dy / length) * 0.03,
      ];
  bone(into, [ankle[0], Math.max(0.045, ankle[1])], toe, 0.05 + grow, 0.034 + grow);
}

export function drawArm(into: Graphics, [shoulder, elbow, hand]: Limb, grow: number): void {
  bone(into, shoulder, elbow, 0.088 + grow, 0.068 + grow);
  bone(into, elbow, hand, 0.062 + grow, 0.042 + grow);
  disc(into, hand[0], hand[1], 0.062 + grow);
}

export function drawTrunk(into: Graphics, { hips, chest, head, up }: Joints, grow: number): void {
  const [fx, fy] = [up[1], -up[0]];
  const at = (from: Point, forwards: number, upwards: number): Point => [
    from[0] + fx * forwards + up[0] * upwards,
    from[1] + fy * forwards + up[1] * upwards,
  ];
  const outline = [
    at(hips, 0.15 + grow, -0.06 - grow),
    at(hips, 0.12 + grow, 0.12),
    at(chest, 0.16 + grow, -0.14),
    at(chest, 0.1 + grow, 0.06 + grow),
    at(chest, -0.1 - grow, 0.07 + grow),
    at(chest, -0.17 - grow, -0.1),
    at(hips, -0.12 - grow, 0.12),
    at(hips, -0.15 - grow, -0.06 - grow),
  ];
  into.poly(outline.flat());
  disc(into, chest[0], chest[1] - 0.02, 0.13 + grow);
  bone(into, chest, head, 0.07 + grow, 0.07 + grow);
  disc(into, head[0], head[1], 0.118 + grow);
}
