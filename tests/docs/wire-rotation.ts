/** Rotations by section 4.4 of docs/wire-format.md and by nothing else. Four numbers: which is left out, and the three others. */
export type Packed = readonly [number, number, number, number];
/** x, y, z, w. */
export type Parts = readonly [number, number, number, number];

export function unpack([largest, a, b, c]: Packed, highest: number): Parts {
  const scale = Math.SQRT1_2 / highest;
  const three = [a * scale, b * scale, c * scale];
  const [p, q, r] = three;
  const parts = [...three];
  parts.splice(largest, 0, Math.sqrt(Math.max(0, 1 - p * p - q * q - r * r)));
  return [parts[0], parts[1], parts[2], parts[3]];
}

export function pack(parts: Parts, highest: number): Packed {
  const length = Math.hypot(...parts);
  if (length === 0) return [3, 0, 0, 0];
  const unit: Parts = [parts[0] / length, parts[1] / length, parts[2] / length, parts[3] / length];
  let largest = 0;
  unit.forEach((part, i) => (largest = Math.abs(part) > Math.abs(unit[largest]) ? i : largest));
  return packWithout(largest, unit, highest);
}

export function packWithout(largest: number, parts: Parts, highest: number): Packed {
  const scale = ((parts[largest] < 0 ? -1 : 1) * highest) / Math.SQRT1_2;
  const [a, b, c] = parts
    .filter((_, i) => i !== largest)
    .map((part) => Math.max(-highest, Math.min(highest, Math.round(part * scale))));
  return [largest, a, b, c];
}

/** Turned by an angular velocity for so many ticks, rounded after each. */
export function turned(
  packed: Packed,
  [x, y, z]: readonly number[],
  dt: number,
  ticks: number,
  highest: number,
): Packed {
  const speed = Math.sqrt(x * x + y * y + z * z);
  if (speed === 0) return packed;
  // The product's own sine may differ from the engine's in the last bit, which no grid shows.
  const half = (speed * dt) / 2;
  const scale = Math.sin(half) / speed;
  const [tx, ty, tz, tw] = [x * scale, y * scale, z * scale, Math.cos(half)];
  let now = packed;
  for (let tick = 0; tick < ticks; tick++) {
    const [qx, qy, qz, qw] = unpack(now, highest);
    now = pack(
      [
        tw * qx + tx * qw + ty * qz - tz * qy,
        tw * qy - tx * qz + ty * qw + tz * qx,
        tw * qz + tx * qy - ty * qx + tz * qw,
        tw * qw - tx * qx - ty * qy - tz * qz,
      ],
      highest,
    );
  }
  return now;
}
