import type { State } from "../../shared/entities.ts";
import { moves } from "../../shared/moves.ts";
import type { Point, Pose, Track } from "./pose.ts";

function pose(
  hips: Point,
  lean: number,
  nod: number,
  frontHand: Point,
  backHand: Point,
  frontFoot: Point,
  backFoot: Point,
): Pose {
  return { hips, lean, nod, frontHand, backHand, frontFoot, backFoot };
}

const stance = pose([0, 0.83], 12, -4, [0.43, 1.26], [0.22, 1.12], [0.28, 0], [-0.3, 0]);
const breath = pose([0.01, 0.8], 15, -6, [0.44, 1.2], [0.23, 1.05], [0.28, 0], [-0.3, 0]);
const squat = pose([-0.04, 0.48], 26, -14, [0.4, 0.92], [0.22, 0.8], [0.3, 0], [-0.3, 0]);
const gather = pose([-0.02, 0.6], 28, -10, [0.1, 0.75], [-0.3, 0.7], [0.24, 0], [-0.26, 0]);
const rising = pose([0, 0.95], 8, 4, [0.3, 1.62], [-0.12, 1.5], [0.24, 0.42], [-0.16, 0.12]);
const falling = pose([0, 0.95], 14, -4, [0.42, 1.5], [-0.38, 1.45], [0.26, 0.3], [-0.2, 0.22]);
const jabBack = pose([-0.04, 0.82], 6, 0, [0.24, 1.3], [0.2, 1.15], [0.28, 0], [-0.3, 0]);
const jab = pose([0.12, 0.81], 22, -12, [0.99, 1.36], [0.12, 1.12], [0.38, 0], [-0.34, 0.03]);
const toeBack = pose([-0.06, 0.47], 20, -10, [0.36, 0.9], [0.16, 0.8], [0.2, 0.16], [-0.3, 0]);
const toe = pose([-0.02, 0.44], -6, 6, [0.3, 0.86], [-0.26, 0.72], [0.96, 0.1], [-0.3, 0]);
const axeCoil = pose([-0.02, 0.84], 16, -6, [0.24, 1.12], [-0.18, 1.24], [0.34, 0.62], [-0.18, 0]);
const axeUp = pose([0.1, 0.9], -20, 16, [-0.12, 1.28], [-0.4, 1.1], [0.6, 1.68], [-0.02, 0]);
const axe = pose([0.22, 0.85], 14, -10, [0.02, 1.3], [-0.34, 1.02], [1.08, 0.98], [-0.04, 0]);
const axeDown = pose([0.26, 0.78], 30, -14, [0.3, 1.05], [-0.2, 1.05], [0.78, 0.06], [-0.26, 0.02]);
const sweepCoil = pose([-0.1, 0.44], 34, -16, [0.3, 0.55], [0.02, 0.3], [0.02, 0.12], [-0.32, 0]);
const sweep = pose([0.3, 0.42], -30, 22, [0.1, 0.8], [-0.3, 0.1], [1.17, 0.08], [-0.3, 0]);
const kneeUp = pose([0, 0.95], 10, -6, [0.3, 1.42], [-0.3, 1.3], [0.36, 0.62], [-0.2, 0.32]);
const airKick = pose([0.06, 0.92], -8, 2, [0.24, 1.36], [-0.36, 1.2], [0.78, 0.58], [-0.14, 0.42]);
const diveCoil = pose([-0.04, 1], 26, -10, [0.34, 1.5], [-0.2, 1.55], [0.2, 0.66], [-0.12, 0.6]);
const dive = pose([0.14, 0.84], -30, 20, [0.02, 1.42], [-0.5, 1.22], [0.92, 0.34], [0.06, 0.36]);
const cup = pose([-0.12, 0.74], -2, -4, [-0.22, 0.98], [-0.28, 0.86], [0.38, 0], [-0.42, 0]);
const release = pose([0.14, 0.72], 24, -14, [0.96, 1.2], [0.9, 1.06], [0.48, 0], [-0.42, 0]);
const hit = pose([-0.12, 0.8], -24, -22, [0.2, 0.98], [-0.34, 1.02], [0.24, 0], [-0.36, 0]);
const hitMore = pose([-0.1, 0.78], -8, -8, [0.3, 0.95], [-0.1, 0.9], [0.28, 0], [-0.32, 0]);
const parry = pose([-0.08, 0.8], -2, 2, [0.32, 1.5], [0.28, 1.3], [0.3, 0], [-0.34, 0]);
const lowParry = pose([-0.1, 0.47], 10, -2, [0.34, 1.02], [0.3, 0.84], [0.3, 0], [-0.32, 0]);
const flung = pose([0, 0.84], -62, -18, [0.16, 1.28], [-0.3, 1.42], [0.66, 0.98], [0.58, 0.66]);
const lying = pose([0, 0.13], -84, 0, [-0.3, 0.08], [-0.72, 0.08], [0.82, 0.06], [0.72, 0.1]);
const bounced = pose([0, 0.24], -76, -10, [-0.3, 0.4], [-0.78, 0.34], [0.76, 0.34], [0.7, 0.22]);
const rolling = pose([-0.06, 0.42], 58, -20, [0.36, 0.12], [0.16, 0.1], [0.16, 0], [-0.32, 0.02]);
const rush = pose([0.16, 0.7], 46, -30, [0.14, 0.98], [-0.36, 0.98], [0.5, 0.06], [-0.62, 0.2]);
const rushMore = pose([0.16, 0.68], 44, -28, [0.3, 1], [-0.3, 0.9], [0.16, 0.14], [-0.5, 0.02]);
const hop = pose([-0.1, 0.8], -14, 4, [0.34, 1.2], [-0.06, 1.1], [0.42, 0.16], [-0.22, 0.08]);
const armUp = pose([0, 0.88], -4, -10, [0.16, 2], [-0.3, 0.92], [0.2, 0], [-0.22, 0]);
const armHigher = pose([0, 0.86], -2, -14, [0.2, 1.94], [-0.3, 0.9], [0.2, 0], [-0.22, 0]);

