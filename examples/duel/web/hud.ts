import { frameOf } from "../shared/acting.ts";
import { FULL_HEALTH, INTRO_TICKS, ROUND_TICKS, ROUNDS_TO_WIN, TICK_RATE } from "../shared/rules.ts";
import type { FighterSight, MatchSight, Sight } from "./sight.ts";

/** "Fight!" stands for this long. */
const BEGIN_TICKS = 50;
const DANGER = FULL_HEALTH / 4;

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

/** Panels over the picture: health, rounds, time, combos and what the referee says. Touches the page only where something changed. */
export class Hud {
  readonly #root = byId("hud");
  readonly #timer = byId("timer");
  readonly #banner = byId("banner");
  readonly #hint = byId("hint");
  readonly #sides = ["left", "right"].map((name) => new SidePanel(this.#root, name));

  show(): void {
    this.#root.hidden = false;
  }

  update({ fighters, match, tick }: Sight, player: number, trouble: string | undefined): void {
    for (const fighter of fighters) this.#sides[fighter.side].update(fighter, player, tick);
    if (match === undefined) return;
    const { phase } = match;
    this.#root.dataset["phase"] = phase;
    const left = phase === "fight" ? Math.max(0, match.endsAt - tick) : ROUND_TICKS;
    const seconds = Math.ceil(left / TICK_RATE);
    setText(
      this.#timer,
      phase === "knockOut" || phase === "over" ? (this.#timer.textContent ?? "") : String(seconds),
    );
    this.#timer.classList.toggle("late", phase === "fight" && seconds <= 10);
    setBanner(this.#banner, bannerOf(match, fighters, tick, player));
    setText(this.#hint, trouble ?? hintOf(match, fighters, player));
  }
}

function bannerOf(
  match: MatchSight,
  fighters: readonly FighterSight[],
  tick: number,
  player: number,
): string {
  const { phase, round, winner, endsAt } = match;
  if (phase === "intro") return tick > endsAt - INTRO_TICKS + 8 ? `Round ${round}` : "";
  if (phase === "fight") return tick < endsAt - ROUND_TICKS + BEGIN_TICKS ? "Fight!" : "";
  const best = fighters.find(({ side }) => winner === (side === 0 ? "left" : "right"));
  if (phase === "knockOut") {
    if (best === undefined) return "Draw";
    if (fighters.every(({ health }) => health > 0)) return "Time!";
    return best.health === FULL_HEALTH ? "Perfect!" : "K.O.";
  }
  if (phase !== "over") return "";
  if (!fighters.some(({ owner }) => owner === player)) return "";
  return best?.owner === player ? "You win" : "You lose";
}

function hintOf({ phase }: MatchSight, fighters: readonly FighterSight[], player: number): string {
  if (phase !== "over") return "";
  const mine = fighters.find(({ owner }) => owner === player);
  if (mine === undefined) return "";
  return mine.ready ? "Waiting for the other…" : "Press an attack to fight again";
}

class SidePanel {
  readonly #side: HTMLElement;
  readonly #fill: HTMLElement;
  readonly #lag: HTMLElement;
  readonly #name: HTMLElement;
  readonly #wins: HTMLElement;
  readonly #combo: HTMLElement;
  #comboShown = 0;
  #comboUntil = 0;

  constructor(hud: HTMLElement, name: string) {
    const find = (selector: string): HTMLElement => hud.querySelector<HTMLElement>(selector)!;
    this.#side = find(`.side.${name}`);
    this.#fill = find(`.side.${name} .fill`);
    this.#lag = find(`.side.${name} .lag`);
    this.#name = find(`.side.${name} .name`);
    this.#wins = find(`.side.${name} .wins`);
    // A combo is shown on the side of who does it.
    this.#combo = find(`.combo.${name === "left" ? "right" : "left"}`);
    for (let i = 0; i < ROUNDS_TO_WIN; i++) this.#wins.append(document.createElement("i"));
  }

  update(fighter: FighterSight, player: number, tick: number): void {
    const { health, wins, owner, combo } = fighter;
    const share = `scaleX(${health / FULL_HEALTH})`;
    if (this.#side.dataset["health"] !== String(health)) {
      this.#side.dataset["health"] = String(health);
      this.#fill.style.transform = share;
      this.#lag.style.transform = share;
      this.#side.classList.toggle("danger", health <= DANGER && health > 0);
    }
    this.#side.dataset["state"] = fighter.state;
    this.#side.dataset["x"] = fighter.x.toFixed(2);
    setText(this.#name, owner === 0 ? "Bot" : owner === player ? "You" : "Rival");
    for (const [i, mark] of [...this.#wins.children].entries()) mark.classList.toggle("won", i < wins);
    if (combo >= 2 && combo !== this.#comboShown) {
      this.#combo.innerHTML = `${combo}<small>hits</small>`;
      this.#comboUntil = tick + TICK_RATE;
    } else if (combo >= 2 && frameOf(fighter, tick) < 4) this.#comboUntil = tick + TICK_RATE;
    this.#comboShown = combo;
    this.#combo.classList.toggle("on", tick < this.#comboUntil);
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A new text slams in. */
function setBanner(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  const word = document.createElement("span");
  word.textContent = text;
  element.replaceChildren(...(text === "" ? [] : [word]));
}
