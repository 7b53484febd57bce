/** Colours of the pitch; those of the page are in style.css. */
export const palette = {
  night: 0x070b16,
  floor: 0x0d1526,
  line: 0x2a3b60,
  wall: 0x1b2745,
  snow: 0xf4f8ff,
  crate: 0xe9b44c,
  left: 0x39c6ff,
  right: 0xff6b4a,
} as const;
