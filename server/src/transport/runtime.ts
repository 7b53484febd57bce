import type { PathCondition } from "@tidelock/shared";
import { type BudgetLimits, DEFAULT_BUDGET_LIMITS } from "../budget/budget-limits.ts";
import type { ServerConfig } from "../config/server-settings.ts";
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
  /** Whether clients are asked for hashes of what they have. */
  checkState: boolean;
}

/** What the setting of that name comes to in this process. */
export function checksState(setting: ServerConfig["checkState"]): boolean {
  return setting === "always" || (setting === "development" && process.env["NODE_ENV"] !== "production");
}

/** Set by `startTransports`; rooms read it when they are created. */
export const runtime: Runtime = {
  host: undefined,
  condition: undefined,
  snapshotRate: 30,
  budget: DEFAULT_BUDGET_LIMITS,
  checkState: checksState("development"),
};
