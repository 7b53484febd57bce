/**
 * The arena's ground plan. One quarter is drawn by hand, a character per cell: `#` wall, `.` floor, `s` a spawn point.
 * The other three are the same quarter turned by 90 degrees, so that no corner is better than another.
 */
const QUARTER = [
  "########################",
  "#.........#.............",
  "#.s.......#...s.......s.",
  "#.......................",
  "#...##..........##......",
  "#...##....#..s..##....##",
  "#.........####.....#####",
  "#..s......#.............",
  "#.........s.............",
  "####..#.................",
  "#...........s..##...##..",
  "#.......##.....##...##..",
  "#.s.....##..............",
  "#..................s....",
  "###..............####...",
  "#......##..##....#......",
  "#......#....#.s..#......",
  "#..s...#.........#...s..",
  "#......#............s...",
  "####............##......",
  "#...............##......",
  "#..s....##..s.......##..",
  "#.......##..........##..",
  "####..................s.",
];

/** Side of a map cell, in metres. */
export const CELL = 2;
/** Cells along each side of the whole map. */
export const MAP_CELLS = QUARTER.length * 2;
/** The arena reaches from -HALF to +HALF metres on both axes; (0, 0) is its centre, y grows downwards. */
export const HALF = (MAP_CELLS * CELL) / 2;

/** The character of a cell, for a point given in cells from the centre: turned until it lies in the drawn quarter. */
function cellAt(column: number, row: number): string {
  let x = column + 0.5 - QUARTER.length;
  let y = row + 0.5 - QUARTER.length;
  while (x > 0 || y > 0) [x, y] = [y, -x];
  return QUARTER[Math.floor(y + QUARTER.length)][Math.floor(x + QUARTER.length)];
}

/** One byte per cell, row by row: 1 is wall. */
export const walls: Uint8Array = new Uint8Array(MAP_CELLS * MAP_CELLS);

export interface SpawnPoint {
  readonly x: number;
  readonly y: number;
}

/** Where players enter, in metres: cell centres, the same number in every quarter. */
export const spawnPoints: SpawnPoint[] = [];

for (let row = 0; row < MAP_CELLS; row++) {
  for (let column = 0; column < MAP_CELLS; column++) {
    const character = cellAt(column, row);
    if (character === "#") walls[row * MAP_CELLS + column] = 1;
    if (character === "s")
      spawnPoints.push({ x: (column + 0.5) * CELL - HALF, y: (row + 0.5) * CELL - HALF });
  }
}

/** Whether a cell is wall; everything outside the map is. */
export function isWall(column: number, row: number): boolean {
  if (column < 0 || row < 0 || column >= MAP_CELLS || row >= MAP_CELLS) return true;
  return walls[row * MAP_CELLS + column] === 1;
}
