import { mountDevTools, mountNetGraph, type NetGraph, type NetStats } from "@tidelock/client";
import { RewindLog, SnapshotLog } from "@tidelock/client/testing";

/** What the tests look at and do. */
declare global {
  var tools: {
    readonly graph: NetGraph;
    readonly session: { condition: string };
    /** How often the figures were asked for. */
    asked: number;
    counting: boolean;
    /** Keys that reached the game. */
    readonly keys: string[];
    /** Colours in the picture, each as "r,g,b" with the number of its pixels. */
    colours(): Record<string, number>;
    /** A hit that was judged in the past. */
    hit(): void;
    mountAnother(): void;
  };
}

const snapshots = new SnapshotLog();
const rewinds = new RewindLog();
const source = {
  condition: "regional",
  get stats(): NetStats {
    tools.asked++;
    if (tools.asked % 5 === 0) snapshots.lost(1);
    else snapshots.arrived(tools.asked % 40, 100, tools.asked % 7 === 0);
    return {
      transport: "webrtc-direct",
      rttMs: 42,
      jitterMs: 3,
      lossShare: 0.02,
      longestLossBurst: 2,
      inputMarginTicks: tools.asked % 2 === 0 ? 2 : -1,
      leadTicks: 4,
      interpolationDelayMs: 60,
      playoutRoomTicks: tools.asked % 3 === 0 ? -2 : 3,
      snapshotAgeMs: 10,
      corrections: Math.floor(tools.asked / 30),
      correctionSize: 0.2,
      resimulatedTicks: 0,
      bytesIn: { snapshot: tools.asked * 20 },
      bytesOut: { input: tools.asked * 10 },
      snapshots,
      conditioner: source.condition === "off" ? undefined : source.condition,
      rewinds,
    };
  },
  countBytes(on: boolean) {
    tools.counting = on;
  },
};

const keys: string[] = [];
addEventListener("keydown", ({ code }) => keys.push(code));
document.body.innerHTML = `<p id="game" style="margin:0">The game</p><input id="chat">`;

globalThis.tools = {
  graph: undefined as unknown as NetGraph,
  session: source,
  asked: 0,
  counting: false,
  keys,
  colours() {
    const canvas = document.querySelector("canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const found: Record<string, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] !== 255) continue;
      const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      found[colour] = (found[colour] ?? 0) + 1;
    }
    return found;
  },
  hit: () => rewinds.add({ wasHit: false, rewindMs: 120, capped: true }),
  mountAnother: () => void mountNetGraph(source),
};
Object.assign(globalThis.tools, { graph: mountDevTools(source) });
