/** What the net graph shows, as the connection measures it. */
export interface Measures {
  readonly transport: string;
  readonly rttMs: number;
  readonly jitterMs: number;
  /** 0 to 1. */
  readonly loss: number;
  readonly snapshotAgeMs: number;
  /** How far ahead of the server this client predicts. */
  readonly leadTicks: number;
  readonly interpolationMs: number;
  /** Since joining. */
  readonly corrections: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}
