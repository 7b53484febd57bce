import type { Client } from "@colyseus/core";
import { gridInterest, RoomSimulation } from "@tidelock/server";
import { type Condition, Rng } from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { LoadClient } from "./load-client.ts";
import { createLoadGame, GROUND_METRES, LEAVE_METRES, RADIUS_METRES, TICK_RATE } from "./load-game.ts";

const TICK_MS = 1000 / TICK_RATE;
/** Beyond the way there: a client's inputs come this long before their tick. */
const LEAD_TICKS = 2;

export interface LoadRoomOptions {
  readonly clients: number;
  readonly seed: number;
  /** The path of the first, third and every other client, each way. */
  readonly path: Condition;
  /** That of the second, fourth and so on. */
  readonly otherPath: Condition;
  /** Ticks from one client that leaves, and another that takes its place, to the next; 0: everybody stays. */
  readonly changeEvery: number;
  /** One client in so many decodes what it gets; 0: none does. */
  readonly decodeEvery: number;
}

interface Seat {
  readonly client: LoadClient;
  readonly player: ReturnType<RoomSimulation["join"]>;
  readonly isOther: boolean;
}

/**
 * A room full of clients in virtual time: the server's own classes, and clients behind emulated paths.
 *
 * Every second client is the one whose path may be bad. Its player follows the script on the server, so that what its path does to
 * its inputs does not change the world: two rooms that differ in `otherPath` alone must tell the first, third and every other client the same. Loss goes both
 * ways, so that acknowledgements are lost too.
 */
export class LoadRoom {
  /** Milliseconds of the process that the last tick took after the step: recording, interest, encoding, handing over. */
  encodeMs = 0;
  /** Called with each client that is new. */
  onJoin: (client: LoadClient, isOther: boolean) => void = () => {};
  /** Called with each client that has left. */
  onLeave: (client: LoadClient, isOther: boolean) => void = () => {};
  readonly #options: LoadRoomOptions;
  readonly #scheduler = new VirtualScheduler();
  readonly #driven = new Set<number>();
  readonly #game = createLoadGame(
    (player) => this.#driven.has(player),
    () => {
      this.#steppedMs = performance.now();
    },
  );
  readonly #simulation: ReturnType<typeof simulationOf>;
  readonly #seats: Seat[] = [];
  readonly #places: Rng;
  readonly #leadTicks: number;
  #tick = 0;
  #joined = 0;
  #steppedMs = 0;

  constructor(options: LoadRoomOptions) {
    this.#options = options;
    this.#places = new Rng(options.seed, 1);
    this.#simulation = simulationOf(this.#game, options.seed);
    const { latencyMs, jitterMs } = options.path;
    this.#leadTicks = Math.ceil((latencyMs + jitterMs) / TICK_MS) + LEAD_TICKS;
  }

  get tick(): number {
    return this.#tick;
  }

  get world() {
    return this.#simulation.world;
  }

  /** The clients that are in, and whether each is one whose path may be bad. */
  *clients(): Iterable<readonly [client: LoadClient, isOther: boolean]> {
    for (const { client, isOther } of this.#seats) yield [client, isOther];
  }

  /** One tick: what is due on the paths, whoever comes or goes, the server's tick, and everybody's next input. */
  step(): void {
    const { clients, changeEvery } = this.#options;
    this.#tick++;
    this.#scheduler.advance(this.#tick * TICK_MS - this.#scheduler.nowMs());
    while (this.#seats.length < clients) this.#join();
    if (changeEvery > 0 && this.#tick % changeEvery === 0) this.#change();
    this.#simulation.tick(this.#tick, 0, this.#scheduler.nowMs());
    this.encodeMs = performance.now() - this.#steppedMs;
    for (const { client } of this.#seats) client.play(this.#tick + this.#leadTicks);
  }

  /** Who has been in for longest leaves, and another takes the place. */
  #change(): void {
    const seat = this.#seats.shift();
    if (seat === undefined) return;
    const { client, player, isOther } = seat;
    client.link.dispose();
    const { world } = this.#simulation;
    for (const type of ["player", "bullet"] as const)
      for (const entity of world.all(type)) if (entity.owner === player.number) world.despawn(entity);
    this.#simulation.leave(player);
    this.#driven.delete(player.number);
    this.onLeave(client, isOther);
    this.#join();
  }

  #join(): void {
    const { path, otherPath, seed, decodeEvery } = this.#options;
    const scheduler = this.#scheduler;
    const nowMs = scheduler.nowMs();
    const number = this.#joined++;
    const isOther = number % 2 === 1;
    const { types, input } = this.#game;
    const client = new LoadClient({
      types,
      input,
      scheduler,
      path: isOther ? otherPath : path,
      seed,
      number,
      decodes: decodeEvery > 0 && number % decodeEvery === 0,
    });
    const player = this.#simulation.join({} as Client, client.link, nowMs);
    client.link.onFrame = (frame) => player.receive(frame, scheduler.nowMs() / TICK_MS, scheduler.nowMs());
    if (isOther) this.#driven.add(player.number);
    const [x, y] = [0, 0].map(() => this.#places.range(0, GROUND_METRES));
    const avatar = this.world.spawn("player", { owner: player.number, x, y });
    const welcome = this.#simulation.ready(player, nowMs);
    if (welcome !== undefined) client.begin(welcome.player, avatar.id, welcome.tick);
    this.#seats.push({ client, player, isOther });
    this.onJoin(client, isOther);
  }
}

function simulationOf(game: ReturnType<typeof createLoadGame>, seed: number) {
  return new RoomSimulation({
    game,
    seed,
    secretSeed: seed,
    sendEvery: 1,
    interest: gridInterest({ radius: RADIUS_METRES, leaveRadius: LEAVE_METRES }),
    onEvents: () => {},
  });
}
