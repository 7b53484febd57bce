/** One place for every colour: a deep, cold sea and the lights of those who live in it. */
export const palette = {
  abyss: 0x03070f,
  deep: 0x07121f,
  contour: 0x15495c,
  wallTop: 0x0b1c2c,
  wallFoot: 0x061019,
  tide: 0x2fd6d6,
  foam: 0xe8fbff,
  coral: 0xff5a6e,
} as const;

/** The lights of the other ships: far apart from each other and from the teal of the walls. */
const SHIP_COLOURS = [
  0xff5a6e, 0xffb347, 0xc77dff, 0xff7bd0, 0xa3f05b, 0xffe066, 0x6f9bff, 0xff8a4c, 0xe85dff, 0x9dffb0,
];

/** My own ship is always the colour of foam; the others keep one colour for as long as they stay. */
export function shipColour(player: number, mine: boolean): number {
  return mine ? 0x8ff7ff : SHIP_COLOURS[player % SHIP_COLOURS.length];
}

export function cssColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}
