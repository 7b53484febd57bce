import type { Channel, DropCounter, SignalPort } from "@tidelock/shared";
import type { AttemptLimitOptions } from "./attempt-limits.ts";

/** Figures of a host, for metrics. */
export interface DatachannelHostStats {
  /** Handshakes that are under way. */
  readonly pending: number;
  /** Datachannels that are open. */
  readonly open: number;
  /** Handshakes begun since the start. */
  readonly attempts: number;
  /** Datachannels opened since the start. */
  readonly opened: number;
  /** What was refused or dropped, by reason. */
  readonly drops: DropCounter;
}

/** Who signals, and where its channels go. */
export interface DatachannelPeer {
  /** The address attempts are limited by; behind a proxy, the one the proxy reports. */
  readonly address: string;
  /** A datachannel opened. The first frame on it must carry `token`. */
  onChannel(channel: Channel, token: Uint8Array): void;
}

/** One WebRTC endpoint for the whole process, on one UDP port. */
export interface DatachannelHost {
  readonly kind: "webrtc-direct" | "webrtc-geckos";
  /** The UDP port all peers share. */
  readonly port: number;
  readonly stats: DatachannelHostStats;
  /**
   * Serves the attempts of one player, signalled over `signal`, until the returned function is called;
   * that ends what is under way and closes nothing that has been handed over.
   */
  accept(signal: SignalPort, peer: DatachannelPeer): () => void;
  /** Closes every peer and frees the port. */
  close(): Promise<void>;
}

/** How a host is reached and what it allows. */
export interface DatachannelHostOptions {
  /** The UDP port for all peers, 1025 to 65535. */
  readonly port: number;
  /** Bind to this local address only; left out: all. */
  readonly bindAddress?: string | undefined;
  /** The IP address clients reach, where it is not a local one (NAT, container, cloud). */
  readonly externalAddress?: string | undefined;
  /** The UDP port clients reach, where it is not `port` (a port mapping). Needs `externalAddress`. */
  readonly externalPort?: number | undefined;
  readonly limits?: Partial<AttemptLimitOptions> | undefined;
}
