import type { Graphics } from "pixi.js";

/**
 * Corners of what is drawn as round, for small, middling and large. PixiJS would choose by the radius, and a radius in metres is
 * always small to it.
 */
const CORNERS = [14, 24, 44].map((count) =>
  Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * Math.PI * 2;
    return [Math.cos(angle), Math.sin(angle)] as const;
  }),
);

export function oval(into: Graphics, x: number, y: number, radiusX: number, radiusY: number): Graphics {
  const corners = CORNERS[radiusX < 0.16 ? 0 : radiusX < 0.6 ? 1 : 2];
  return into.poly(corners.flatMap(([cos, sin]) => [x + cos * radiusX, y + sin * radiusY]));
}

export function disc(into: Graphics, x: number, y: number, radius: number): Graphics {
  return oval(into, x, y, radius, radius);
}

/** Fills what was drawn since the last time. */
export function paint(into: Graphics, color: number, alpha = 1): Graphics {
  return into.setFillStyle({ color, alpha }).fill();
}
