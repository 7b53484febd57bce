export * from "./snapshot/replica.ts";
export * from "./snapshot/snapshot-decoder.ts";
