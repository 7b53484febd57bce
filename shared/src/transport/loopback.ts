import { type Channel, MAX_FRAME_BYTES, SendDrop } from "./channel.ts";
import { DropCounter } from "./drop-counter.ts";
import type { Scheduler } from "./scheduler.ts";

/** Frames on their way in one direction; a test that overruns this has stopped turning the clock. */
const MAX_QUEUED_FRAMES = 4096;

class LoopbackEnd implements Channel {
  readonly kind = "loopback";
  readonly reliable: boolean;
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  readonly drops: DropCounter;
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (reason: string) => void = () => {};
  other!: LoopbackEnd;
  bufferedBytes = 0;
  #open = true;
  #queued = 0;
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler, reliable: boolean, drops: DropCounter) {
    this.#scheduler = scheduler;
    this.reliable = reliable;
    this.drops = drops;
  }

  get open(): boolean {
    return this.#open;
  }

  send(frame: Uint8Array): boolean {
    if (!this.#open) return this.#drop(SendDrop.closed);
    if (frame.length === 0) return this.#drop(SendDrop.empty);
    if (frame.length > this.maxFrameBytes) return this.#drop(SendDrop.tooLarge);
    if (this.#queued >= MAX_QUEUED_FRAMES) return this.#drop(SendDrop.backlog);
    const copy = frame.slice();
    this.#queued += 1;
    this.bufferedBytes += copy.length;
    this.#scheduler.after(0, () => {
      this.#queued -= 1;
      this.bufferedBytes -= copy.length;
      if (this.other.#open) this.other.onFrame(copy);
    });
    return true;
  }

  close(reason = "closed"): void {
    if (!this.#open) return;
    this.#open = false;
    this.onClose(reason);
    this.#scheduler.after(0, () => this.other.close(reason));
  }

  #drop(reason: string): false {
    this.drops.add(reason);
    return false;
  }
}

/** What a loopback pair may be told. */
export interface LoopbackOptions {
  /** Whether the ends call themselves reliable; nothing is ever lost either way. Default true. */
  readonly reliable?: boolean;
  /** Where both ends count what they drop. */
  readonly drops?: DropCounter;
}

/** Two ends of a channel in one process. Frames arrive when the scheduler next runs, never during `send`. */
export function loopbackPair(scheduler: Scheduler, options: LoopbackOptions = {}): [Channel, Channel] {
  const drops = options.drops ?? new DropCounter();
  const left = new LoopbackEnd(scheduler, options.reliable ?? true, drops);
  const right = new LoopbackEnd(scheduler, options.reliable ?? true, drops);
  left.other = right;
  right.other = left;
  return [left, right];
}
