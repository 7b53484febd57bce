import { Container, Graphics } from "pixi.js";
import { outline } from "../../shared/pitch.ts";
import { CORNER, GOAL_DEPTH, HALF_GOAL, HALF_LENGTH, HALF_WIDTH } from "../../shared/rules.ts";
import { palette } from "./palette.ts";

/** Shapes are built so many times too large and scaled down: curves are cut into pieces by their size as built. */
export const BUILT = 48;
const WALL = 0.35;

/** The pitch: floor, lines, nets and the edge that glows in each side's colour. */
export function paintRink(): Container {
  const rink = new Container();
  rink.scale.set(1 / BUILT);
  const edge = outline.flatMap(({ x, y }) => [x * BUILT, y * BUILT]);
  const floor = new Graphics().poly(edge).fill(palette.floor);
  const halves = new Container();
  for (const [side, colour] of [
    [-1, palette.left],
    [1, palette.right],
  ] as const) {
    halves.addChild(paintArea(half(side), colour, 0.05), paintGoal(side, colour));
  }
  const lines = new Graphics()
    .moveTo(0, -HALF_WIDTH * BUILT)
    .lineTo(0, HALF_WIDTH * BUILT)
    .stroke({ width: 0.1 * BUILT, color: palette.line })
    .circle(0, 0, 3.4 * BUILT)
    .stroke({ width: 0.1 * BUILT, color: palette.line })
    .circle(0, 0, 0.25 * BUILT)
    .fill(palette.line);
  const walls = new Graphics();
  for (const [side, colour] of [
    [-1, palette.left],
    [1, palette.right],
  ] as const) {
    const path = sideEdge(side);
    for (const [width, alpha] of [
      [1.5, 0.06],
      [0.9, 0.12],
      [WALL, 1],
    ] as const) {
      walls.moveTo(path[0], path[1]);
      for (let i = 2; i < path.length; i += 2) walls.lineTo(path[i], path[i + 1]);
      walls.stroke({ width: width * BUILT, color: colour, alpha, join: "round", cap: "round" });
    }
  }
  rink.addChild(floor, halves, lines, walls);
  // It never changes: painted once, and from then on one picture.
  rink.cacheAsTexture({ antialias: true });
  return rink;
}

function half(side: number): number[] {
  return [
    [0, -HALF_WIDTH],
    [side * (HALF_LENGTH - CORNER), -HALF_WIDTH],
    [side * HALF_LENGTH, -HALF_WIDTH + CORNER],
    [side * HALF_LENGTH, HALF_WIDTH - CORNER],
    [side * (HALF_LENGTH - CORNER), HALF_WIDTH],
    [0, HALF_WIDTH],
  ].flatMap(([x, y]) => [x * BUILT, y * BUILT]);
}

/** The edge of one half, from the middle of the upper side line round to the middle of the lower. */
function sideEdge(side: number): number[] {
  // Beside the ball's edge, not on it: what is drawn is as thick as the wall.
  const out = WALL / 2;
  return [
    [0, -HALF_WIDTH - out],
    [side * (HALF_LENGTH - CORNER), -HALF_WIDTH - out],
    [side * (HALF_LENGTH + out), -HALF_WIDTH + CORNER],
    [side * (HALF_LENGTH + out), -HALF_GOAL - out],
    [side * (HALF_LENGTH + GOAL_DEPTH + out), -HALF_GOAL - out],
    [side * (HALF_LENGTH + GOAL_DEPTH + out), HALF_GOAL + out],
    [side * (HALF_LENGTH + out), HALF_GOAL + out],
    [side * (HALF_LENGTH + out), HALF_WIDTH - CORNER],
    [side * (HALF_LENGTH - CORNER), HALF_WIDTH + out],
    [0, HALF_WIDTH + out],
  ].flatMap(([x, y]) => [x * BUILT, y * BUILT]);
}

function paintArea(corners: number[], colour: number, alpha: number): Graphics {
  const area = new Graphics().poly(corners).fill(colour);
  area.alpha = alpha;
  return area;
}

function paintGoal(side: number, colour: number): Container {
  const back = side * (HALF_LENGTH + GOAL_DEPTH) * BUILT;
  const line = side * HALF_LENGTH * BUILT;
  const top = -HALF_GOAL * BUILT;
  const net = new Graphics();
  const thread = { width: 1.2, color: colour, alpha: 0.28 };
  for (let y = -HALF_GOAL; y <= HALF_GOAL; y += 0.5)
    net
      .moveTo(line, y * BUILT)
      .lineTo(back, y * BUILT)
      .stroke(thread);
  for (let x = line; Math.abs(x) <= Math.abs(back); x += side * 0.5 * BUILT)
    net.moveTo(x, top).lineTo(x, -top).stroke(thread);
  net
    .moveTo(line, top)
    .lineTo(line, -top)
    .stroke({ width: 0.12 * BUILT, color: palette.snow, alpha: 0.6 });
  const goal = new Container();
  goal.addChild(paintArea([line, top, back, top, back, -top, line, -top], colour, 0.1), net);
  return goal;
}
