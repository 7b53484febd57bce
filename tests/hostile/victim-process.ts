import { openDirectHost, openGeckosHost } from "@tidelock/server";
import { startEchoServer } from "../browser/harness/echo-server.ts";

/** What the attacked process tells of itself. */
export interface VictimReport {
  readonly rssBytes: number;
  readonly pending: number;
  readonly open: number;
  readonly attempts: number;
  readonly hostDrops: Record<string, number>;
  readonly roomDrops: Record<string, number>;
  readonly largestBacklogBytes: number;
}

/** What the parent may ask for. */
export type VictimRequest = { ask: "report" } | { ask: "half-open"; count: number; offers: string[] };

/** A server in a process of its own, so that an abort in native code ends it and not the test. */
const [kind, port, secondPort] = process.argv.slice(2);
const open = kind === "webrtc-geckos" ? openGeckosHost : openDirectHost;
const host = open({ port: Number(port), bindAddress: "127.0.0.1" });
const limitless = { maxPending: 64, perSecond: 1e6, perAddressPerMinute: 1e9 };
const server = await startEchoServer(host);

process.on("message", (request: VictimRequest) => {
  if (request.ask === "report") tell(report());
  else void halfOpen(request.count, request.offers).then(() => tell(report()));
});
process.on("disconnect", () => process.exit(0));
tell({ url: server.url });

/** Marked, because a dependency of Colyseus sends messages of its own to a parent process. */
function tell(victim: object): void {
  process.send?.({ victim });
}

function report(): VictimReport {
  globalThis.gc?.();
  return {
    rssBytes: process.memoryUsage().rss,
    pending: host.stats.pending,
    open: host.stats.open,
    attempts: host.stats.attempts,
    hostDrops: host.stats.drops.snapshot(),
    roomDrops: server.drops.snapshot(),
    largestBacklogBytes: Math.max(0, ...server.links.map((link) => link.bufferedBytes)),
  };
}

/**
 * Begins handshakes that nobody finishes, as `count` players would, without the limits that let only a few
 * through, and leaves as players leave.
 */
async function halfOpen(count: number, offers: string[]): Promise<void> {
  const second = open({ port: Number(secondPort), bindAddress: "127.0.0.1", limits: limitless });
  for (let done = 0; done < count;) {
    const leaving: (() => void)[] = [];
    for (let i = 0; i < limitless.maxPending && done < count; i++, done++) {
      const signal = { send: () => {}, onMessage: (_message: unknown) => {} };
      leaving.push(second.accept(signal, { address: `${done}`, onChannel: () => {} }));
      signal.onMessage({ t: "connect", attempt: 1, sdp: offers[done % offers.length] });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const leave of leaving) leave();
  }
  await second.close();
  await new Promise((resolve) => setTimeout(resolve, 500));
}
