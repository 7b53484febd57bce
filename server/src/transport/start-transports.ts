import { createSocket } from "node:dgram";
import { parsePathCondition } from "@tidelock/shared";
import { type BudgetSettings, budgetLimits, DEFAULT_BUDGET_SETTINGS } from "../budget/budget-limits.ts";
import type { ServerConfig } from "../config/server-settings.ts";
import { checksState, runtime } from "./runtime.ts";
import type { DatachannelHost } from "./webrtc/datachannel-host.ts";
import { openDirectHost } from "./webrtc/direct-host.ts";
import { openGeckosHost } from "./webrtc/geckos-host.ts";

/** What the process' transports need to know; a ServerConfig has it all. */
export type TransportConfig = Pick<
  ServerConfig,
  "udpPort" | "publicAddress" | "transport" | "condition" | "snapshotRate"
> &
  Partial<BudgetSettings & Pick<ServerConfig, "checkState">> & {
    /** Bind UDP to this local address only; left out: all. */
    readonly bindAddress?: string;
    /** The UDP port that clients reach, where a port mapping makes it another than udpPort. Needs publicAddress. */
    readonly publicUdpPort?: number;
  };

/** The transports of a process, until `close`. */
export interface Transports {
  /** The WebRTC endpoint; undefined when the configuration says WebSocket only. */
  readonly host: DatachannelHost | undefined;
  close(): Promise<void>;
}

/**
 * Opens the WebRTC endpoint that all simulation rooms of this process share and sets what they go by. Call it once, before
 * the first room is created; close it after the last one is gone.
 */
export async function startTransports(config: TransportConfig): Promise<Transports> {
  const host = config.transport === "websocket" ? undefined : await openHost(config);
  runtime.host = host;
  runtime.condition = config.condition === "" ? undefined : parsePathCondition(config.condition);
  runtime.snapshotRate = config.snapshotRate;
  runtime.checkState = checksState(config.checkState ?? "development");
  runtime.budget = budgetLimits({ ...DEFAULT_BUDGET_SETTINGS, ...config });
  return {
    host,
    close: async () => {
      if (runtime.host === host) runtime.host = undefined;
      await host?.close();
    },
  };
}

async function openHost(config: TransportConfig): Promise<DatachannelHost> {
  const options = {
    port: config.udpPort === 0 ? await freeUdpPort() : config.udpPort,
    bindAddress: config.bindAddress,
    externalAddress: config.publicAddress === "" ? undefined : config.publicAddress,
    externalPort: config.publicUdpPort,
  };
  return config.transport === "geckos" ? openGeckosHost(options) : openDirectHost(options);
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.once("error", reject);
    socket.bind(0, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
