import type { Shot, Tested } from "../shared/game.ts";
import { TARGET_RADIUS } from "../shared/rules.ts";
import type { Seat } from "./seat.ts";
import { BEAM_MS, type Strip } from "./view/strip.ts";

const KEPT = 4;
/** What the server has said nothing of by then it does not know of. */
const PATIENCE_MS = 3000;

interface Entry {
  readonly by: number;
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

  verdict({ by, x, y, hit, tested, rewindMs, capped }: Shot): void {
    this.#server.shoot({ x, y, hit, tested, untilMs: performance.now() + BEAM_MS });
    const entry = this.#open.find((each) => each.by === by);
    if (entry === undefined) return;
    this.#open = this.#open.filter((each) => each !== entry);
    const decidedHit = hit !== 0;
    const agreed = decidedHit === entry.sawHit;
    entry.row.querySelector("strong")!.textContent = decidedHit ? "hit" : "miss";
    entry.row.querySelector("small")!.textContent =
      rewindMs === 0
        ? "by where targets are now"
        : `by where they were ${Math.round(rewindMs)} ms ago${capped ? ", the most it looks back" : ""}`;
    entry.row.dataset.verdict = decidedHit ? "hit" : "miss";
    entry.row.dataset.agreed = String(agreed);
  }

  /** Without reconciliation a client may shoot where the server does not: the gun that was being loaded is ready again. */
  #giveUp(entry: Entry): void {
    if (!this.#open.includes(entry)) return;
    this.#open = this.#open.filter((each) => each !== entry);
    entry.row.querySelector("strong")!.textContent = "nothing";
    entry.row.querySelector("small")!.textContent = "it knows of no such shot";
    entry.row.dataset.agreed = "false";
  }

  #saw(by: number, hit: boolean): void {
    const row = document.createElement("li");
    row.dataset.saw = hit ? "hit" : "miss";
    row.innerHTML = `<b></b> saw a <span></span>, the server decided <strong>…</strong><small>on its way</small>`;
    row.querySelector("b")!.textContent = this.#names.get(by) ?? "";
    row.querySelector("span")!.textContent = hit ? "hit" : "miss";
    this.#list.prepend(row);
    while (this.#list.childElementCount > KEPT) this.#list.lastElementChild!.remove();
    const entry = { by, sawHit: hit, row };
    this.#open.push(entry);
    setTimeout(() => this.#giveUp(entry), PATIENCE_MS);
  }
}

/** What a beam straight up meets first of what is drawn: asked of the picture, so that it says what the player saw. */
function firstHit(x: number, drawn: readonly Tested[]): number {
  let lowest = -Infinity;
  let hit = 0;
  for (const target of drawn) {
    if (Math.abs(target.x - x) > TARGET_RADIUS || target.y <= lowest) continue;
    lowest = target.y;
    hit = target.id;
  }
  return hit;
}
