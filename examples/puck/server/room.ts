import { type PlayerInfo, SimulationRoom } from "@tidelock/server";
import { enter, setUp } from "../shared/crowd.ts";
import type { PuckWorld } from "../shared/entities.ts";
import { puck } from "../shared/game.ts";
import { MAX_PLAYERS } from "../shared/rules.ts";

/** What the server, not a client, says of a room when it defines it. */
export interface PuckRoomOptions {
  /** Crates on the pitch. Default: none. */
  readonly crates?: number;
}

/** One match: everybody sees, and predicts, everything. */
export class PuckRoom extends SimulationRoom(puck) {
  override maxClients = MAX_PLAYERS;

  override async onCreate({ crates = 0 }: PuckRoomOptions = {}): Promise<void> {
    await super.onCreate();
    setUp(this.world, crates);
  }

  override onPlayerJoin(world: PuckWorld, { number }: PlayerInfo): void {
    enter(world, number);
  }
}
