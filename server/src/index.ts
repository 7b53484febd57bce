export * from "./snapshot/snapshot-encoder.ts";
