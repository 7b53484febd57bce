import { randomUUID } from "node:crypto";
import { type DataChannel, PeerConnection } from "node-datachannel";
import { DEFAULT_ATTEMPT_LIMITS } from "./attempt-limits.ts";
import type { DatachannelHost, DatachannelHostOptions } from "./datachannel-host.ts";
import { attempt, guarded } from "./native-guard.ts";
import { PeerChannel } from "./peer-channel.ts";
import { configureSctp, UNRELIABLE } from "./sctp.ts";
import { withExternalAddress, withoutCandidates } from "./session-description.ts";
import { type Handshake, type HandshakeEvents, SignallingDesk } from "./signalling-desk.ts";
import { holdUdpPort } from "./udp-port.ts";

/** The one channel, agreed on beforehand: no open message has to travel. */
const CHANNEL = { label: "tidelock", id: 0 } as const;

/**
 * WebRTC on node-datachannel alone: the client offers over the room connection, the server answers
 * with its candidate inline, and the channel is open after one signalling round trip and one handshake.
 */
export function openDirectHost(options: DatachannelHostOptions): DatachannelHost {
  configureSctp();
  const held = holdUdpPort(options.port, options.bindAddress);
  const desk = new SignallingDesk(begin, { ...DEFAULT_ATTEMPT_LIMITS, ...options.limits });

  function begin(offer: string | undefined, events: HandshakeEvents): Handshake {
    const sdp = withoutCandidates(offer);
    if (sdp === undefined) {
      events.failed("malformed");
      return { abort: () => {} };
    }
    let peer: PeerConnection | undefined;
    let native: DataChannel | undefined;
    let channel: PeerChannel | undefined;
    const release = (): void => {
      const closing = peer;
      peer = undefined;
      native = undefined;
      if (channel !== undefined) desk.forget(channel);
      if (closing !== undefined) attempt(desk.drops, () => closing.close());
    };
    try {
      peer = new PeerConnection(randomUUID(), {
        iceServers: [],
        bindAddress: options.bindAddress,
        enableIceUdpMux: true,
        portRangeBegin: held.port,
        portRangeEnd: held.port,
        maxMessageSize: 16 * 1024,
      });
      const made = peer;
      let answered = false;
      const answer = (): void => {
        const local = made.localDescription();
        if (answered || peer !== made || local === null || !local.sdp.includes("a=candidate:")) return;
        answered = true;
        events.reply("answer", withExternalAddress(local.sdp, options.externalAddress, options.externalPort));
      };
      made.onGatheringStateChange(guarded(desk.drops, (state) => void (state === "complete" && answer())));
      made.onStateChange(
        guarded(desk.drops, (state) => {
          if (state !== "failed" && state !== "closed" && state !== "disconnected") return;
          if (channel !== undefined) channel.close("peer-lost");
          else if (peer === made) events.failed("failed");
        }),
      );
      // One channel is agreed on; what a peer opens beside it is closed.
      made.onDataChannel(guarded(desk.drops, (extra) => extra.close()));
      made.setRemoteDescription(sdp, "offer");
      native = made.createDataChannel(CHANNEL.label, { negotiated: true, id: CHANNEL.id, ...UNRELIABLE });
      const opening = native;
      opening.onOpen(
        guarded(desk.drops, () => {
          if (native !== opening || channel !== undefined) return;
          channel = new PeerChannel(opening, { kind: "webrtc-direct", drops: desk.drops, release });
          events.opened(channel);
        }),
      );
    } catch {
      release();
      events.failed("malformed");
    }
    return {
      abort: () => {
        if (channel === undefined) release();
      },
    };
  }

  return {
    kind: "webrtc-direct",
    port: held.port,
    stats: desk,
    accept: (signal, peer) => desk.accept(signal, peer),
    close: async () => {
      desk.closeAll();
      held.release();
    },
  };
}
