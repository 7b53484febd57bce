import type { ByteAccount } from "./byte-account.ts";
import type { RewindLog } from "./rewind-log.ts";
import type { SnapshotLog } from "./snapshot-log.ts";

/** How well the server keeps up with what this client sees. */
export interface ViewFreshness {
  /** Entities in view. */
  readonly entities: number;
  /** Those of which the newest snapshot said nothing, not even that they are as predicted: they wait for room in a packet. */
  readonly behind: number;
  /** For how long nothing was said of the one that waits longest, in milliseconds. */
  readonly stalestMs: number;
}

/**
 * Everything the net graph shows, as the session knows it at this moment. Figures called totals count from
 * the start of the session and never decrease; the graph makes rates of them.
 */
export interface NetStats {
  /** What carries the snapshots now: "webrtc-direct", "webrtc-geckos", "websocket", "loopback". */
  readonly transport: string;
  /** Smoothed round trip in milliseconds. */
  readonly rttMs: number;
  /** Mean deviation of the delay of snapshots in milliseconds. */
  readonly jitterMs: number;
  /** Share of snapshots lost, 0..1. */
  readonly lossShare: number;
  /** The longest run of snapshots lost in a row of late. */
  readonly longestLossBurst: number;
  /** Smallest margin of inputs in the newest report of the server, in ticks; negative when late. */
  readonly inputMarginTicks: number;
  /** How far prediction is ahead of the newest snapshot that could have arrived, in ticks. */
  readonly leadTicks: number;
  /** Delay with which others are shown, in milliseconds. */
  readonly interpolationDelayMs: number;
  /** Snapshots in hand ahead of what is shown of others, in ticks; negative while extrapolating. */
  readonly playoutRoomTicks: number;
  /** Time since the newest snapshot arrived, in milliseconds. */
  readonly snapshotAgeMs: number;
  /** Total of corrections: snapshots that disagreed with what was predicted. */
  readonly corrections: number;
  /** Size of the last correction, in the game's units of length. */
  readonly correctionSize: number;
  /** Total of ticks simulated again after corrections. */
  readonly resimulatedTicks: number;
  /** Totals of bytes received, by type of frame or of entity. */
  readonly bytesIn: Readonly<Record<string, number>>;
  /** Totals of bytes sent, by type of frame. */
  readonly bytesOut: Readonly<Record<string, number>>;
  /** The fate of each recent snapshot. */
  readonly snapshots: SnapshotLog;
  /** How far back hits by and on this player were judged; undefined in a game without lag compensation. */
  readonly rewinds?: RewindLog | undefined;
  /** Where the bytes of snapshots go; undefined unless `session.countBytes` has switched it on. */
  readonly account?: ByteAccount | undefined;
  /** Undefined unless `session.countBytes` has switched it on. */
  readonly view?: ViewFreshness | undefined;
  /** How often this client was found to have another state than it was sent; undefined where nobody compares. */
  readonly desyncs?: number | undefined;
  /** Name of the network conditioner's preset while one is on: shown as a badge, so that nobody forgets it. */
  readonly conditioner?: string | undefined;
}
