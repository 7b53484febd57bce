import { type PlayerInfo, SimulationRoom } from "@tidelock/server";
import { enterStage, leaveStage, setUp } from "../shared/crowd.ts";
import { duel } from "../shared/game.ts";
import type { DuelWorld } from "../shared/entities.ts";
import { FIGHTERS, TICK_RATE } from "../shared/rules.ts";

/** One stage. Who is alone on it fights somebody without a player, until a second player comes. */
export class DuelRoom extends SimulationRoom(duel) {
  override maxClients = FIGHTERS;
  // Small snapshots, one for each tick: each shortens what has to be guessed of the other.
  override snapshotRate = TICK_RATE;
  /** Somebody who fights should not have to wait long for whom is not coming back. */
  override reconnectionSeconds = 8;

  override async onCreate(): Promise<void> {
    await super.onCreate();
    setUp(this.world);
  }

  override onPlayerJoin(world: DuelWorld, { number }: PlayerInfo): void {
    enterStage(world, number);
  }

  override onPlayerLeave(world: DuelWorld, { number }: PlayerInfo): void {
    leaveStage(world, number);
  }
}
