/** Bytes of IP, UDP, DTLS and SCTP around each datagram: what a frame costs beside its own length. */
export const DATAGRAM_OVERHEAD_BYTES = 93;

/** What a server's settings say of every client's budget. Rates count the headers of datagrams too. */
export interface BudgetLimits {
  /** The budget never falls below this, in bytes per second. */
  readonly minBytesPerSecond: number;
  /** The budget never rises above this, in bytes per second. */
  readonly maxBytesPerSecond: number;
  /** The path to be prepared for: should it narrow to this at any moment, what is under way queues for less than 250 ms. */
  readonly narrowBytesPerSecond: number;
  /** The part of the budget that snapshots keep whatever else is sent, 0 to 1. */
  readonly stateShare: number;
}

/** The settings that make the limits, as they are named in the server's configuration: rates in kbit/s, the share in percent. */
export interface BudgetSettings {
  readonly minRate: number;
  readonly maxRate: number;
  readonly narrowRate: number;
  readonly stateShare: number;
}

/** Bytes per second in a kilobit per second. */
const BYTES_PER_KILOBIT = 125;

/** The limits that settings ask for; a highest rate below the lowest one is the lowest one. */
export function budgetLimits(settings: BudgetSettings): BudgetLimits {
  const minBytesPerSecond = settings.minRate * BYTES_PER_KILOBIT;
  return {
    minBytesPerSecond,
    maxBytesPerSecond: Math.max(minBytesPerSecond, settings.maxRate * BYTES_PER_KILOBIT),
    narrowBytesPerSecond: settings.narrowRate * BYTES_PER_KILOBIT,
    stateShare: settings.stateShare / 100,
  };
}

/** Those of a server without settings of its own. */
export const DEFAULT_BUDGET_SETTINGS: BudgetSettings = {
  minRate: 16,
  maxRate: 1000,
  narrowRate: 64,
  stateShare: 50,
};
export const DEFAULT_BUDGET_LIMITS: BudgetLimits = budgetLimits(DEFAULT_BUDGET_SETTINGS);
