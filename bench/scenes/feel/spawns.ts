import { condition } from "@tidelock/shared";
import { walkers } from "./walkers.ts";
import { SHOT_SPEED } from "./walkers-game.ts";

/** 150 ms there and back, and one frame in twenty lost. */
const PATH = condition({ latencyMs: 75, jitterMs: 5, lossPercent: 5 });
const SETTLED_MS = 3000;
/** After the last shot, until all that is known of it has come to an end. */
const DRAIN_MS = 3000;
/** Time is dilated by at most a tenth, and what is drawn lies on a grid. */
const FASTEST = 1.1;
const GRID = 1 / 4096;

export interface SpawnFigures {
  /** Shots that the server made. */
  readonly spawns: number;
  /** The share of them that the client had shown before it could hear of them, and then as one flight without a change to be seen. */
  readonly matchedShare: number;
  /** Shots that were shown twice in some frame. */
  readonly doubled: number;
  /** Shots of the server that the client never showed, and shots shown that the server never made. */
  readonly lost: number;
}

/** One shot as the client showed it. */
interface Flight {
  readonly firstMs: number;
  lastMs: number;
  x: number;
  readonly lane: number;
  smooth: boolean;
}

/** Eight shots in every tick, each known by nothing but player, input and ordinal. */
export function measureSpawns(seeds: readonly number[], seconds: number): SpawnFigures {
  let [spawns, matched, doubled, lost] = [0, 0, 0, 0];
  for (const seed of seeds) {
    const walk = walkers({ seed, path: PATH });
    const { stepper, simulation, clients } = walk;
    const [client] = clients;
    const flights = new Map<number, Flight>();
    /** When the server made each shot, and when the client first heard of it. */
    const made = new Map<number, number>();
    const heard = new Map<number, number>();
    const tick = simulation.tick.bind(simulation);
    simulation.tick = (...args) => {
      tick(...args);
      for (const shot of simulation.world.all("shot"))
        if (shot.owner === client.number && !made.has(shot.id)) made.set(shot.id, stepper.scheduler.nowMs());
    };
    const receive = client.netcode.receiveSnapshot.bind(client.netcode);
    client.netcode.receiveSnapshot = (...args) => {
      receive(...args);
      for (const { id } of client.netcode.decoder.updated) if (!heard.has(id)) heard.set(id, args[1]);
    };
    const twice = new Set<number>();
    let previousMs = 0;
    stepper.onFrame = (each, nowMs) => {
      if (each !== client) return;
      const places = new Map<string, number>();
      const { world } = client.netcode.predictor;
      for (const shot of client.shown.shot) {
        const { id, x, y } = { id: Number(shot.id), x: Number(shot.x), y: Number(shot.y) };
        // The tick that is only tried out for this frame may still turn out otherwise: the button may be released before it is due.
        if (shot.mine !== true || (made.get(id) === undefined && world.get("shot", id) === undefined))
          continue;
        const place = `${y} ${Math.round(x / GRID)}`;
        if (places.has(place)) twice.add(id);
        places.set(place, id);
        const flight = flights.get(id);
        if (flight === undefined) {
          flights.set(id, { firstMs: nowMs, lastMs: nowMs, x, lane: y, smooth: true });
          continue;
        }
        const farthest = (SHOT_SPEED * FASTEST * (nowMs - previousMs)) / 1000 + GRID;
        const moved = x - flight.x;
        if (flight.lastMs !== previousMs || moved < 0 || moved > farthest || y !== flight.lane)
          flight.smooth = false;
        flight.lastMs = nowMs;
        flight.x = x;
      }
      previousMs = nowMs;
    };
    stepper.run(SETTLED_MS);
    client.input.fire = true;
    stepper.run(seconds * 1000);
    client.input.fire = false;
    stepper.run(DRAIN_MS);
    spawns += made.size;
    doubled += twice.size;
    for (const [id] of made) {
      const flight = flights.get(id);
      if (flight === undefined) lost++;
      else if (flight.smooth && flight.firstMs < (heard.get(id) ?? Infinity)) matched++;
    }
    for (const id of flights.keys()) if (!made.has(id)) lost++;
  }
  return { spawns, matchedShare: matched / spawns, doubled, lost };
}
