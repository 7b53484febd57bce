import { join, type NetStats, type Session } from "@tidelock/client";
import type { controls, DuelEvents, entities } from "../shared/entities.ts";
import { duel } from "../shared/game.ts";
import { SmoothTick } from "./smooth-tick.ts";
import type { Bout, DuelEvent, Held, Sight } from "./sight.ts";

type DuelSession = Session<typeof entities, typeof controls.fields, DuelEvents>;

/** Joins whoever waits on the server this page came from. Who names a `table` meets only those who name it too. */
export async function meet(table: string, condition: string | undefined): Promise<OnlineBout> {
  const session: DuelSession = await join(location.origin, duel, {
    options: { table },
    ...(condition !== undefined && { condition }),
  });
  return new OnlineBout(session);
}

/** A match on a server: everything in it is predicted here, so that what is seen is one moment of one world. */
export class OnlineBout implements Bout {
  readonly session: DuelSession;
  onEvent: (event: DuelEvent) => void = () => {};
  onCancelled: (event: DuelEvent) => void = () => {};
  onTrouble: (text: string | undefined) => void = () => {};
  readonly #tick = new SmoothTick();
  #last: Sight = { fighters: [], fireballs: [], match: undefined, tick: 0 };

  constructor(session: DuelSession) {
    this.session = session;
    session.onEvent = (event) => this.onEvent(event);
    session.onEventCancelled = (event) => this.onCancelled(event);
    session.onStateChange = (state) => {
      if (state === "playing") this.onTrouble(undefined);
      else if (state === "reconnecting") this.onTrouble("Connection lost. Trying again…");
      else if (state === "left") this.onTrouble("Disconnected. Reload the page to fight again.");
    };
    // Whoever closes the page has left: nobody has to fight an empty seat for as long as one is kept.
    window.addEventListener("pagehide", () => void session.leave());
  }

  get player(): number {
    return this.session.player;
  }

  get stats(): NetStats {
    return this.session.stats;
  }

  frame(held: Held, nowMs: number): Sight {
    Object.assign(this.session.input, held);
    const { fighter: fighters, fireball: fireballs, match } = this.session.frame(nowMs);
    // Until the stream goes on after an interruption, what was seen last stays in the picture.
    if (fighters.length > 0)
      this.#last = { fighters, fireballs, match: match[0], tick: this.#tick.at(this.session.tick, nowMs) };
    return this.#last;
  }
}
