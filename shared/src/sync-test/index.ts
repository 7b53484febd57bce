export type { EventDifference } from "./event-difference.ts";
export { type Check, describeFault, type SyncFault } from "./fault.ts";
export { HeldInputs } from "./held-inputs.ts";
export { populate, type Scenario, defineScenario } from "./scenario.ts";
export type { SyncCoverage } from "./sync-coverage.ts";
export { MAX_ROLLBACK_TICKS, syncTest, type SyncTestOptions, type SyncTestResult } from "./sync-test.ts";
