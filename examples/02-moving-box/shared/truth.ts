/** Room messages of the page's own; a game has no need of them. */
export const TRUTH_TYPE = "truth";
export const VERDICT_TYPE = "verdict";
export const PUSH_TYPE = "push";
export const SNAPSHOT_RATE_TYPE = "snapshot-rate";

/** Where everything is on the server, told tick by tick around the emulated path. */
export interface Truth {
  readonly tick: number;
  readonly boxes: readonly { readonly owner: number; readonly x: number; readonly y: number }[];
  readonly targets: readonly { readonly id: number; readonly x: number; readonly y: number }[];
}
