import { Container, Graphics, Sprite, Text } from "pixi.js";
import { FULL_HEALTH } from "../../shared/rules.ts";
import type { PlayerSight } from "../sight.ts";
import type { Camera } from "./camera.ts";
import { palette, shipColour } from "./palette.ts";
import { reducedMotion } from "./reduced-motion.ts";
import { SHIP_TEXTURE_SCALE, type Textures } from "./textures.ts";

/** The health arc is built 60 times too large and scaled down: curves are cut into pieces by their size as built. */
const HEALTH_SCALE = 60;
const HEALTH_RADIUS = 0.74 * HEALTH_SCALE;
const HURT_FLASH_SECONDS = 0.14;

/** One ship as drawn: hull, rim in its colour, light on the floor, health arc while hurt, name above. */
export class Ship {
  readonly body = new Container();
  /** On the layer above the walls, in screen pixels, so that names stay crisp. */
  readonly label: Text;
  readonly colour: number;
  /** How far away the next spot of the wake is, in metres. */
  wakeDue = 0;
  lastX: number;
  lastY: number;
  lastHealth: number;
  readonly #glow: Sprite;
  readonly #hull: Sprite;
  readonly #rim: Sprite;
  readonly #shield: Sprite;
  readonly #flash: Sprite;
  readonly #health = new Graphics();
  #flashSeconds = 0;
  #drawnHealth = FULL_HEALTH;

  constructor(sight: PlayerSight, textures: Textures) {
    this.colour = shipColour(sight.owner, sight.mine);
    this.lastX = sight.x;
    this.lastY = sight.y;
    this.lastHealth = sight.hp;
    const part = (texture: Textures["glow"], metres: number, tint: number, alpha = 1) => {
      const sprite = new Sprite(texture);
      sprite.anchor.set(0.5);
      sprite.setSize(metres);
      sprite.tint = tint;
      sprite.alpha = alpha;
      return sprite;
    };
    const hullMetres = textures.hull.width / SHIP_TEXTURE_SCALE;
    this.#glow = part(textures.glow, sight.mine ? 4.6 : 3.4, this.colour, sight.mine ? 0.42 : 0.36);
    this.#glow.blendMode = "add";
    this.#hull = part(textures.hull, hullMetres, 0xffffff);
    this.#rim = part(textures.rim, hullMetres, this.colour);
    this.#shield = part(textures.hexagon, 1.9, palette.foam);
    this.#shield.blendMode = "add";
    this.#flash = part(textures.glow, 2.2, 0xffffff);
    this.#flash.blendMode = "add";
    this.#health.scale.set(1 / HEALTH_SCALE);
    this.body.addChild(this.#glow, this.#hull, this.#rim, this.#shield, this.#flash, this.#health);
    this.label = new Text({
      text: "",
      style: {
        fontFamily: "Chakra Petch",
        fontSize: 12,
        fontWeight: "600",
        fill: this.colour,
        stroke: { color: palette.abyss, width: 3 },
      },
      resolution: Math.max(2, window.devicePixelRatio),
      anchor: { x: 0.5, y: 1 },
    });
  }

  /** Glows white for a moment. */
  flash(): void {
    this.#flashSeconds = HURT_FLASH_SECONDS;
  }

  show(sight: PlayerSight, name: string, camera: Camera, seconds: number, now: number): void {
    const alive = sight.hp > 0;
    this.body.visible = alive;
    this.label.visible = alive && !sight.mine;
    this.#flashSeconds = Math.max(0, this.#flashSeconds - seconds);
    if (!alive) return;
    this.body.position.set(sight.x, sight.y);
    this.#hull.rotation = this.#rim.rotation = sight.aim;
    this.#flash.alpha = (this.#flashSeconds / HURT_FLASH_SECONDS) * (reducedMotion() ? 0.35 : 1);
    this.#shield.visible = sight.condition === "shielded";
    this.#shield.rotation = now / 900;
    this.#shield.alpha = 0.65 + (reducedMotion() ? 0 : 0.25 * Math.sin(now / 90));
    this.#drawHealth(sight.hp);
    if (this.label.text !== name) this.label.text = name;
    this.label.position.set(
      Math.round(camera.toScreenX(sight.x)),
      Math.round(camera.toScreenY(sight.y) - camera.pixelsPerMetre * 0.85),
    );
  }

  #drawHealth(hp: number): void {
    if (hp === this.#drawnHealth) return;
    this.#drawnHealth = hp;
    this.#health.clear();
    if (hp >= FULL_HEALTH) return;
    const start = -Math.PI / 2;
    this.#health
      .arc(0, 0, HEALTH_RADIUS, 0, Math.PI * 2)
      .stroke({ width: 4, color: palette.abyss, alpha: 0.6 });
    this.#health
      .beginPath()
      .arc(0, 0, HEALTH_RADIUS, start, start + (Math.PI * 2 * hp) / FULL_HEALTH)
      .stroke({ width: 5, color: hp <= 40 ? palette.coral : this.colour, cap: "round" });
  }

  destroy(): void {
    this.body.destroy({ children: true });
    this.label.destroy();
  }
}
