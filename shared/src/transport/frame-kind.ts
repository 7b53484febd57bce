/** The first byte of every frame. A frame of any other kind is dropped and counted. */
export const FrameKind = {
  snapshot: 0x01,
  input: 0x02,
  /** The rest is a frame of Colyseus' own unreliable path, in either direction. */
  colyseus: 0x03,
  ping: 0x04,
  pong: 0x05,
  /** The link's own handshake and liveness; see link-frame.ts. */
  link: 0x06,
  /** Hashes of what a client has at a tick; see state-check.ts. */
  check: 0x07,
  /** What the server has where such a hash is another one. */
  difference: 0x08,
} as const;

export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];
