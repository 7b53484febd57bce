import { setSctpSettings } from "node-datachannel";

let done = false;

/**
 * Settings of the SCTP stack, which the process has one of; the first peer fixes them.
 * The default send buffer of 1 MiB fills unseen, seconds deep, before bufferedAmount shows anything;
 * 64 KiB is two seconds of full frames at 30 Hz, and what waits above it is seen and dropped.
 */
export function configureSctp(): void {
  if (done) return;
  done = true;
  setSctpSettings({ sendBufferSize: 64 * 1024, delayedSackTime: 100 });
}

/**
 * How the datachannel treats a frame: out of order, and repeated for 40 ms at most, about one tick: after that
 * the next frame says more. Never `maxRetransmits: 0`: a loss then stalls the association for its
 * retransmission timeout, and frames arrive seconds late: at 5% loss and 100 ms round trip the p99 of their age was
 * 2079 ms, and with a lifetime of 40 ms it is 52 (`npm run bench -- age`).
 */
export const UNRELIABLE = { unordered: true, maxPacketLifeTime: 40 } as const;
