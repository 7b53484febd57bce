import { schema, t } from "@colyseus/schema";
import { gridInterest, type PlayerInfo, SimulationRoom } from "@tidelock/server";
import type { WorldEvent } from "@tidelock/shared";
import { hunt } from "./game.ts";

const HuntState = schema({ kills: t.map("uint16") }, "HuntState");

export class HuntRoom extends SimulationRoom(hunt) {
  override maxClients = 32;
  override state = new HuntState();
  override interest = gridInterest({ radius: 30 });

  override onPlayerJoin(world: HuntRoom["world"], player: PlayerInfo) {
    world.spawn("player", { owner: player.number, x: player.number % 20, y: 0 });
  }

  override onEvents(events: readonly WorldEvent<HuntEvents>[]) {
    for (const event of events) {
      if (event.name !== "kill") continue;
      const killer = String(event.data.by);
      this.state.kills.set(killer, (this.state.kills.get(killer) ?? 0) + 1);
      this.broadcast("kill", event.data);
    }
  }
}

type HuntEvents = { shot: { by: number }; kill: { by: number; victim: number } };
