import { Container, Graphics } from "pixi.js";
import type { PlayerSight } from "../sight.ts";
import type { Camera } from "./camera.ts";
import { palette, shipColour } from "./palette.ts";

/** Ships nearer than this, in metres, are worth a mark at the edge of the screen. */
const NEAR = 34;
/** Pixels between the mark and the edge. */
const INSET = 26;
const HURT_SECONDS = 1.1;

/** What is dangerous outside the picture: arrows to ships near by, an arc towards whoever hit me. */
export class Threats {
  readonly container = new Container();
  readonly #arrows: Graphics[] = [];
  readonly #hurt: { arc: Graphics; angle: number; age: number }[] = [];

  /** Somebody at (x, y) hit me. */
  hurtFrom(x: number, y: number, me: PlayerSight): void {
    const arc = new Graphics()
      .arc(0, 0, 84, -0.32, 0.32)
      .stroke({ width: 6, color: palette.coral, cap: "round" });
    this.container.addChild(arc);
    this.#hurt.push({ arc, angle: Math.atan2(y - me.y, x - me.x), age: 0 });
  }

  update(
    players: readonly PlayerSight[],
    me: PlayerSight | undefined,
    camera: Camera,
    seconds: number,
  ): void {
    let used = 0;
    for (const player of players) {
      if (!me || player.mine || player.hp === 0 || camera.sees(player.x, player.y, 0.2)) continue;
      const distance = Math.hypot(player.x - me.x, player.y - me.y);
      if (distance > NEAR) continue;
      const arrow = this.#arrows[used] ?? this.#createArrow();
      used++;
      arrow.visible = true;
      arrow.tint = shipColour(player.owner, false);
      arrow.alpha = 0.95 - (0.7 * distance) / NEAR;
      const x = camera.toScreenX(player.x);
      const y = camera.toScreenY(player.y);
      arrow.position.set(
        Math.max(INSET, Math.min(camera.width - INSET, x)),
        Math.max(INSET, Math.min(camera.height - INSET, y)),
      );
      arrow.rotation = Math.atan2(y - arrow.y, x - arrow.x);
    }
    for (let i = used; i < this.#arrows.length; i++) this.#arrows[i].visible = false;

    for (let i = this.#hurt.length - 1; i >= 0; i--) {
      const mark = this.#hurt[i];
      mark.age += seconds;
      if (mark.age >= HURT_SECONDS || !me) {
        mark.arc.destroy();
        this.#hurt.splice(i, 1);
        continue;
      }
      mark.arc.position.set(camera.toScreenX(me.x), camera.toScreenY(me.y));
      mark.arc.rotation = mark.angle;
      mark.arc.alpha = 1 - mark.age / HURT_SECONDS;
    }
  }

  #createArrow(): Graphics {
    const arrow = new Graphics().poly([11, 0, -7, 8, -3, 0, -7, -8]).fill(0xffffff);
    this.#arrows.push(arrow);
    this.container.addChild(arrow);
    return arrow;
  }
}
