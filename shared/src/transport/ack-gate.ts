/** How long a path may answer nothing before sending stops: ten snapshots at 30 Hz, all lost, is an outage. */
const STALL_MS = 330;
/**
 * A stalled path is probed after a tenth of the silence so far, and at least four times a second. A burst of losses that is only a little
 * longer than the limit is then over within a few tens of milliseconds; an outage of seconds gets a dozen frames more than at four a second.
 */
const PROBE_SHARE = 0.1;
const MOST_PROBE_MS = 250;

/**
 * Decides whether to send now, from when frames were sent and acked.
 *
 * A path that is out keeps what it is given and delivers it stale when it comes back: seconds of old
 * snapshots, ahead of the new. So sending stops once frames have gone out for 330 ms without any new
 * ack, and goes on ever slower, down to 4 frames a second, until one arrives. The time counts from the last ack, not from
 * the frame, so a long path that answers steadily is not mistaken for a dead one.
 * Sequence numbers ascend; a tick number will do. One gate for each peer; a new one when its channel changes.
 */
export class AckGate {
  /** Since when frames are out and nothing came back; NaN while all is acked. */
  #waitingSinceMs = Number.NaN;
  #newestSent = -Infinity;
  #newestAcked = -Infinity;
  #lastSentMs = -Infinity;

  /** Whether the path is taken for out. */
  stalled(nowMs: number): boolean {
    return nowMs - this.#waitingSinceMs > STALL_MS;
  }

  /** Whether a frame may be sent now: always on a path that answers, now and then on one that does not. */
  maySend(nowMs: number): boolean {
    if (!this.stalled(nowMs)) return true;
    const silenceMs = nowMs - this.#waitingSinceMs;
    return nowMs - this.#lastSentMs >= Math.min(MOST_PROBE_MS, silenceMs * PROBE_SHARE);
  }

  /** Frame `sequence` was sent. */
  sent(sequence: number, nowMs: number): void {
    if (Number.isNaN(this.#waitingSinceMs)) this.#waitingSinceMs = nowMs;
    this.#newestSent = sequence;
    this.#lastSentMs = nowMs;
  }

  /** The peer has frame `sequence`. Acks of old frames and of frames never sent change nothing. */
  acked(sequence: number, nowMs: number): void {
    if (!(sequence > this.#newestAcked) || sequence > this.#newestSent) return;
    this.#newestAcked = sequence;
    this.#waitingSinceMs = sequence === this.#newestSent ? Number.NaN : nowMs;
  }
}
