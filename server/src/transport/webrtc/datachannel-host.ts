import type { Channel, DropCounter, SignalPort } from "@tidelock/shared";

/** Figures of a host, for metrics. */
export interface DatachannelHostStats {
  /** Handshakes that are under way. */
  readonly pending: number;
  /** Datachannels that are open. */
  readonly open: number;
  /** Handshakes begun and datachannels opened since the start. */
  readonly attempts: number;
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
   * it ends what is under way and closes nothing that has been handed over.
   */
  accept(signal: SignalPort, peer: DatachannelPeer): () => void;
  /** Closes every peer and frees the port. */
  close(): Promise<void>;
}
