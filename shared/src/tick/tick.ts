declare const flavour: unique symbol;

/** A simulation tick of a room: a whole number counted from 0 at the room's start. Also the number of an input. */
export type Tick = number & { readonly [flavour]?: "Tick" };

/** The number of a packet from the server to one client: 16 bits on the wire, wrapping. */
export type Sequence = number & { readonly [flavour]?: "Sequence" };

/** The whole number nearest to `near` whose low 16 bits are `low16`. */
export function unwrap16(low16: number, near: number): number {
  return near + (((low16 - near) << 16) >> 16);
}

/** Signed distance from `b` to `a` on the 16-bit circle, -32768 to 32767; positive: `a` is newer. */
export function distance16(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}
