import type { Channel, Scheduler } from "@tidelock/shared";

/** What IP, UDP, DTLS and SCTP add to a frame, and what an acknowledgement of SCTP takes. */
const DATAGRAM_BYTES = 93;
/** SCTP acknowledges every second packet that arrives. */
const FRAMES_PER_ACKNOWLEDGEMENT = 2;

/** A narrow place with an endless queue in what one end of a channel sends. */
export class Bottleneck {
  bytesPerSecond: number;
  /** The longest that anything had to wait since this was last set, in milliseconds. */
  longestQueueMs = 0;
  readonly #scheduler: Scheduler;
  #freeMs = 0;
  #received = 0;

  constructor(scheduler: Scheduler, bytesPerSecond: number) {
    this.#scheduler = scheduler;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** A channel whose frames pass here on their way out, beside the acknowledgements of those that come in. */
  around(inner: Channel): Channel {
    const outer: Channel = {
      kind: inner.kind,
      reliable: inner.reliable,
      maxFrameBytes: inner.maxFrameBytes,
      bufferedBytes: 0,
      get open() {
        return inner.open;
      },
      send: (frame) => {
        const copy = frame.slice();
        this.#scheduler.after(this.#pass(copy.length + DATAGRAM_BYTES), () => inner.send(copy));
        return inner.open;
      },
      onFrame: () => {},
      onClose: () => {},
      close: (reason) => inner.close(reason),
    };
    inner.onFrame = (frame) => {
      if (++this.#received % FRAMES_PER_ACKNOWLEDGEMENT === 0) this.#pass(DATAGRAM_BYTES);
      outer.onFrame(frame);
    };
    inner.onClose = (reason) => outer.onClose(reason);
    return outer;
  }

  /** Milliseconds until so many bytes are through. */
  #pass(bytes: number): number {
    const now = this.#scheduler.nowMs();
    this.#freeMs = Math.max(now, this.#freeMs) + (bytes * 1000) / this.bytesPerSecond;
    this.longestQueueMs = Math.max(this.longestQueueMs, this.#freeMs - now);
    return this.#freeMs - now;
  }
}
