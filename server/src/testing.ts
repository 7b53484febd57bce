// Parts that tests of the whole path need and games do not.
export { adaptClient, listenToRoom } from "./transport/colyseus-adapter.ts";
export { WebSocketChannel } from "./transport/ws/websocket-channel.ts";
export { settingsMarkdown } from "./config/settings-markdown.ts";
export type { BusBench } from "./region/bus-bench.ts";
export { busConformance } from "./region/bus-conformance.ts";
