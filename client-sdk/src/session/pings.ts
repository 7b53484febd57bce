/** Pace of pings once the round trip is known, and until it is. */
const PACE_MS = 500;
const FIRST_PACE_MS = 100;
/** A pong later than this says nothing of the path now. */
const LONGEST_MS = 10_000;

/** Measures the round trip of the path that snapshots and inputs take. The server sends a ping's bytes back unread. */
export class Pings {
  readonly #frame = new Uint8Array(5);
  readonly #view = new DataView(this.#frame.buffer);
  #lastMs = -Infinity;

  due(nowMs: number, known: boolean): boolean {
    return nowMs - this.#lastMs >= (known ? PACE_MS : FIRST_PACE_MS);
  }

  /** The frame to send; valid until the next call. */
  send(kind: number, nowMs: number): Uint8Array {
    this.#lastMs = nowMs;
    this.#frame[0] = kind;
    // Tenths of a millisecond, wrapping after five days.
    this.#view.setUint32(1, Math.round(nowMs * 10) >>> 0);
    return this.#frame;
  }

  /** Milliseconds since the ping that a pong answers; undefined when it answers none of ours. */
  receive(frame: Uint8Array, nowMs: number): number | undefined {
    if (frame.length !== this.#frame.length) return undefined;
    const sent = new DataView(frame.buffer, frame.byteOffset, frame.length).getUint32(1);
    const rttMs = ((Math.round(nowMs * 10) - sent) >>> 0) / 10;
    return rttMs <= LONGEST_MS ? rttMs : undefined;
  }
}
