import type { PeerConnectionConstructor } from "@tidelock/client";
import { RTCPeerConnection } from "node-datachannel/polyfill";

/** A peer connection in Node that stays on the loopback interface. */
export class LoopbackPeerConnection extends RTCPeerConnection {
  constructor(configuration: RTCConfiguration = {}) {
    super(Object.assign(configuration, { bindAddress: "127.0.0.1" }));
  }
}

export const nodePeerConnection: PeerConnectionConstructor = LoopbackPeerConnection;
