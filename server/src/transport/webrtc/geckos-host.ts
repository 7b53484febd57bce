import { geckos } from "@geckos.io/server";
import type { DataChannel, PeerConnection } from "node-datachannel";
import { DEFAULT_ATTEMPT_LIMITS } from "./attempt-limits.ts";
import type { DatachannelHost, DatachannelHostOptions } from "./datachannel-host.ts";
import { attempt, guarded } from "./native-guard.ts";
import { PeerChannel } from "./peer-channel.ts";
import { configureSctp, UNRELIABLE } from "./sctp.ts";
import { withExternalAddress, withoutCandidates } from "./session-description.ts";
import { type Handshake, type HandshakeEvents, SignallingDesk } from "./signalling-desk.ts";
import { holdUdpPort } from "./udp-port.ts";

/**
 * WebRTC through @geckos.io/server: its connections manager makes the peer and the channel, the server
 * offers, the client answers. Everything that faces the network is ours: signalling goes over the room
 * connection (its HTTP routes are never attached: an empty body ends the process there), and its handlers
 * are replaced before a client can reach them (its message handler aborts the process on `null`, and lets
 * clients emit its internal events).
 */
export function openGeckosHost(options: DatachannelHostOptions): DatachannelHost {
  configureSctp();
  const held = holdUdpPort(options.port, options.bindAddress);
  const desk = new SignallingDesk(begin, { ...DEFAULT_ATTEMPT_LIMITS, ...options.limits });
  const { connectionsManager } = geckos({
    iceServers: [],
    ordered: !UNRELIABLE.unordered,
    maxPacketLifeTime: UNRELIABLE.maxPacketLifeTime,
    // Its default of 0 beside a packet lifetime is refused; undefined would be the default again.
    maxRetransmits: null as unknown as number,
    multiplex: true,
    portRange: { min: held.port, max: held.port },
    ...(options.bindAddress === undefined ? {} : { bindAddress: options.bindAddress }),
  });

  function begin(_offer: string | undefined, events: HandshakeEvents): Handshake {
    let peer: PeerConnection | undefined;
    let aborted = false;
    let release = (): void => {};
    let channel: PeerChannel | undefined;

    const take = async (): Promise<void> => {
      // The request and the response are for an authorization function; there is none.
      const made = await connectionsManager.createConnection(
        undefined,
        undefined as never,
        undefined as never,
      );
      const id = made.connection?.id;
      const connection = id === undefined ? undefined : connectionsManager.getConnection(id);
      if (connection === undefined) return events.failed("failed");
      const pc = connection.peerConnection;
      const native = connection.channel.dataChannel;
      release = () => {
        release = () => {};
        peer = undefined;
        connectionsManager.connections.delete(id);
        if (channel !== undefined) desk.forget(channel);
        attempt(desk.drops, () => native.close());
        attempt(desk.drops, () => pc.close());
      };
      if (aborted) return release();
      peer = pc;
      replaceHandlers(pc, native);
      if (pc.gatheringState() === "complete") offer(pc);
    };

    /** No client has seen the offer yet: none of geckos' own handlers has run, and none will. */
    const replaceHandlers = (pc: PeerConnection, native: DataChannel): void => {
      pc.onStateChange(
        guarded(desk.drops, (state) => {
          if (state !== "failed" && state !== "closed" && state !== "disconnected") return;
          if (channel !== undefined) channel.close("peer-lost");
          else if (peer === pc) events.failed("failed");
        }),
      );
      pc.onDataChannel(guarded(desk.drops, (extra) => extra.close()));
      pc.onLocalCandidate(guarded(desk.drops, () => {}));
      pc.onGatheringStateChange(guarded(desk.drops, (state) => void (state === "complete" && offer(pc))));
      native.onMessage(guarded(desk.drops, () => desk.drops.add("before-open")));
      native.onClosed(guarded(desk.drops, () => {}));
      native.onOpen(
        guarded(desk.drops, () => {
          if (peer !== pc || channel !== undefined) return;
          channel = new PeerChannel(native, {
            kind: "webrtc-geckos",
            drops: desk.drops,
            release: () => release(),
          });
          events.opened(channel);
        }),
      );
    };

    let offered = false;
    const offer = (pc: PeerConnection): void => {
      const local = pc.localDescription();
      if (offered || peer !== pc || local === null) return;
      offered = true;
      events.reply("offer", withExternalAddress(local.sdp, options.externalAddress, options.externalPort));
    };

    let answered = false;
    take().catch(() => {
      release();
      events.failed("failed");
    });
    return {
      answer: (sdp) => {
        const checked = withoutCandidates(sdp);
        if (checked === undefined || peer === undefined || answered) return events.failed("malformed");
        answered = true;
        try {
          peer.setRemoteDescription(checked, "answer");
        } catch {
          events.failed("malformed");
        }
      },
      abort: () => {
        aborted = true;
        if (channel === undefined) release();
      },
    };
  }

  return {
    kind: "webrtc-geckos",
    port: held.port,
    stats: desk,
    accept: (signal, peer) => desk.accept(signal, peer),
    close: async () => {
      desk.closeAll();
      held.release();
    },
  };
}
