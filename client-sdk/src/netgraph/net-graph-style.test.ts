import { describe, expect, test } from "vitest";
import { COLOURS } from "./net-graph-style.ts";

type Rgb = readonly [number, number, number];

const SAME = [1, 0, 0, 0, 1, 0, 0, 0, 1];
/** Complete loss of one kind of cone, in linear RGB, after Machado, Oliveira and Fernandes (2009). */
const VISIONS: Readonly<Record<string, readonly number[]>> = {
  usual: SAME,
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const GROUND: Rgb = [0x0b, 0x0f, 0x17];
/** Colours that stand beside each other in one strip and mean different things. */
const PAIRS = [
  ["room", "beyond"],
  ["good", "late"],
  ["good", "bad"],
  ["late", "bad"],
  ["good", "correction"],
  ["bad", "correction"],
] as const;

const parse = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const linear = (value: number): number =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const seen = (rgb: Rgb, matrix: readonly number[]): Rgb => {
  const [r, g, b] = rgb.map(linear);
  return [0, 3, 6].map((row) =>
    Math.max(0, Math.min(1, matrix[row] * r + matrix[row + 1] * g + matrix[row + 2] * b)),
  ) as unknown as Rgb;
};
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** CIELAB under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(Object.entries(VISIONS))("the colours of the net graph, for %s vision", (_name, matrix) => {
  test.each(PAIRS)("tell %s from %s", (one, other) => {
    const [a, b] = [one, other].map((name) => lab(seen(parse(COLOURS[name]), matrix)));
    // Twice what is called a clear difference.
    expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(20);
  });

  test("stand out from their ground", () => {
    const ground = luminance(seen(GROUND, matrix));
    for (const name of ["good", "late", "bad", "room", "beyond", "correction", "text", "dim"] as const)
      expect((luminance(seen(parse(COLOURS[name]), matrix)) + 0.05) / (ground + 0.05), name).toBeGreaterThan(
        4.5,
      );
  });
});
