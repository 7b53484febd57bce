import type { Client } from "@colyseus/core";
import { SnapshotDecoder } from "@tidelock/client";
import { everyone, RoomSimulation } from "@tidelock/server";
import {
  FrameKind,
  type Game,
  InputCodec,
  loopbackPair,
  MAX_GUESS_MS,
  NO_VIEW,
  Rng,
  ServerLink,
  VIEW_STEPS_PER_TICK,
} from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { rangeGame, type Verdict } from "./range-game.ts";

export interface ForgedFigures {
  /** Claims that cannot be true, by what is wrong with them. */
  readonly forgedTried: number;
  /** Of these, judged further back than the cap, or as they were claimed. */
  readonly forgedAccepted: number;
  /** Of these, counted by the server as what they are. */
  readonly forgedCounted: number;
  /** The server's counters. They count an honest claim as well that comes soon after a forged one and lies before it. */
  readonly counts: Readonly<Record<string, number>>;
}

const MS_PER_TICK = 1000 / 60;
const CAP_TICKS = 0.3 * 60;
/** Ticks from a snapshot's making to the arrival of the input that answers it. */
const LATENCY_TICKS = 12;
const GUESS_TICKS = (MAX_GUESS_MS * 60) / 1000;
/** Ticks from one forgery to the next, and of these the last, in which whoever is about to claim what it never had takes nothing. */
const PERIOD_TICKS = 60;
const DEAF_TICKS = 35;
/** An honest client shows this moment: so far behind its newest snapshot. */
const PLAYOUT_TICKS = 3;

/** Moments that a forger claims, in ticks, knowing the newest snapshot it has acknowledged, and the tick it claims for. */
const FORGERIES: Readonly<Record<string, (tick: number, acked: number, random: Rng) => number>> = {
  "view-future": (tick, _acked, random) => tick - random.range(0, 0.9),
  "view-unacked": (tick, acked, random) => random.range(acked + GUESS_TICKS + 0.1, tick - 1.1),
  "view-too-old": (tick, _acked, random) => tick - random.range(CAP_TICKS + 1, 100),
  "view-backwards": (_tick, acked, random) => acked - PLAYOUT_TICKS - random.range(1.1, 4),
};

/**
 * A client that lies about what it saw: after an honest claim comes one that cannot be true, and a shot with it. It keeps to the protocol
 * in everything else, so that nothing but the view checks stands in its way.
 */
export function measureForgedViews(options: {
  readonly shots: number;
  readonly seed: number;
}): ForgedFigures {
  const random = new Rng(options.seed);
  const verdicts: Verdict[] = [];
  const game = rangeGame((verdict) => verdicts.push(verdict));
  const simulation = new RoomSimulation({
    game,
    seed: options.seed,
    secretSeed: 1,
    sendEvery: 1,
    interest: everyone(),
    onEvents: () => {},
  });
  const scheduler = new VirtualScheduler();
  const [serverEnd, clientEnd] = loopbackPair(scheduler, { reliable: false });
  const link = new ServerLink({ reliable: serverEnd, scheduler });
  const player = simulation.join({} as Client, link, 0);
  simulation.welcome(player);
  simulation.world.spawn("shooter", { owner: player.number });
  for (let i = 0; i < 8; i++) simulation.world.spawn("target", { x: 3 + i, y: i - 4 });
  const decoder = new SnapshotDecoder((game as unknown as Game).types);
  decoder.start(0);
  const underWay: { readonly frame: Uint8Array; readonly tick: number }[] = [];
  clientEnd.onFrame = (frame) => {
    if (frame[0] === FrameKind.snapshot) underWay.push({ frame: frame.slice(), tick: simulation.world.tick });
  };
  const codec = new InputCodec(game.input, true);
  const row = game.input.neutralRow();

  const kinds = Object.keys(FORGERIES);
  let [tried, accepted, counted] = [0, 0, 0];
  for (let tick = 1; tried < options.shots; tick++) {
    const nowMs = tick * MS_PER_TICK;
    const isDeaf =
      kinds[tried % kinds.length] === "view-unacked" &&
      (tick - 1) % PERIOD_TICKS >= PERIOD_TICKS - DEAF_TICKS;
    // What was sent some ticks ago has just been answered.
    const due = isDeaf ? 0 : underWay.filter((packet) => packet.tick < tick - LATENCY_TICKS).length;
    for (const { frame } of underWay.splice(0, due)) decoder.receive(frame);
    const acked = decoder.newestTick;
    const isForged = tick % PERIOD_TICKS === 0;
    let [moment, kind] = [acked - PLAYOUT_TICKS, ""];
    const before = link.drops.snapshot();
    if (isForged) {
      kind = kinds[tried++ % kinds.length];
      moment = FORGERIES[kind](tick, acked, random);
    }
    game.input.write({ fire: isForged, shot: tried }, row);
    const distance = Math.round((tick - moment) * VIEW_STEPS_PER_TICK);
    const frame = codec.encode(
      tick,
      1,
      () => row,
      decoder.ackNewest,
      decoder.ackMask,
      () => (acked > 0 ? Math.max(0, Math.min(NO_VIEW - 1, distance)) : NO_VIEW),
    );
    player.receive(frame, tick - 1, nowMs);
    simulation.tick(tick, 0, nowMs);
    scheduler.advance(MS_PER_TICK);
    if (isForged && link.drops.get(kind) > (before[kind] ?? 0)) counted++;
    for (const { rewindTicks } of verdicts.splice(0)) {
      const isAsClaimed = Math.abs(tick - rewindTicks - moment) < 1 / VIEW_STEPS_PER_TICK;
      if (rewindTicks > CAP_TICKS || isAsClaimed) accepted++;
    }
  }
  const counts = Object.fromEntries(kinds.map((kind) => [kind, link.drops.get(kind)]));
  return { forgedTried: tried, forgedAccepted: accepted, forgedCounted: counted, counts };
}
