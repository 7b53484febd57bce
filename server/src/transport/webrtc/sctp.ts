import { setSctpSettings } from "node-datachannel";

/** The specification allows up to 500 ms and names 200 as usual (RFC 9260, 6.2); 100 is still well below any retransmission timeout. */
const DELAYED_SACK_MS = 100;

let done = false;

/**
 * Settings of the SCTP stack, which the process has one of; the first peer fixes them.
 * The default send buffer of 1 MiB fills unseen, seconds deep, before bufferedAmount shows anything;
 * 64 KiB is two seconds of full frames at 30 Hz, and what waits above it is seen and dropped. That is for what has no budget of its
 * own; snapshots never come near it, since no more of them is under way than their path carries in a quarter of a second.
 *
 * SCTP acknowledges every second packet, or each after a delay, 20 ms in this library. Inputs come every 17 ms: with a longer delay
 * most acknowledgements ride on snapshots, 27 packets of 93 bytes a second instead of 37, on a path of 64 kbit/s a tenth of it.
 */
export function configureSctp(): void {
  if (done) return;
  done = true;
  setSctpSettings({ sendBufferSize: 64 * 1024, delayedSackTime: DELAYED_SACK_MS });
}

/**
 * How the datachannel treats a frame: out of order, and repeated for 40 ms at most, about one tick: after that
 * the next frame says more. Never `maxRetransmits: 0`: a loss then stalls the association for its
 * retransmission timeout, and frames arrive seconds late: at 5% loss and 100 ms round trip the p99 of their age was
 * 2079 ms, and with a lifetime of 40 ms it is 52 (`npm run bench -- age`).
 */
export const UNRELIABLE = { unordered: true, maxPacketLifeTime: 40 } as const;
