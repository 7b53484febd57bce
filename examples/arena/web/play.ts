import type { Hit, Kill } from "../shared/entities.ts";
import type { ArenaLink } from "./arena-link.ts";
import { Hud } from "./hud/hud.ts";
import { byId } from "./hud/element.ts";
import type { Command } from "./input/command.ts";
import { KeyboardMouse } from "./input/keyboard-mouse.ts";
import { TouchSticks } from "./input/touch.ts";
import type { ArenaSight } from "./sight.ts";
import { Sounds, type SoundName } from "./sound/sounds.ts";
import type { Stage } from "./view/stage.ts";

/** From joining to leaving: every picture, what the player wants goes in and what the arena looks like comes out. */
export class Play {
  readonly #link: ArenaLink;
  readonly #stage: Stage;
  readonly #hud: Hud;
  readonly #sounds = new Sounds();
  readonly #keys = new KeyboardMouse(byId("stage"));
  readonly #sticks = new TouchSticks(byId("sticks"));
  readonly #command: Command = { moveX: 0, moveY: 0, aim: 0, fire: false, reload: false };
  #me: ArenaSight["me"];

  constructor(link: ArenaLink, stage: Stage) {
    this.#link = link;
    this.#stage = stage;
    this.#hud = new Hud(link, () => {
      this.#sounds.toggle();
      return this.#sounds.on;
    });
    link.onHit = (hit) => this.#hit(hit);
    link.onKill = (kill) => this.#kill(kill);
    stage.bolts.onShot = (_owner, x, y) => this.#sound("shot", x, y);
    stage.fleet.onDeath = ({ mine, x, y }) => {
      this.#sound("burst", x, y);
      stage.camera.shake(mine ? 0.8 : 0.25);
    };
    stage.fleet.onArrival = ({ x, y }) => this.#sound("rise", x, y);
    // Whoever closes the page has left: no ship without a captain stays behind for as long as a seat is kept.
    window.addEventListener("pagehide", () => link.leave());
    byId("stage").classList.add("aiming");
  }

  frame(seconds: number, now: number): void {
    const touch = document.documentElement.classList.contains("touch");
    (touch ? this.#sticks : this.#keys).read(this.#command);
    const sight = this.#link.frame(this.#command, now);
    this.#me = sight.me;
    this.#stage.draw(sight, this.#hud.roster.nameOf, seconds, now);
    this.#hud.update(sight, this.#stage.camera, now);
    if (!sight.me) return;
    this.#keys.originX = this.#stage.camera.toScreenX(sight.me.x);
    this.#keys.originY = this.#stage.camera.toScreenY(sight.me.y);
  }

  #hit(hit: Hit): void {
    this.#stage.showHit(hit);
    this.#hud.showHit(hit);
    if (hit.victim === this.#link.player) this.#sound("hurt");
    else if (hit.by === this.#link.player) this.#sound("hit");
  }

  #kill(kill: Kill): void {
    this.#hud.showKill(kill);
    if (kill.by === this.#link.player) this.#sound("kill");
  }

  /** Heard from where my ship is; without a place, in the middle of the head. */
  #sound(name: SoundName, x = this.#me?.x ?? 0, y = this.#me?.y ?? 0): void {
    const dx = x - (this.#me?.x ?? 0);
    const dy = y - (this.#me?.y ?? 0);
    this.#sounds.play(name, Math.hypot(dx, dy), dx / 16);
  }
}
