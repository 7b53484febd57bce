import type { Sequence } from "@tidelock/shared";

/** Packets before the newest that an acknowledgement speaks of. */
const WINDOW = 32;

/** The newest packet a client has received, and a bit for each of the 32 before it. */
export interface Acknowledgement {
  newest: Sequence;
  mask: number;
}

/**
 * What a client acknowledges, worked out without decoding anything, so that the timed run is not slowed by
 * a hundred clients in the server's process. Packets come in order here; the decoders that check the run
 * afterwards must arrive at the same acknowledgements.
 */
export class ReceivedPackets {
  private newest: Sequence = -1;
  private mask = 0;

  add(sequence: Sequence): Acknowledgement {
    const ahead = this.newest < 0 ? 0 : (sequence - this.newest) & 0xffff;
    if (ahead > 0)
      this.mask = (ahead < WINDOW ? this.mask << ahead : 0) | (ahead <= WINDOW ? 1 << (ahead - 1) : 0);
    this.newest = sequence;
    return { newest: this.newest, mask: this.mask };
  }
}
