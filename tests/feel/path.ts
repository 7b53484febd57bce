import { Conditioner, Rng, type Condition } from "@tidelock/shared";
import { SimulatedPath, type PathProfile } from "./simulated-path.ts";

/** One direction of a path in virtual time. */
export interface Path {
  /** When a packet sent at `nowMs` arrives, or undefined when it is lost. Sends must not go back in time. */
  send(nowMs: number): number | undefined;
  /** Whether a packet sent at this time (not before the last send) is held by a stall. */
  stalledAt(nowMs: number): boolean;
}

/** A path of these tests, or a condition of the product's own conditioner. */
export function createPath(profile: PathProfile | Condition, seed: number): Path {
  return "latencyMs" in profile ? new ConditionedPath(profile, seed) : new SimulatedPath(profile, seed);
}

/** What the product's conditioner would do to a frame, asked in advance. */
class ConditionedPath implements Path {
  readonly #conditioner: Conditioner;
  readonly #frame = new Uint8Array(100);
  #nowMs = 0;
  #delayMs = 0;

  constructor(condition: Condition, seed: number) {
    const random = new Rng(seed);
    const scheduler = {
      nowMs: () => this.#nowMs,
      after: (delayMs: number, task: () => void) => {
        this.#delayMs = delayMs;
        task();
        return () => {};
      },
    };
    this.#conditioner = new Conditioner({ scheduler, random: () => random.float() }, condition);
  }

  send(nowMs: number): number | undefined {
    this.#nowMs = nowMs;
    this.#delayMs = 0;
    let arrivalMs: number | undefined;
    // A duplicate comes later than the frame itself and changes nothing.
    this.#conditioner.pass(this.#frame, false, () => (arrivalMs ??= nowMs + this.#delayMs));
    return arrivalMs;
  }

  stalledAt(nowMs: number): boolean {
    return this.#conditioner.stalledAt(nowMs);
  }
}
