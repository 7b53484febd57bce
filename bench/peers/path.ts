import { WorldRandom } from "../worlds/random.ts";

/** What lies between server and client. */
export interface PathConditions {
  /** Round trip in milliseconds. */
  rttMs: number;
  /** Packets lost each way, 0 to 1. */
  loss: number;
}

/** Everybody next to the server. */
export const IDEAL_PATH: PathConditions = { rttMs: 0, loss: 0 };

interface Returning<Ack> {
  /** The first tick whose packets the acknowledgement is in time for. */
  at: number;
  ack: Ack;
}

/**
 * One client's path as an encoder feels it: some packets never arrive, and acknowledgements come back a
 * round trip later or not at all. What the client decodes does not depend on how long the packet took,
 * so the whole round trip is put on the way back.
 */
export class Path<Ack> {
  private readonly random: WorldRandom;
  private readonly loss: number;
  private readonly roundTripTicks: number;
  private readonly returning: Returning<Ack>[] = [];

  constructor(seed: number, { rttMs, loss }: PathConditions, tickRate: number) {
    this.random = new WorldRandom(seed);
    this.loss = loss;
    this.roundTripTicks = Math.floor((rttMs * tickRate) / 1000);
  }

  /** Whether the next packet, in either direction, gets through. */
  carries(): boolean {
    return this.loss === 0 || this.random.unit() >= this.loss;
  }

  /** Sends an acknowledgement of a packet of `tick` on its way. Without delay it is there for the next tick. */
  acknowledge(tick: number, ack: Ack): void {
    if (this.carries()) this.returning.push({ at: tick + this.roundTripTicks + 1, ack });
  }

  /** The next acknowledgement that has arrived by `tick`, if any. */
  arrived(tick: number): Ack | undefined {
    return this.returning.length > 0 && this.returning[0].at <= tick
      ? this.returning.shift()!.ack
      : undefined;
  }
}
