/** Colours of the picture; those of the panels stand in style.css. */
export const palette = {
  skyTop: 0x120a2b,
  skyHigh: 0x3a1858,
  skyLow: 0xb2416e,
  horizon: 0xffb272,
  sun: 0xffecc9,
  ranges: [0x7a2f66, 0x51235a, 0x2f1747],
  gate: 0x1f0f33,
  floor: 0x1a0d2a,
  floorLight: 0xff9f6a,
  ink: 0x0a0614,
  inkBehind: 0x1a1029,
  rim: 0xffc48f,
  white: 0xffffff,
  dust: 0xd9a38c,
  /** By side: sash, scarf and everything that burns. */
  sides: [0x37e4ff, 0xff4a5e],
} as const;
