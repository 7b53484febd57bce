import { Container, Sprite } from "pixi.js";
import { isWall, CELL, HALF } from "../../shared/map.ts";
import { PLAYER_RADIUS } from "../../shared/rules.ts";
import type { BulletSight, PlayerSight } from "../sight.ts";
import type { Effects } from "./effects.ts";
import { palette, shipColour } from "./palette.ts";
import type { Textures } from "./textures.ts";

/** Metres of tail behind a bullet in full flight, and the width of its light. */
const TAIL = 2.3;
const WIDTH = 0.5;

interface Bolt {
  readonly body: Container;
  readonly tail: Sprite;
  readonly glow: Sprite;
  readonly core: Sprite;
  x: number;
  y: number;
  angle: number;
  tint: number;
  flown: number;
  /** Already stopped on this screen; waits for the server to agree. */
  spent: boolean;
  seen: number;
}

/** All bullets in sight: a white-hot head, a tail that grows out of the muzzle, light on what they pass. */
export class Bolts {
  readonly container = new Container();
  readonly #bolts = new Map<number, Bolt>();
  readonly #free: Bolt[] = [];
  readonly #textures: Textures;
  readonly #effects: Effects;
  #frame = 0;
  onShot: (owner: number, x: number, y: number) => void = () => {};

  constructor(textures: Textures, effects: Effects) {
    this.#textures = textures;
    this.#effects = effects;
  }

  update(
    bullets: readonly BulletSight[],
    players: readonly PlayerSight[],
    me: PlayerSight | undefined,
  ): void {
    this.#frame++;
    for (const bullet of bullets) {
      const bolt = this.#bolts.get(bullet.id) ?? this.#launch(bullet, bullet.owner === me?.owner);
      bolt.flown += Math.hypot(bullet.x - bolt.x, bullet.y - bolt.y);
      bolt.x = bullet.x;
      bolt.y = bullet.y;
      bolt.angle = Math.atan2(bullet.vy, bullet.vx);
      bolt.seen = this.#frame;
      if (!bolt.spent && players.some((player) => touches(bullet, player))) bolt.spent = true;
      bolt.body.visible = !bolt.spent;
      bolt.body.position.set(bullet.x, bullet.y);
      bolt.body.rotation = bolt.angle;
      bolt.tail.width = Math.max(0.6, Math.min(TAIL, bolt.flown));
    }
    for (const [id, bolt] of this.#bolts) {
      if (bolt.seen === this.#frame) continue;
      this.#bolts.delete(id);
      this.#free.push(bolt);
      bolt.body.visible = false;
      if (!bolt.spent) this.#end(bolt);
    }
  }

  /** A bullet that vanished beside a wall has hit it: no event is needed to say so. */
  #end(bolt: Bolt): void {
    for (const reach of [0, 0.3, 0.6]) {
      const x = bolt.x + Math.cos(bolt.angle) * reach;
      const y = bolt.y + Math.sin(bolt.angle) * reach;
      if (!isWall(Math.floor((x + HALF) / CELL), Math.floor((y + HALF) / CELL))) continue;
      return this.#effects.wallSparks(bolt.x, bolt.y, bolt.angle, bolt.tint);
    }
  }

  #launch(bullet: BulletSight, mine: boolean): Bolt {
    const bolt = this.#free.pop() ?? this.#create();
    bolt.tint = shipColour(bullet.owner, mine);
    bolt.glow.tint = bolt.tail.tint = bolt.tint;
    bolt.x = bullet.x;
    bolt.y = bullet.y;
    bolt.flown = 0;
    bolt.spent = false;
    this.#bolts.set(bullet.id, bolt);
    this.#effects.muzzleFlash(bullet.x, bullet.y, Math.atan2(bullet.vy, bullet.vx), bolt.tint);
    this.onShot(bullet.owner, bullet.x, bullet.y);
    return bolt;
  }

  #create(): Bolt {
    const body = new Container();
    const part = (
      texture: Textures["glow"],
      width: number,
      height: number,
      anchor: number,
      alpha: number,
    ) => {
      const sprite = new Sprite(texture);
      sprite.anchor.set(anchor, 0.5);
      sprite.setSize(width, height);
      sprite.alpha = alpha;
      sprite.blendMode = "add";
      body.addChild(sprite);
      return sprite;
    };
    const glow = part(this.#textures.glow, 2.4, 2.4, 0.5, 0.38);
    const tail = part(this.#textures.bolt, TAIL, WIDTH, 0.9, 0.9);
    const core = part(this.#textures.dot, 0.52, 0.3, 0.6, 1);
    core.tint = palette.foam;
    this.container.addChild(body);
    return { body, glow, tail, core, x: 0, y: 0, angle: 0, tint: 0, flown: 0, spent: false, seen: 0 };
  }
}

/** Other ships are drawn a little in the past: a bullet must not be seen to fly on through one of them. */
function touches(bullet: BulletSight, player: PlayerSight): boolean {
  if (player.owner === bullet.owner || player.hp === 0) return false;
  const dx = player.x - bullet.x;
  const dy = player.y - bullet.y;
  return dx * dx + dy * dy < PLAYER_RADIUS * PLAYER_RADIUS;
}
