import {
  type Channel,
  type DatachannelConnector,
  type DropCounter,
  MAX_SDP_CHARACTERS,
  type SignalMessage,
  type SignalPort,
  tokenFromHex,
} from "@tidelock/shared";
import { RtcChannel } from "./rtc-channel.ts";

/** How the datachannel treats a frame; the same on both sides of the negotiated channel. */
const UNRELIABLE: RTCDataChannelInit = { ordered: false, maxPacketLifeTime: 40 };

/** A peer connection, as far as it is used here; implementations disagree on the type of `ondatachannel`. */
type PeerConnection = Omit<RTCPeerConnection, "ondatachannel">;

/** The constructor of peer connections: the browser's, or node-datachannel's polyfill in Node. */
export type PeerConnectionConstructor = new (configuration?: RTCConfiguration) => PeerConnection;

/** What the connector needs from outside. */
export interface WebRtcConnectorOptions {
  readonly signal: SignalPort;
  readonly rtc: PeerConnectionConstructor;
  readonly drops: DropCounter;
}

/**
 * Opens datachannels to either kind of server. It offers first, as a direct server expects; a geckos server
 * answers with an offer of its own, and from then on is asked for one at once.
 */
export class WebRtcConnector implements DatachannelConnector {
  readonly #options: WebRtcConnectorOptions;
  #number = 0;
  #serverOffers = false;
  #receive: (message: SignalMessage) => void = () => {};

  constructor(options: WebRtcConnectorOptions) {
    this.#options = options;
    options.signal.onMessage = (message) => {
      const checked = checkServerMessage(message);
      if (checked === undefined) options.drops.add("signal-malformed");
      else this.#receive(checked);
    };
  }

  connect(
    opened: (channel: Channel, token: Uint8Array) => void,
    failed: (reason: string, final: boolean) => void,
  ): () => void {
    const { signal, rtc, drops } = this.#options;
    const attempt = (this.#number += 1);
    let peer: PeerConnection | undefined;
    let over = false;

    const release = (): void => {
      const closing = peer;
      peer = undefined;
      if (closing === undefined) return;
      closing.onconnectionstatechange = null;
      closing.close();
    };
    const fail = (reason: string, final = false): void => {
      if (over) return;
      over = true;
      release();
      failed(reason, final);
    };
    const makePeer = (): PeerConnection => {
      release();
      const made = new rtc({ iceServers: [] });
      peer = made;
      made.onconnectionstatechange = () => {
        if (peer === made && made.connectionState === "failed") fail("ice-failed");
      };
      return made;
    };
    const whenOpen = (
      kind: "webrtc-direct" | "webrtc-geckos",
      native: RTCDataChannel,
      token: () => Uint8Array | undefined,
    ): void => {
      const ready = (): void => {
        const proof = token();
        if (over || proof === undefined) return;
        over = true;
        const channel = new RtcChannel(kind, native, { drops, release });
        const held = peer;
        // Once open, a lost peer ends the channel, not the attempt.
        if (held !== undefined) {
          held.onconnectionstatechange = () => {
            if (held.connectionState === "failed" || held.connectionState === "closed")
              channel.close("peer-lost");
          };
        }
        opened(channel, proof);
      };
      if (native.readyState === "open") ready();
      else native.addEventListener("open", ready, { once: true });
    };

    const offerDirect = async (): Promise<void> => {
      const made = makePeer();
      let token: Uint8Array | undefined;
      const native = made.createDataChannel("tidelock", { ...UNRELIABLE, negotiated: true, id: 0 });
      whenOpen("webrtc-direct", native, () => token);
      // Not awaited before sending: candidates are not wanted, the server finds us by our checks.
      await made.setLocalDescription(await made.createOffer());
      if (over || peer !== made) return;
      this.#receive = (message) => {
        if (message.attempt !== attempt || over) return;
        if (message.t === "refuse") return fail(`refused-${message.reason}`, message.reason === "off");
        if (message.t === "offer") {
          this.#serverOffers = true;
          return void answerGeckos(message.sdp, message.token).catch(() => fail("answer-failed"));
        }
        if (message.t !== "answer") return;
        token = tokenFromHex(message.token);
        if (token === undefined) return fail("answer-malformed");
        made.setRemoteDescription({ type: "answer", sdp: message.sdp }).catch(() => fail("answer-malformed"));
      };
      signal.send({ t: "connect", attempt, sdp: withoutCandidates(made.localDescription?.sdp ?? "") });
    };
    const answerGeckos = async (sdp: string, tokenText: string): Promise<void> => {
      const token = tokenFromHex(tokenText);
      if (token === undefined) return fail("offer-malformed");
      const made = makePeer();
      made.addEventListener("datachannel", (event) => whenOpen("webrtc-geckos", event.channel, () => token), {
        once: true,
      });
      await made.setRemoteDescription({ type: "offer", sdp });
      await made.setLocalDescription(await made.createAnswer());
      if (over || peer !== made) return;
      signal.send({ t: "answer", attempt, sdp: withoutCandidates(made.localDescription?.sdp ?? "") });
    };
    const askGeckos = (): void => {
      this.#receive = (message) => {
        if (message.attempt !== attempt || over) return;
        if (message.t === "refuse") return fail(`refused-${message.reason}`, message.reason === "off");
        if (message.t === "offer")
          void answerGeckos(message.sdp, message.token).catch(() => fail("answer-failed"));
      };
      signal.send({ t: "connect", attempt });
    };

    if (this.#serverOffers) askGeckos();
    else offerDirect().catch(() => fail("offer-failed"));
    return () => {
      if (over) return;
      over = true;
      release();
    };
  }
}

/** The message, when it is one a server may send. */
export function checkServerMessage(message: unknown): SignalMessage | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { t, attempt, sdp, token, reason } = message as Record<string, unknown>;
  if (typeof attempt !== "number") return undefined;
  if (t === "refuse") {
    const known =
      reason === "off" ||
      reason === "rate" ||
      reason === "busy" ||
      reason === "malformed" ||
      reason === "failed";
    return known ? { t, attempt, reason } : undefined;
  }
  if ((t !== "offer" && t !== "answer") || typeof sdp !== "string" || typeof token !== "string")
    return undefined;
  return sdp.length <= MAX_SDP_CHARACTERS ? { t, attempt, sdp, token } : undefined;
}

/** The player's own addresses stay private; the server does not use them. */
function withoutCandidates(sdp: string): string {
  return sdp
    .split("\r\n")
    .filter((line) => !line.startsWith("a=candidate:"))
    .join("\r\n");
}
