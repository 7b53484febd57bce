import type { Client } from "@colyseus/core";
import type { Session } from "@tidelock/client";
import { SimulationRoom } from "@tidelock/server";
import { hunt } from "./game.ts";

/** The five fields that take the most. */
export function largestShares(session: Session): string[] {
  const { account } = session;
  if (account === undefined) {
    session.countBytes(true);
    return [];
  }
  return account.shares
    .toSorted((a, b) => b.bits - a.bits)
    .slice(0, 5)
    .map(({ type, field, bits }) => `${type}.${field}: ${Math.round(bits / 8)} bytes`);
}

export class WatchedRoom extends SimulationRoom(hunt) {
  override onCreate() {
    void super.onCreate();
    this.countBytes(true);
    this.clock.setInterval(() => {
      for (const { number, sentBytes } of this.playersByNumber.values())
        console.log(number, sentBytes?.perSecond(performance.now()).byType);
    }, 5000);
    if (process.env["NODE_ENV"] !== "production")
      this.onMessage("why", (client: Client, { player, entity }: { player: number; entity: number }) =>
        client.send("why", this.whyNotSent(player, entity)),
      );
  }
}
