import { createSocket } from "node:dgram";
import { beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../browser/harness/chromium.ts";
import { type AgeRun, type AgeTransport, measureAge } from "./measure-age.ts";
import { openNetworkPath, SERVER_ADDRESS, whyNoNetworkPath } from "./network-path.ts";

const reason = whyNoNetworkPath();
const SECONDS = 12;
/** The product's bound at 5% loss and 100 ms there and back. */
const P99_MS = 150;

/** The 99th percentile of what was under way while the processes had processors. */
const p99 = ({ undisturbedAgesMs }: AgeRun): number => {
  const sorted = undisturbedAgesMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)];
};
const measure = (transport: AgeTransport, client: "node" | "chromium" = "node") =>
  measureAge(transport, { delayMs: 50, lossPercent: 5, seconds: SECONDS, client });

describe("a network path between two namespaces", () => {
  it("can be made, or names what this machine lacks", async () => {
    if (reason !== undefined) return expect(reason).toMatch(/ /);
    const path = await openNetworkPath({ delayMs: 50, lossPercent: 0 });
    const child = path.spawn("client", "ip", ["address", "show", "path0"]);
    let shown = "";
    for await (const chunk of child.stdout!) shown += String(chunk);
    expect(shown).toContain("10.88.0.2/24");
    await path.close();
    // Nothing of it reaches this namespace, and nothing is left of it.
    const socket = createSocket("udp4");
    const bound = new Promise((resolve) => {
      socket.once("error", () => resolve(false));
      socket.bind(0, SERVER_ADDRESS, () => resolve(true));
    });
    expect(await bound).toBe(false);
    socket.close();
  });

  describe.skipIf(reason !== undefined)(
    `with 5% loss and 100 ms there and back${reason === undefined ? "" : ` (skipped: ${reason})`}`,
    () => {
      let websocket: AgeRun;
      beforeAll(async () => {
        websocket = await measure("websocket");
      }, 60_000);

      const expectFresh = (webrtc: AgeRun): void => {
        for (const run of [webrtc, websocket]) {
          expect(run.changes).toEqual([]);
          expect(run.undisturbedAgesMs.length).toBeGreaterThan(run.due / 3);
        }
        // Frames that are lost for good are no excuse: most of what is due has to come.
        expect(webrtc.agesMs.length).toBeGreaterThan(webrtc.due * 0.85);
        expect(p99(webrtc)).toBeLessThan(P99_MS);
        expect(p99(websocket)).toBeGreaterThan(P99_MS);
      };

      it.each(["webrtc-direct", "webrtc-geckos"] as const)(
        "%s brings 99 of 100 snapshots within 150 ms of their tick, which the WebSocket does not",
        async (transport) => expectFresh(await measure(transport)),
        60_000,
      );

      it.skipIf(findChromium() === undefined)(
        "so it does to a page in Chromium",
        async () => expectFresh(await measure("webrtc-direct", "chromium")),
        90_000,
      );
    },
  );
});
