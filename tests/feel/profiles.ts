import type { PathProfile } from "./simulated-path.ts";

/** The paths that feel is judged on, the same in both directions unless a test says otherwise. */
export const profiles = {
  /** A steady path: 150 ms there and back, nothing else. */
  steady: { baseMs: 75 },
  /** A home line: 150 ms round trip, 20 ms of jitter, 2% loss. */
  home: { baseMs: 75, jitterMs: 20, loss: 0.02 },
  /** Bad Wi-Fi: 70 ms, 50 ms of jitter, 5% lost in bursts. */
  wifi: { baseMs: 70, jitterMs: 50, burstLoss: { share: 0.05, meanPackets: 3 } },
  /** The same in bursts of two packets on average. */
  wifiShortBursts: { baseMs: 70, jitterMs: 50, burstLoss: { share: 0.05, meanPackets: 2 } },
  /** A telephone network: 20 ms of jitter and single packets late by up to 200 ms, 1% loss. */
  mobile: { baseMs: 60, jitterMs: 20, loss: 0.01, stragglers: { share: 0.05, minMs: 0, maxMs: 200 } },
  /** Single packets are late by 150 to 500 ms, others pass them. */
  stragglers: { baseMs: 70, jitterMs: 10, stragglers: { share: 0.02, minMs: 150, maxMs: 500 } },
  /** Everything waits 150 to 500 ms, every 3 to 10 s. */
  stalls: {
    baseMs: 70,
    jitterMs: 10,
    stalls: { minMs: 150, maxMs: 500, everyMinMs: 3000, everyMaxMs: 10_000 },
  },
} satisfies Record<string, PathProfile>;
