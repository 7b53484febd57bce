import type { Client } from "@colyseus/core";
import { type PlayerInfo, SimulationRoom } from "@tidelock/server";
import type { WorldEvent } from "@tidelock/shared";
import { movingBox, type Shot } from "../shared/game.ts";
import { HALF_HEIGHT, PUSH_SPEED, TARGETS } from "../shared/rules.ts";
import { PUSH_TYPE, SNAPSHOT_RATE_TYPE, type Truth, TRUTH_TYPE, VERDICT_TYPE } from "../shared/truth.ts";

/** Snapshots per second that the page may ask for: the room's own rate, and parts of it. */
const RATES = [30, 15, 10, 5];

/** The two players of one page. What is not in a game's room: it tells everything it knows, so that the page can show it. */
export class MovingBoxRoom extends SimulationRoom(movingBox) {
  override maxClients = 2;
  /** Who is told everything. */
  #watcher: Client | undefined;
  override snapshotRate = RATES[0];
  override messages = {
    [PUSH_TYPE]: (client: Client) => this.#push(client),
    [SNAPSHOT_RATE_TYPE]: (client: Client, rate: unknown) => this.#setRate(client, rate),
  };

  override async onCreate(): Promise<void> {
    await super.onCreate();
    for (const { y, speed } of TARGETS) this.world.spawn("target", { x: -speed, y, vx: speed });
  }

  override onPlayerJoin(world: MovingBoxRoom["world"], player: PlayerInfo, options: unknown): void {
    const watches =
      typeof options === "object" && options !== null && Reflect.get(options, "watches") === true;
    if (watches) this.#watcher ??= player.client;
    world.spawn("box", { owner: player.number, x: player.number % 2 === 1 ? -6 : 6, y: HALF_HEIGHT / 2 });
  }

  override onTick(): void {
    const truth: Truth = {
      tick: this.world.tick,
      boxes: [...this.world.all("box")].map(({ owner, x, y }) => ({ owner, x, y })),
      targets: [...this.world.all("target")].map(({ id, x, y }) => ({ id, x, y })),
    };
    this.#watcher?.send(TRUTH_TYPE, truth);
  }

  override onEvents(events: readonly WorldEvent<{ shot: Shot }>[]): void {
    for (const { data } of events) this.#watcher?.send(VERDICT_TYPE, data);
  }

  /** Something that no client can foresee: its prediction turns out wrong. */
  #push(client: Client): void {
    const player = this.playersBySession.get(client.sessionId)?.number;
    for (const box of this.world.all("box"))
      if (box.owner === player) box.vx = box.x > 0 ? -PUSH_SPEED : PUSH_SPEED;
  }

  #setRate(client: Client, rate: unknown): void {
    const player = this.playersBySession.get(client.sessionId);
    if (player === undefined || typeof rate !== "number" || !RATES.includes(rate)) return;
    player.sendEvery = this.game.tickRate / rate;
  }
}
