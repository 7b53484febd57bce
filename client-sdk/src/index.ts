export * from "./connection/connect-link.ts";
export type { PeerConnectionConstructor } from "./connection/webrtc-connector.ts";
