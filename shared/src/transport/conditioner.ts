import type { Channel } from "./channel.ts";
import { type Condition, isOff, NO_CONDITION } from "./condition.ts";
import type { DropCounter } from "./drop-counter.ts";
import type { Scheduler } from "./scheduler.ts";

/** More frames than this are never held, whatever the delay: a second of ten frames a tick at 60 Hz, and some. */
const MAX_HELD_FRAMES = 1024;
/** The queue in front of a narrow path, as home routers have; what would wait longer is lost. */
const MAX_QUEUE_MS = 250;
/** How far an overtaken frame falls back. */
const REORDER_MS = 30;
/** A reliable transport repeats what was lost after at least this long (the usual minimum of TCP). */
const MIN_REPEAT_MS = 200;
/** The least that a stall, and the time between two, is of the most. */
const LEAST_STALL_SHARE = 0.3;

/** What a conditioner needs from outside. */
export interface ConditionerOptions {
  readonly scheduler: Scheduler;
  /** Uniform in [0, 1); seeded in tests, so that a run repeats. */
  readonly random: () => number;
  /** Where losses are counted; none are when left out. */
  readonly drops?: DropCounter | undefined;
}

/**
 * One direction of an emulated path: delays, loses, reorders and duplicates frames.
 * The condition may be changed at any time; frames under way keep what they met.
 */
export class Conditioner {
  condition: Condition;
  readonly #options: ConditionerOptions;
  #inBurst = false;
  #held = 0;
  #lastDueMs = -Infinity;
  #freeMs = -Infinity;
  #stallFromMs = Infinity;
  #stallToMs = Infinity;
  /** The condition that the stalls were planned for. */
  #planned: Condition | undefined;

  constructor(options: ConditionerOptions, initial: Condition = NO_CONDITION) {
    this.#options = options;
    this.condition = initial;
  }

  /** Frames under way. */
  get held(): number {
    return this.#held;
  }

  /** Whether a frame sent at `nowMs`, not before the last one, would be held by a stall. */
  stalledAt(nowMs: number): boolean {
    this.#planStalls(this.condition, nowMs);
    return nowMs >= this.#stallFromMs && nowMs < this.#stallToMs;
  }

  /**
   * Sends a frame down the path; `deliver` is called for each copy that comes out. With `reliable`,
   * nothing is lost or reordered: a loss costs the time of a repeat, and all that follow wait behind it.
   */
  pass(frame: Uint8Array, reliable: boolean, deliver: (frame: Uint8Array) => void): void {
    const c = this.condition;
    if (isOff(c) && this.#held === 0) return deliver(frame);
    const now = this.#options.scheduler.nowMs();
    const lost = this.#loses(c);
    if (lost && !reliable) return this.#options.drops?.add("condition-loss");

    let due = now + c.latencyMs + c.jitterMs * this.#options.random();
    if (c.bytesPerSecond > 0) {
      const start = Math.max(now, this.#freeMs);
      if (!reliable && start - now > MAX_QUEUE_MS) return this.#options.drops?.add("condition-rate");
      this.#freeMs = start + (frame.length * 1000) / c.bytesPerSecond;
      due += this.#freeMs - now;
    }
    if (lost) due += Math.max(MIN_REPEAT_MS, 2 * c.latencyMs + c.jitterMs);
    if (this.stalledAt(now)) due = Math.max(due, this.#stallToMs + c.latencyMs);
    due = Math.max(due, this.#lastDueMs);
    const overtaken = !reliable && this.#chance(c.reorderPercent);
    if (overtaken) due += REORDER_MS;
    else this.#lastDueMs = due;

    this.#hold(frame, due - now, deliver);
    if (!reliable && this.#chance(c.duplicatePercent)) this.#hold(frame, due - now + 1, deliver);
  }

  #hold(frame: Uint8Array, delayMs: number, deliver: (frame: Uint8Array) => void): void {
    if (this.#held >= MAX_HELD_FRAMES) return this.#options.drops?.add("condition-backlog");
    const copy = frame.slice();
    this.#held += 1;
    this.#options.scheduler.after(delayMs, () => {
      this.#held -= 1;
      deliver(copy);
    });
  }

  /** Keeps the next stall, or the present one, in view. */
  #planStalls(c: Condition, nowMs: number): void {
    if (this.#planned === c && nowMs < this.#stallToMs) return;
    this.#planned = c;
    this.#stallFromMs = c.stallMs === 0 ? Infinity : nowMs + c.stallEveryMs * this.#stallShare();
    this.#stallToMs = this.#stallFromMs + c.stallMs * this.#stallShare();
  }

  #stallShare(): number {
    return LEAST_STALL_SHARE + (1 - LEAST_STALL_SHARE) * this.#options.random();
  }

  /** Uniform loss, and Gilbert-Elliott: all is lost in the bad state, whose mean stay is `burstFrames`. */
  #loses(c: Condition): boolean {
    if (c.burstLossPercent > 0) {
      const share = c.burstLossPercent / 100;
      const leave = 1 / c.burstFrames;
      const enter = Math.min(1, (share * leave) / (1 - share));
      this.#inBurst = this.#options.random() < (this.#inBurst ? 1 - leave : enter);
      if (this.#inBurst) return true;
    }
    return this.#chance(c.lossPercent);
  }

  #chance(percent: number): boolean {
    return percent > 0 && this.#options.random() * 100 < percent;
  }
}

/** A channel whose frames go through a conditioner on the way out, on the way in, or both. */
export function conditionChannel(
  inner: Channel,
  path: { outgoing?: Conditioner | undefined; incoming?: Conditioner | undefined },
): Channel {
  const outer: Channel = {
    kind: inner.kind,
    reliable: inner.reliable,
    get open() {
      return inner.open;
    },
    get maxFrameBytes() {
      return inner.maxFrameBytes;
    },
    get bufferedBytes() {
      return inner.bufferedBytes;
    },
    send(frame) {
      const { outgoing } = path;
      // What cannot be sent is refused at once, by the channel itself, so that it is counted there.
      if (outgoing === undefined || !inner.open || frame.length === 0 || frame.length > inner.maxFrameBytes) {
        return inner.send(frame);
      }
      outgoing.pass(frame, inner.reliable, (copy) => inner.send(copy));
      return true;
    },
    onFrame: () => {},
    onClose: () => {},
    close: (reason) => inner.close(reason),
  };
  inner.onFrame = (frame) => {
    if (path.incoming === undefined) outer.onFrame(frame);
    else path.incoming.pass(frame, inner.reliable, (copy) => outer.onFrame(copy));
  };
  inner.onClose = (reason) => outer.onClose(reason);
  return outer;
}
