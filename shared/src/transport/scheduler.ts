/**
 * Time, passed in: real timers in a running game, virtual time in tests.
 * Everything in this folder that waits or measures takes one of these.
 */
export interface Scheduler {
  /** Milliseconds on a clock that never goes back; its zero means nothing. */
  nowMs(): number;
  /** Calls `task` once, `delayMs` from now or later. Returns a function that cancels the call. */
  after(delayMs: number, task: () => void): () => void;
}
