import { MATCH_TICKS, TICK_RATE } from "../shared/rules.ts";
import { byId } from "./element.ts";
import type { MatchSight, Sight } from "./sight.ts";

/** Score, clock, and the words across the pitch. */
export class Board {
  readonly #left = byId("score-left");
  readonly #right = byId("score-right");
  readonly #clock = byId("clock");
  readonly #banner = byId("banner");
  #goalBy: "left" | "right" | undefined;

  /** Notes who has scored, for as long as it is cheered. */
  goal(team: "left" | "right" | undefined): void {
    this.#goalBy = team;
  }

  update({ match: [match], craft }: Sight, tick: number): void {
    if (match === undefined) return this.#say("");
    const mine = craft.find((one) => one.mine)?.team;
    write(this.#left, String(match.left));
    write(this.#right, String(match.right));
    for (const [team, score] of [
      ["left", this.#left],
      ["right", this.#right],
    ] as const)
      score.parentElement?.classList.toggle("mine", mine === team);
    write(this.#clock, clock(match));
    this.#announce(match, tick);
  }

  #announce(match: MatchSight, tick: number): void {
    const seconds = Math.ceil((match.phaseEndsAt - tick) / TICK_RATE);
    if (match.phase === "countdown") this.#say(String(Math.max(1, seconds)));
    else if (match.phase === "cheer") this.#say("Goal!", this.#goalBy);
    else if (match.phase === "final") {
      const winner = match.left > match.right ? "left" : "right";
      this.#say(winner === "left" ? "Blue wins" : "Red wins", winner);
    } else if (match.phase === "play" && match.ticksLeft === 0) this.#say("Next goal wins");
    else this.#say("");
  }

  #say(text: string, team = ""): void {
    if (this.#banner.textContent === text && this.#banner.className === team) return;
    this.#banner.textContent = text;
    this.#banner.className = team;
    this.#banner.hidden = text === "";
    // Each word arrives anew.
    this.#banner.getAnimations().forEach((animation) => (animation.currentTime = 0));
  }
}

function clock({ phase, ticksLeft }: MatchSight): string {
  const seconds = Math.ceil((phase === "waiting" ? MATCH_TICKS : ticksLeft) / TICK_RATE);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
