import { byId, make } from "./element.ts";
import type { Roster } from "./roster.ts";

/** Rank and score in a glance, at the top of the screen. */
export class Standing {
  readonly #root = byId("standing");
  #version = -1;

  update(roster: Roster): void {
    if (roster.version === this.#version) return;
    this.#version = roster.version;
    const { mine, ranked, rank } = roster;
    if (!mine) return this.#root.replaceChildren();
    const place = make("b", rank === 1 ? "leading" : "", ordinal(rank));
    const kills = make("b", "", String(mine.kills));
    const rival = rank === 1 ? ranked[1] : ranked[0];
    const versus = make(
      "span",
      "versus",
      rival ? `${rank === 1 ? "ahead of" : "leader"} ${rival.name} ${rival.kills}` : "",
    );
    this.#root.replaceChildren(
      place,
      make("span", "", `of ${ranked.length}`),
      kills,
      make("span", "", mine.kills === 1 ? "kill" : "kills"),
      versus,
    );
  }
}

function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}
