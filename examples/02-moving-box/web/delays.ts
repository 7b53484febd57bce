import type { Scene } from "./view/strip.ts";

/** A box that has moved less than this, in units, stands still: what is predicted and shown early moves by more in one frame. */
const STILL = 1e-4;
/** A press is forgotten when nothing came of it: the box stood at the edge. */
const LONGEST_MS = 3000;

const PLACES = ["own", "server", "other"] as const;
type Place = (typeof PLACES)[number];
const NAMES: Readonly<Record<Place, string>> = {
  own: "moves on A's screen after",
  server: "moves on the server after",
  other: "moves on B's screen after",
};

/** Measures, from a press of A's keys, how long it takes until A's box moves on either screen and on the server. */
export class Delays {
  readonly #values: Readonly<Record<Place, HTMLElement>>;
  readonly #list: HTMLElement;
  readonly #waiting = new Map<Place, number>();
  readonly #now = new Map<Place, number>();
  readonly #moving = new Set<Place>();
  #pressedMs = Number.NaN;
  #frames = 0;

  constructor(list: HTMLElement) {
    this.#list = list;
    const row = (place: Place): HTMLElement => {
      const term = document.createElement("dt");
      term.textContent = NAMES[place];
      const value = document.createElement("dd");
      value.textContent = "–";
      list.append(term, value);
      return value;
    };
    this.#values = { own: row("own"), server: row("server"), other: row("other") };
  }

  /** A press counts when A's box stands still everywhere. */
  press(atMs: number): void {
    if (this.#moving.size > 0 || this.#now.size < PLACES.length) return;
    this.#pressedMs = atMs;
    this.#frames = 0;
    for (const [place, x] of this.#now) this.#waiting.set(place, x);
    for (const place of PLACES) this.#values[place].textContent = "…";
    for (const name of ["own", "ownFrames", "server", "other"]) delete this.#list.dataset[name];
  }

  frame(nowMs: number, player: number, scenes: Readonly<Record<Place, Scene>>): void {
    if (nowMs - this.#pressedMs > LONGEST_MS) this.#waiting.clear();
    this.#frames++;
    for (const place of PLACES) {
      const box = scenes[place].boxes.find(({ owner }) => owner === player);
      if (box === undefined) continue;
      const where = box.x + box.y;
      if (Math.abs(where - (this.#now.get(place) ?? where)) > STILL) this.#moving.add(place);
      else this.#moving.delete(place);
      this.#now.set(place, where);
      const from = this.#waiting.get(place);
      if (from === undefined || Math.abs(where - from) <= STILL) continue;
      this.#waiting.delete(place);
      const afterMs = Math.max(0, Math.round(nowMs - this.#pressedMs));
      this.#values[place].textContent = `${afterMs} ms`;
      this.#list.dataset[place] = String(afterMs);
      if (place === "own") this.#list.dataset.ownFrames = String(this.#frames);
    }
  }
}
