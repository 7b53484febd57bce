import { condition } from "@tidelock/shared";
import { RestWatch } from "./rest-watch.ts";
import { turn, walkers } from "./walkers.ts";

/** 150 ms there and back, jitter and loss: what prediction has to bear without a correction. */
const PATH = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 2 });
const SETTLED_MS = 3000;
/** Walks and rests of so long, as often as the time allows. */
const WALK_MS = 1000;
const REST_MS = 1000;

export interface AgreementFigures {
  /** Corrections of what a client predicted, in runs in which no input came late. */
  readonly corrections: number;
  readonly snapshots: number;
  /** Longest time from the tick in which a walker came to rest on the server until a client had it, bit for bit, at rest. */
  readonly ownRestMs: number;
  readonly remoteRestMs: number;
  readonly medianRemoteRestMs: number;
  readonly rests: number;
  readonly neverEqual: number;
}

/**
 * Two walkers go in circles and rest in turn. While no input is late the server computes what the client predicted, so there is nothing to
 * correct. At rest the client's own walker (predicted) and the other (received, in a game whose watchers get the exact place) are compared with the server's.
 */
export function measureAgreement(seeds: readonly number[], seconds: number): AgreementFigures {
  const own: number[] = [];
  const remote: number[] = [];
  let [corrections, snapshots, neverEqual] = [0, 0, 0];
  for (const seed of seeds) {
    const walk = walkers({ seed, path: PATH, isExact: true });
    const { stepper, simulation, clients } = walk;
    const late = (): number =>
      clients.reduce((sum, { number }) => sum + (simulation.players.get(number)?.input.missed ?? 0), 0);
    const count = (): number => clients.reduce((sum, { netcode }) => sum + netcode.predictor.corrections, 0);
    for (const { netcode } of clients) {
      const receive = netcode.receiveSnapshot.bind(netcode);
      netcode.receiveSnapshot = (...args) => {
        snapshots++;
        receive(...args);
      };
    }
    let resting = false;
    stepper.onFrame = (client, nowMs) => {
      if (resting) client.input.moveX = client.input.moveY = 0;
      else turn(client, nowMs);
    };
    stepper.run(SETTLED_MS);
    while (stepper.scheduler.nowMs() < seconds * 1000) {
      const before = { late: late(), corrections: count() };
      resting = false;
      stepper.run(WALK_MS);
      resting = true;
      const watch = new RestWatch(walk);
      stepper.run(REST_MS);
      if (late() === before.late) corrections += count() - before.corrections;
      for (const { ownMs, remoteMs } of watch.figures()) {
        own.push(ownMs);
        remote.push(remoteMs);
        if (ownMs === Infinity || remoteMs === Infinity) neverEqual++;
      }
      watch.stop();
    }
  }
  const finite = remote.filter(Number.isFinite).toSorted((a, b) => a - b);
  return {
    corrections,
    snapshots,
    ownRestMs: Math.max(...own),
    remoteRestMs: Math.max(...remote),
    medianRemoteRestMs: finite[finite.length >> 1],
    rests: remote.length,
    neverEqual,
  };
}
