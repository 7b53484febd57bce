import type { ArenaLink } from "../arena-link.ts";
import { isTyping } from "../input/keyboard-mouse.ts";
import { Badge } from "../netgraph/badge.ts";
import { NetPanel } from "../netgraph/net-panel.ts";
import type { Hit, Kill } from "../../shared/entities.ts";
import type { ArenaSight } from "../sight.ts";
import type { Camera } from "../view/camera.ts";
import { reducedMotion } from "../view/reduced-motion.ts";
import { Chat } from "./chat.ts";
import { byId } from "./element.ts";
import { Killfeed } from "./killfeed.ts";
import { Minimap } from "./minimap.ts";
import { Roster } from "./roster.ts";
import { Scoreboard } from "./scoreboard.ts";
import { Standing } from "./standing.ts";
import { Sunk } from "./sunk.ts";
import { Triumph } from "./triumph.ts";
import { Vitals } from "./vitals.ts";

/** Everything that lies over the picture. */
export class Hud {
  readonly roster = new Roster();
  readonly #link: ArenaLink;
  readonly #vitals = new Vitals();
  readonly #minimap = new Minimap();
  readonly #standing = new Standing();
  readonly #scoreboard = new Scoreboard();
  readonly #killfeed = new Killfeed();
  readonly #sunk = new Sunk();
  readonly #triumph = new Triumph();
  readonly #chat: Chat;
  readonly #netgraph: NetPanel;
  readonly #badge: Badge;
  readonly #hurt = byId("hurt");
  #trouble: string | undefined;
  #noticed: string | undefined;

  constructor(link: ArenaLink, toggleSound: () => boolean) {
    this.#link = link;
    this.#chat = new Chat((text) => link.say(text));
    this.#netgraph = new NetPanel(link);
    this.#badge = new Badge(() => this.#netgraph.toggle());
    this.roster.set(link.roster, link.player);
    link.onRoster = (entries) => this.roster.set(entries, link.player);
    link.onChat = (line) => this.#chat.add(line, this.roster);
    link.onTrouble = (text) => (this.#trouble = text);
    this.#listen(toggleSound);
    byId("hud").hidden = false;
    byId("sticks").hidden = false;
  }

  showHit(hit: Hit): void {
    if (hit.victim !== this.roster.me) return;
    const glare = reducedMotion() ? 0.4 : 1;
    this.#hurt.animate([{ opacity: glare }, { opacity: 0 }], { duration: 420, easing: "ease-out" });
  }

  showKill(kill: Kill): void {
    this.#killfeed.add(kill.by, kill.victim, this.roster);
    if (kill.victim === this.roster.me) this.#sunk.by(kill.by, this.roster);
    else if (kill.by === this.roster.me) this.#triumph.show(kill.victim, this.roster);
  }

  update(sight: ArenaSight, camera: Camera, now: number): void {
    this.#netgraph.update(sight, camera, now);
    this.#vitals.update(sight);
    this.#sunk.update(sight.me?.hp === 0, sight.cockpit.respawnSeconds);
    this.#minimap.update(sight, now);
    this.#standing.update(this.roster);
    this.#scoreboard.update(this.roster);
    this.#badge.update(this.#link.network.stats, now);
    this.#notice(this.#trouble ?? (sight.me ? undefined : "Connecting…"));
  }

  #notice(text: string | undefined): void {
    if (text === this.#noticed) return;
    this.#noticed = text;
    const notice = byId("notice");
    notice.hidden = text === undefined;
    notice.textContent = text ?? "";
  }

  #listen(toggleSound: () => boolean): void {
    const scores = byId("tool-scores");
    const sound = byId("tool-sound");
    const showSound = (on: boolean) => {
      sound.textContent = "♪";
      sound.title = on ? "Sound is on (M)" : "Sound is off (M)";
      sound.setAttribute("aria-pressed", String(on));
    };
    showSound(false);
    const showScores = (open: boolean) => {
      this.#scoreboard.open = open;
      scores.setAttribute("aria-pressed", String(open));
    };
    scores.addEventListener("click", () => showScores(!this.#scoreboard.open));
    // On a screen without keys the board itself is the nearest thing to tap.
    byId("scoreboard").addEventListener("click", () => showScores(false));
    sound.addEventListener("click", () => showSound(toggleSound()));
    byId("tool-chat").addEventListener("click", () => this.#chat.open());
    window.addEventListener("keydown", (event) => {
      if (event.code === "Tab") event.preventDefault();
      if (isTyping(event) || event.repeat) return;
      if (event.code === "Tab") showScores(true);
      else if (event.code === "KeyN") this.#netgraph.toggle();
      else if (event.code === "KeyM") showSound(toggleSound());
      else if (event.code === "Enter") {
        event.preventDefault();
        this.#chat.open();
      }
    });
    window.addEventListener("keyup", (event) => {
      if (event.code === "Tab") showScores(false);
    });
    // A button that keeps the focus would be pressed again by the space bar, which fires.
    byId("hud").addEventListener("pointerup", () => {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
    });
  }
}
