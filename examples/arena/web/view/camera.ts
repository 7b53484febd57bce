import { HALF } from "../../shared/map.ts";
import type { PlayerSight } from "../sight.ts";
import { reducedMotion } from "./reduced-motion.ts";
import { type Inset, visibleMiddle } from "./visible-middle.ts";

/** Square metres a screen shows, whatever its shape: a phone sees as much of the arena as a monitor. */
const VISIBLE_SQUARE_METRES = 850;
/** On a small screen ships would become too small to aim at: it rather sees less. */
const FEWEST_PIXELS_PER_METRE = 22;
/** Metres the picture moves ahead of the ship, towards the aim. */
const LOOK_AHEAD = 3.2;
/** Shares of the remaining distance that the camera makes up per second, as an exponential rate. */
const FOLLOW_RATE = 14;
const LOOK_RATE = 3.5;
const SHAKE_METRES = 0.55;
/** A ship that is further away than this, in metres, has been put there: the camera goes along at once. */
const JUMP = 12;

/** Follows the ship, leans towards the aim, and trembles a little when it is hit. */
export class Camera {
  x = 0;
  y = 0;
  pixelsPerMetre = 32;
  #width = 0;
  #height = 0;
  #focusX = 0;
  #focusY = 0;
  #lookX = 0;
  #lookY = 0;
  #trauma = 0;
  #seconds = 0;
  #following = false;
  #inset: Inset = { top: 0, bottom: 0 };

  /** `inset`: the bands of the screen, in pixels, under which no ship should have to be looked for. */
  resize(width: number, height: number, inset: Inset): void {
    this.#width = width;
    this.#height = height;
    this.#inset = inset;
    this.pixelsPerMetre = Math.max(
      FEWEST_PIXELS_PER_METRE,
      Math.sqrt((width * height) / VISIBLE_SQUARE_METRES),
    );
  }

  /** Adds a share (0 to 1) to the shaking, which fades within half a second. */
  shake(share: number): void {
    if (reducedMotion()) return;
    this.#trauma = Math.min(1, this.#trauma + share);
  }

  follow(me: PlayerSight | undefined, seconds: number): void {
    this.#seconds += seconds;
    if (me) {
      const far = Math.hypot(me.x - this.#focusX, me.y - this.#focusY) > JUMP;
      const share = far || !this.#following ? 1 : 1 - Math.exp(-FOLLOW_RATE * seconds);
      this.#focusX += (me.x - this.#focusX) * share;
      this.#focusY += (me.y - this.#focusY) * share;
      const look = me.hp > 0 ? LOOK_AHEAD : 0;
      const lookShare = 1 - Math.exp(-LOOK_RATE * seconds);
      this.#lookX += (Math.cos(me.aim) * look - this.#lookX) * lookShare;
      this.#lookY += (Math.sin(me.aim) * look - this.#lookY) * lookShare;
      this.#following = true;
    } else if (!this.#following) {
      // Nobody to follow yet: drift over the arena behind the join screen.
      this.#focusX = Math.sin(this.#seconds * 0.07) * 14;
      this.#focusY = Math.cos(this.#seconds * 0.09) * 12;
    }
    this.#trauma = Math.max(0, this.#trauma - seconds * 2);
    const shake = this.#trauma * this.#trauma * SHAKE_METRES;
    const { pixelsPerMetre } = this;
    const top = this.#inset.top / pixelsPerMetre;
    const bottom = this.#inset.bottom / pixelsPerMetre;
    const middleX = visibleMiddle(this.#focusX + this.#lookX, HALF, this.#width / pixelsPerMetre, 0, 0);
    const middleY = visibleMiddle(
      this.#focusY + this.#lookY,
      HALF,
      this.#height / pixelsPerMetre,
      top,
      bottom,
    );
    this.x = middleX + Math.sin(this.#seconds * 71) * shake;
    this.y = middleY + Math.sin(this.#seconds * 83 + 2) * shake;
  }

  toScreenX(x: number): number {
    return (x - this.x) * this.pixelsPerMetre + this.#width / 2;
  }

  toScreenY(y: number): number {
    return (y - this.y) * this.pixelsPerMetre + this.#height / 2;
  }

  /** Whether a circle in the world touches the screen. */
  sees(x: number, y: number, radius: number): boolean {
    const halfWidth = this.#width / 2 / this.pixelsPerMetre + radius;
    const halfHeight = this.#height / 2 / this.pixelsPerMetre + radius;
    return Math.abs(x - this.x) < halfWidth && Math.abs(y - this.y) < halfHeight;
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }
}
