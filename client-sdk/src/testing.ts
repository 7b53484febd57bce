// Parts that tests of the whole path need and games do not.
export { adaptRoom } from "./connection/colyseus-adapter.ts";
export { WebRtcConnector } from "./connection/webrtc-connector.ts";
export { WebSocketChannel } from "./connection/websocket-channel.ts";
