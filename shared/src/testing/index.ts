export * from "./channel-conformance.ts";
export * from "./virtual-scheduler.ts";
