import { byId, make } from "./element.ts";
import type { Roster } from "./roster.ts";

/** Everybody's score, shown while Tab is held or after a tap on its button. */
export class Scoreboard {
  readonly #root = byId("scoreboard");
  #version = -1;

  set open(open: boolean) {
    this.#root.hidden = !open;
  }

  get open(): boolean {
    return !this.#root.hidden;
  }

  update(roster: Roster): void {
    if (!this.open || roster.version === this.#version) return;
    this.#version = roster.version;
    const title = make("h2", "", "Scores");
    title.append(make("small", "", `${roster.ranked.length} at sea`));
    const table = make("table");
    table.append(row("th", ["", "Name", "Kills", "Sunk"]));
    roster.ranked.forEach((entry, index) => {
      const line = row("td", [String(index + 1), "", String(entry.kills), String(entry.deaths)]);
      const pennant = make("i", "pennant");
      pennant.style.background = roster.colourOf(entry.player);
      line.children[1].append(pennant, entry.name);
      line.classList.toggle("mine", entry.player === roster.me);
      table.append(line);
    });
    this.#root.replaceChildren(title, table);
  }
}

function row(cell: "th" | "td", texts: string[]): HTMLElement {
  const line = make("tr");
  line.append(...texts.map((text) => make(cell, "", text)));
  return line;
}
