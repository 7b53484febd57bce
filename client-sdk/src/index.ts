export * from "./snapshot/replica.ts";
export * from "./snapshot/snapshot-decoder.ts";
export * from "./connection/connect-link.ts";
export type { PeerConnectionConstructor } from "./connection/webrtc-connector.ts";
