export * from "./snapshot/snapshot-encoder.ts";
export * from "./transport/room-links.ts";
export type { AttemptLimitOptions } from "./transport/webrtc/attempt-limits.ts";
export * from "./transport/webrtc/datachannel-host.ts";
export * from "./transport/webrtc/direct-host.ts";
export * from "./transport/webrtc/geckos-host.ts";
export * from "./snapshot/snapshot-encoder.ts";
