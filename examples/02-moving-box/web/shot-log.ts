import { firstHit, type Shot } from "../shared/game.ts";
import type { Seat } from "./seat.ts";
import { BEAM_MS, type Strip } from "./view/strip.ts";

const KEPT = 4;

interface Entry {
  readonly by: number;
  /** Where it went up, which tells a shot from the next one of the same player. */
  readonly sawHit: boolean;
  readonly row: HTMLElement;
}

/** What each shooter saw, and what the server then decided. */
export class ShotLog {
  readonly #list: HTMLElement;
  readonly #server: Strip;
  readonly #names = new Map<number, string>();
  #open: Entry[] = [];

  constructor(list: HTMLElement, server: Strip) {
    this.#list = list;
    this.#server = server;
  }

  watch(seat: Seat, name: string, strip: Strip): void {
    this.#names.set(seat.player, name);
    seat.onShot = ({ by }) => {
      const { boxes, targets } = seat.scene;
      const box = boxes.find(({ owner }) => owner === by);
      if (box === undefined) return;
      const hit = firstHit(box.x, targets);
      strip.shoot({ x: box.x, y: box.y, hit, tested: targets, untilMs: performance.now() + BEAM_MS });
      this.#saw(by, hit !== 0);
    };
  }

  verdict({ by, x, y, hit, tested }: Shot): void {
    this.#server.shoot({ x, y, hit, tested, untilMs: performance.now() + BEAM_MS });
    const entry = this.#open.find((each) => each.by === by);
    if (entry === undefined) return;
    this.#open = this.#open.filter((each) => each !== entry);
    const decidedHit = hit !== 0;
    const agreed = decidedHit === entry.sawHit;
    entry.row.lastElementChild!.textContent = `${decidedHit ? "hit" : "miss"}${agreed ? "" : ": not what was seen"}`;
    entry.row.dataset.verdict = decidedHit ? "hit" : "miss";
    entry.row.dataset.agreed = String(agreed);
  }

  #saw(by: number, hit: boolean): void {
    const row = document.createElement("li");
    row.dataset.saw = hit ? "hit" : "miss";
    row.innerHTML = `<b></b> saw a <span></span>, the server decided <strong>…</strong>`;
    row.querySelector("b")!.textContent = this.#names.get(by) ?? "";
    row.querySelector("span")!.textContent = hit ? "hit" : "miss";
    this.#list.prepend(row);
    while (this.#list.childElementCount > KEPT) this.#list.lastElementChild!.remove();
    this.#open.push({ by, sawHit: hit, row });
  }
}
