import { byId, make, nameTag } from "./element.ts";
import { FadingList } from "./fading-list.ts";
import type { Roster } from "./roster.ts";

/** Who sank whom, newest at the bottom. */
export class Killfeed {
  readonly #list = new FadingList(byId("killfeed"), { longest: 5, seconds: 5 });

  add(by: number, victim: number, roster: Roster): void {
    const line = make("li", by === roster.me || victim === roster.me ? "mine" : "");
    const nameIn = (player: number) => nameTag(roster.nameOf(player) || "Somebody", roster.colourOf(player));
    line.append(nameIn(by), make("i", "", "sank"), nameIn(victim));
    this.#list.add(line);
  }
}
