import type { PathConditions } from "./path.ts";

/** Acknowledgements are lost too; more than this many in a row are as good as never. */
const LOST_ACKNOWLEDGEMENTS = 8;

/**
 * When a client has to have everything. What a lost packet told of comings and goings is told again a round trip later; until
 * then an entity may be missing, or still be there. What a client does show has to be right at all times.
 */
export class Recovery {
  private readonly ticks: number;
  private left = 0;

  constructor({ rttMs }: PathConditions, tickRate: number) {
    this.ticks = Math.floor((rttMs * tickRate) / 1000) + 1 + LOST_ACKNOWLEDGEMENTS;
  }

  /** Takes in whether all packets of a tick arrived; returns whether the client has to have everything. */
  isComplete(arrived: boolean): boolean {
    if (!arrived) this.left = this.ticks;
    else if (this.left > 0) this.left--;
    return this.left === 0;
  }
}
