// Parts that tests of the whole path need and games do not.
export { adaptRoom } from "./connection/colyseus-adapter.ts";
export { WebRtcConnector } from "./connection/webrtc-connector.ts";
export { WebSocketChannel } from "./connection/websocket-channel.ts";
export { LeadController, type LeadBounds } from "./clock/lead-controller.ts";
export { ServerClock } from "./clock/server-clock.ts";
export { MAX_EXTRAPOLATION_MS, PlayoutClock, type PlayoutOptions } from "./interpolation/playout.ts";
export { WorldRing } from "./prediction/world-ring.ts";
export { SnapshotLog } from "./netgraph/snapshot-log.ts";
export { RewindLog } from "./netgraph/rewind-log.ts";
