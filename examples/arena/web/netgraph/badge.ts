import type { NetStats } from "@tidelock/client";
import { byId, make } from "../hud/element.ts";

const EVERY_MS = 500;
const TRANSPORT_NAMES: Readonly<Record<string, string>> = {
  "webrtc-direct": "WebRTC",
  "webrtc-geckos": "WebRTC (geckos)",
  websocket: "WebSocket",
  loopback: "Loopback",
};

/** The state of the connection in one chip: a light, the round trip, the transport, and the network being imitated. */
export class Badge {
  readonly #dot = make("span", "dot");
  readonly #rtt = make("span");
  readonly #transport = make("small");
  readonly #preset = make("small", "preset");
  #shownAt = 0;

  constructor(onClick: () => void) {
    const root = byId("badge");
    root.append(this.#dot, this.#rtt, this.#transport, this.#preset);
    root.addEventListener("click", onClick);
  }

  update({ rttMs, lossShare, transport, conditioner = "" }: NetStats, now: number): void {
    if (now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    const quality =
      rttMs > 200 || lossShare > 0.08 ? "poor" : rttMs > 100 || lossShare > 0.02 ? "fair" : "good";
    this.#dot.className = `dot ${quality}`;
    this.#rtt.textContent = `${Math.round(rttMs)} ms`;
    this.#preset.textContent = conditioner;
    this.#transport.textContent = TRANSPORT_NAMES[transport] ?? transport;
  }
}
