import type { Channel, Scheduler } from "@tidelock/shared";

/** Now and then holds everything that passes, in both directions, and lets it go together: a radio link that waits for its turn. */
export class Stall {
  readonly #scheduler: Scheduler;
  #untilMs = -Infinity;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Holds what is sent from now on for so long. */
  begin(ms: number): void {
    this.#untilMs = this.#scheduler.nowMs() + ms;
  }

  /** A channel whose frames pass here. */
  around(inner: Channel): Channel {
    const pass = (deliver: () => void): void => {
      const waitMs = this.#untilMs - this.#scheduler.nowMs();
      if (waitMs > 0) this.#scheduler.after(waitMs, deliver);
      else deliver();
    };
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
        pass(() => inner.send(copy));
        return inner.open;
      },
      onFrame: () => {},
      onClose: () => {},
      close: (reason) => inner.close(reason),
    };
    inner.onFrame = (frame) => {
      const copy = frame.slice();
      pass(() => outer.onFrame(copy));
    };
    inner.onClose = (reason) => outer.onClose(reason);
    return outer;
  }
}
