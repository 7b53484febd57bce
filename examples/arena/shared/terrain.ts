import { CELL, HALF, isWall } from "./map.ts";
export const point = { x: 0, y: 0 };
function blocked(x: number, y: number, r: number) {
  const c0 = Math.floor((x - r + HALF) / CELL),
    c1 = Math.floor((x + r + HALF) / CELL);
  const r0 = Math.floor((y - r + HALF) / CELL),
    r1 = Math.floor((y + r + HALF) / CELL);
  for (let a = c0; a <= c1; a++) for (let b = r0; b <= r1; b++) if (isWall(a, b)) return true;
  return false;
}
export function slide(x: number, y: number, dx: number, dy: number, radius: number) {
  if (!blocked(x + dx, y, radius)) x += dx;
  if (!blocked(x, y + dy, radius)) y += dy;
  point.x = x;
  point.y = y;
  return point;
}
export function sweep(x: number, y: number, dx: number, dy: number, radius: number): number {
  for (let i = 1; i <= 5; i++) if (blocked(x + (dx * i) / 5, y + (dy * i) / 5, radius)) return (i - 1) / 5;
  return 1;
}
