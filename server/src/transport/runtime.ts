import type { PathCondition } from "@tidelock/shared";
import { type BudgetLimits, DEFAULT_BUDGET_LIMITS } from "../budget/budget-limits.ts";
import type { DatachannelHost } from "./webrtc/datachannel-host.ts";

/** What all simulation rooms of a process share. Colyseus' matchmaker is process-wide in the same way. */
export interface Runtime {
  /** The WebRTC endpoint; without one every client stays on the WebSocket. */
  host: DatachannelHost | undefined;
  /** A network to imitate, for development. */
  condition: PathCondition | undefined;
  /** Snapshots per second to each client. */
  snapshotRate: number;
  /** What bounds the budget of each client. */
  budget: BudgetLimits;
}

/** Set by `startTransports`; rooms read it when they are created. */
export const runtime: Runtime = {
  host: undefined,
  condition: undefined,
  snapshotRate: 30,
  budget: DEFAULT_BUDGET_LIMITS,
};
