import { FrameKind } from "./frame-kind.ts";

/** Bytes of the token that binds a datachannel to its player. */
export const TOKEN_BYTES = 16;

/** The second byte of a frame of kind `link`. */
export const LinkMessage = {
  /** Client: here is my token. Repeated until answered. */
  hello: 0,
  /** Server: the channel is yours. */
  welcome: 1,
  /** Server: are you there? The third byte is 1 when the server hears this client. */
  probe: 2,
  /** Client: yes. It proves that the way down works too: a probe came through. */
  echo: 3,
  /** Client, over the WebSocket: I hear nothing on the datachannel, send here. */
  deaf: 4,
} as const;

/** The hello that carries `token`. */
export function helloFrame(token: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + TOKEN_BYTES);
  frame[0] = FrameKind.link;
  frame[1] = LinkMessage.hello;
  frame.set(token.subarray(0, TOKEN_BYTES), 2);
  return frame;
}

/** Whether `frame` is the hello with exactly this token. */
export function isHello(frame: Uint8Array, token: Uint8Array): boolean {
  if (frame.length !== 2 + TOKEN_BYTES || token.length !== TOKEN_BYTES) return false;
  if (frame[0] !== FrameKind.link || frame[1] !== LinkMessage.hello) return false;
  let difference = 0;
  for (let i = 0; i < TOKEN_BYTES; i++) difference |= frame[2 + i] ^ token[i];
  return difference === 0;
}

export const WELCOME_FRAME = Uint8Array.of(FrameKind.link, LinkMessage.welcome);
export const ECHO_FRAME = Uint8Array.of(FrameKind.link, LinkMessage.echo);
export const DEAF_FRAME = Uint8Array.of(FrameKind.link, LinkMessage.deaf);
export const PROBE_HEARD = Uint8Array.of(FrameKind.link, LinkMessage.probe, 1);
export const PROBE_UNHEARD = Uint8Array.of(FrameKind.link, LinkMessage.probe, 0);

/** A token from its hexadecimal text, or undefined when the text is not one. */
export function tokenFromHex(text: unknown): Uint8Array | undefined {
  if (typeof text !== "string" || text.length !== TOKEN_BYTES * 2 || !/^[0-9a-f]+$/.test(text))
    return undefined;
  const token = new Uint8Array(TOKEN_BYTES);
  for (let i = 0; i < TOKEN_BYTES; i++) token[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return token;
}