/** The track of an attack: back, out by the first tick that hits, held while it does, and home. */
function blow(state: State, coil: Pose, out: Pose, home: Pose, through = out): Track {
  const { attack, ticks } = moves[state];
  const { startup = 4, active = 2 } = attack ?? {};
  const end = ticks === 0 ? startup + active + 16 : ticks;
  return [
    [0, home],
    [startup * 0.55, coil],
    [startup, out],
    [startup + active, through],
    [startup + active + 3, through],
    [end, home],
  ];
}

/** What each state looks like, frame by frame. Tracks of states without an end come round again. */
export const tracks: Readonly<Record<State, Track>> = {
  idle: [
    [0, stance],
    [32, breath],
    [64, stance],
  ],
  // Feet of walkers are set by `stride`.
  walk: [[0, stance]],
  retreat: [[0, stance]],
  crouch: [[0, squat]],
  dash: [
    [0, gather],
    [3, rush],
    [9, rushMore],
    [15, stance],
  ],
  backdash: [
    [0, gather],
    [3, hop],
    [13, hop],
    [18, stance],
  ],
  crouchJump: [[0, gather]],
  air: [
    [0, rising],
    [16, rising],
    [28, falling],
  ],
  land: [[0, gather]],
  light: blow("light", jabBack, jab, stance),
  low: blow("low", toeBack, toe, squat),
  heavy: [
    [0, stance],
    [5, axeCoil],
    [11, axeUp],
    [15, axe],
    [18, axeDown],
    [24, axeDown],
    [36, stance],
  ],
  sweep: blow("sweep", sweepCoil, sweep, squat),
  airLight: blow("airLight", kneeUp, airKick, falling),
  airHeavy: blow("airHeavy", diveCoil, dive, falling),
  special: [
    [0, stance],
    [5, cup],
    [11, cup],
    [13, release],
    [28, release],
    [42, stance],
  ],
  hurt: [
    [0, hit],
    [6, hit],
    [20, hitMore],
  ],
  guard: [[0, parry]],
  lowGuard: [[0, lowParry]],
  reel: [[0, flung]],
  down: [
    [0, lying],
    [4, bounced],
    [9, lying],
  ],
  rise: [
    [0, lying],
    [9, rolling],
    [16, squat],
  ],
  beaten: [
    [0, lying],
    [4, bounced],
    [9, lying],
  ],
  cheer: [
    [0, stance],
    [12, armUp],
    [30, armHigher],
    [48, armUp],
  ],
};

/** Two steps to this many metres. */
const STRIDE = 1.1;

/** Takes the feet of a pose through a step; `way` is how far the fighter has walked, in metres. */
export function stride(from: Pose, way: number): Pose {
  const turn = (way / STRIDE) * Math.PI * 2;
  const foot = (phase: number, middle: number): Point => [
    middle + Math.cos(turn + phase) * 0.2,
    Math.max(0, Math.sin(turn + phase) * -0.13),
  ];
  return {
    ...from,
    hips: [from.hips[0], from.hips[1] + Math.cos(turn * 2) * 0.015],
    frontFoot: foot(0, 0.14),
    backFoot: foot(Math.PI, -0.16),
  };
}
