import {
  atan2,
  cos,
  identityQuaternion,
  lengthOf,
  lerpAngle,
  Rng,
  rotateQuaternion,
  sin,
  streamFor,
  wrapAngle,
} from "@tidelock/shared";
import { HashStream } from "./hash-stream.ts";

const STEPS = 10_000;

/** Trigonometry, angles, quaternions and random streams on arguments of every size. */
export function run(): number[] {
  const stream = new HashStream();
  const rng = new Rng(2026, 11, 22);
  const turn = identityQuaternion();
  const local = new Rng(0);
  for (let step = 1; step <= STEPS; step += 1) {
    const size = 2 ** (rng.int(60) - 30);
    const x = rng.range(-size, size);
    const y = rng.range(-size, size);
    stream.add(sin(x), cos(x), sin(step * 0.37), cos(x * 1e6), atan2(y, x), atan2(step, -x));
    stream.add(wrapAngle(x), lerpAngle(x, y, rng.float()), lengthOf(x, y), rng.int(1000));
    rotateQuaternion(turn, sin(step), cos(step), rng.range(-1, 1), 1 / 60);
    stream.add(turn.x, turn.y, turn.z, turn.w, streamFor(7, step, step % 64, local).float());
    if (step % 100 === 0) stream.checkpoint();
  }
  return stream.checkpoints;
}
