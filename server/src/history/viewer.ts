import { type LagCompensation, type Sequence, type Tick } from "@tidelock/shared";
import { AckedTicks } from "./acked-ticks.ts";
import { ViewChecks, type ViewFault } from "./view-checks.ts";

/** What a player has been sent, has, and was looking at. */
export class Viewer {
  readonly acked = new AckedTicks();
  readonly #checks: ViewChecks;

  constructor(tickRate: number, limits: LagCompensation, fault: (fault: ViewFault) => void) {
    this.#checks = new ViewChecks(tickRate, limits, fault);
  }

  /** The moment that the player was looking at when giving the input of the present tick; NaN: not known. */
  get moment(): number {
    return this.#checks.moment;
  }

  /** The newest tick that the client had then. */
  get knownTick(): Tick {
    return this.#checks.knownTick;
  }

  sent(sequence: Sequence, tick: Tick): void {
    this.acked.sent(sequence, tick);
  }

  acknowledge(newest: Sequence, mask: number): void {
    this.acked.acknowledge(newest, mask);
  }

  /** Takes the view distance of an input that was accepted. */
  receive(tick: Tick, distance: number, serverTick: number): void {
    this.#checks.receive(tick, distance, this.acked.newest, serverTick);
  }

  /** The input of `tick` is used now. */
  consume(tick: Tick): void {
    this.#checks.consume(tick);
  }

  reset(): void {
    this.acked.reset();
    this.#checks.reset();
  }
}

/** What a step asks of a viewer. */
export type Seen = Pick<Viewer, "acked" | "moment" | "knownTick">;
