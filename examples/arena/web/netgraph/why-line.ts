import { TICK_RATE } from "../../shared/rules.ts";
import type { WhyAnswer } from "../../server/why-answer.ts";
import type { ArenaLink } from "../arena-link.ts";
import { make } from "../hud/element.ts";
import type { ArenaSight } from "../sight.ts";
import type { Camera } from "../view/camera.ts";

const ASK_EVERY_MS = 500;
const HINT = "Point at a ship to see what the last snapshot said of it.";
/** A ship further from the pointer than this, in pixels, is not meant. */
const REACH = 120;

/** One line: what became of the ship under the pointer in the last snapshot to this client. */
export class WhyLine {
  readonly root = make("p", "why", HINT);
  readonly #link: ArenaLink;
  #pointerX = -1;
  #pointerY = -1;
  #askedAt = 0;
  #name = "";
  #entity = 0;

  constructor(link: ArenaLink) {
    this.#link = link;
    window.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => {
      if (pointerType === "touch") return;
      this.#pointerX = clientX;
      this.#pointerY = clientY;
    });
    link.onWhy = (answer) => this.#show(answer);
  }

  update({ players }: ArenaSight, camera: Camera, now: number): void {
    if (now - this.#askedAt < ASK_EVERY_MS) return;
    this.#askedAt = now;
    let nearest = REACH;
    this.#entity = 0;
    for (const { id, owner, x, y } of players) {
      const distance = Math.hypot(camera.toScreenX(x) - this.#pointerX, camera.toScreenY(y) - this.#pointerY);
      if (distance >= nearest) continue;
      nearest = distance;
      this.#entity = id;
      this.#name = this.#link.roster.find(({ player }) => player === owner)?.name ?? "";
    }
    if (nearest < REACH) this.#link.askWhy(this.#entity);
    else this.root.textContent = HINT;
  }

  #show({ entity, reason, during, toldAgo }: WhyAnswer): void {
    if (entity !== this.#entity) return;
    const parts = [`${this.#name}: ${reason}`];
    if (during !== undefined && during > 0) parts.push(`for ${seconds(during)}`);
    if (toldAgo !== undefined && toldAgo > 0) parts.push(`told ${seconds(toldAgo)} ago`);
    this.root.textContent = parts.join(", ");
  }
}

function seconds(ticks: number): string {
  const time = ticks / TICK_RATE;
  return time < 1 ? `${Math.round(time * 1000)} ms` : `${time.toFixed(1)} s`;
}
