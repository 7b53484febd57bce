import type { ConfigOf, Setting } from "./setting.ts";

/** Every setting of a server, in the order the documentation lists them. */
export const serverSettings = [
  {
    name: "port",
    env: "PORT",
    kind: "integer",
    min: 0,
    max: 65535,
    default: 2567,
    unit: "",
    doc: "TCP port of HTTP and WebSocket; 0 takes any free one.",
  },
  {
    name: "udpPort",
    env: "TIDELOCK_UDP_PORT",
    kind: "integer",
    min: 0,
    max: 65535,
    default: { sameAs: "port" },
    unit: "",
    doc: "UDP port of WebRTC, one for all players; 0 takes any free one.",
  },
  {
    name: "publicAddress",
    env: "TIDELOCK_PUBLIC_ADDRESS",
    kind: "text",
    maxLength: 253,
    default: "",
    doc: "IP address at which players reach the UDP port, where it is not one of the machine's own (behind NAT or a load balancer).",
  },
  {
    name: "transport",
    env: "TIDELOCK_TRANSPORT",
    kind: "choice",
    choices: ["direct", "geckos", "websocket"],
    default: "direct",
    doc: "How snapshots and inputs travel: WebRTC signalled over the room connection, WebRTC through geckos.io, or the WebSocket alone. Both WebRTC forms fall back to the WebSocket where UDP is blocked.",
  },
  {
    name: "snapshotRate",
    env: "TIDELOCK_SNAPSHOT_RATE",
    kind: "integer",
    min: 1,
    max: 128,
    default: 30,
    unit: "Hz",
    doc: "Snapshots per second to each client; never more than the tick rate.",
  },
  {
    name: "condition",
    env: "TIDELOCK_CONDITION",
    kind: "text",
    maxLength: 200,
    default: "",
    doc: "Network condition to simulate in both directions of every player, for development: a preset's name, or numbers such as `latency=75,jitter=10,loss=2`.",
  },
] as const satisfies readonly Setting[];

/** The settings of a server, as read from the environment. */
export type ServerConfig = ConfigOf<typeof serverSettings>;
