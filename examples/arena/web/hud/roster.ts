import type { RosterEntry } from "../sight.ts";
import { cssColour, shipColour } from "../view/palette.ts";

/** Who plays, best first. The connection replaces the entries whenever the room's state changed. */
export class Roster {
  me = 0;
  /** Grows with every change, so that a panel knows when to draw itself again. */
  version = 0;
  #ranked: readonly RosterEntry[] = [];
  #byPlayer = new Map<number, RosterEntry>();

  set(entries: readonly RosterEntry[], me: number): void {
    this.me = me;
    this.version++;
    this.#ranked = entries.toSorted(
      (a, b) => b.kills - a.kills || a.deaths - b.deaths || a.player - b.player,
    );
    this.#byPlayer = new Map(entries.map((entry) => [entry.player, entry]));
  }

  get ranked(): readonly RosterEntry[] {
    return this.#ranked;
  }

  get mine(): RosterEntry | undefined {
    return this.#byPlayer.get(this.me);
  }

  /** 1 for the best; 0 while I am not listed. */
  get rank(): number {
    return this.#ranked.findIndex((entry) => entry.player === this.me) + 1;
  }

  nameOf = (player: number): string => this.#byPlayer.get(player)?.name ?? "";

  colourOf(player: number): string {
    return cssColour(shipColour(player, player === this.me));
  }
}
