import { Container, Sprite, type Texture } from "pixi.js";

export interface ParticleStyle {
  readonly texture: Texture;
  readonly tint: number;
  readonly seconds: number;
  /** Metres at birth and at the end. */
  readonly size: number;
  readonly endSize: number;
  readonly alpha: number;
  /** Share of the speed left after one second. Default: 1. */
  readonly drag?: number;
}

interface Particle {
  readonly sprite: Sprite;
  style: ParticleStyle;
  vx: number;
  vy: number;
  age: number;
}

/** More than this many at once would not be seen, only paid for. */
const LIMIT = 500;

/** Short-lived lights. Sprites are kept and used again: nothing is created while the ball rolls. */
export class Particles {
  readonly container = new Container();
  readonly #alive: Particle[] = [];
  readonly #free: Sprite[] = [];

  emit(style: ParticleStyle, x: number, y: number, vx = 0, vy = 0): void {
    if (this.#alive.length >= LIMIT) return;
    const sprite = this.#free.pop() ?? this.#create();
    sprite.texture = style.texture;
    sprite.tint = style.tint;
    sprite.position.set(x, y);
    sprite.visible = true;
    const particle = { sprite, style, vx, vy, age: 0 };
    this.#alive.push(particle);
    show(particle);
  }

  update(seconds: number): void {
    for (let i = this.#alive.length - 1; i >= 0; i--) {
      const particle = this.#alive[i];
      particle.age += seconds;
      if (particle.age >= particle.style.seconds) {
        particle.sprite.visible = false;
        this.#free.push(particle.sprite);
        this.#alive[i] = this.#alive[this.#alive.length - 1];
        this.#alive.pop();
        continue;
      }
      const kept = (particle.style.drag ?? 1) ** seconds;
      particle.vx *= kept;
      particle.vy *= kept;
      particle.sprite.x += particle.vx * seconds;
      particle.sprite.y += particle.vy * seconds;
      show(particle);
    }
  }

  #create(): Sprite {
    const sprite = new Sprite();
    sprite.anchor.set(0.5);
    sprite.blendMode = "add";
    this.container.addChild(sprite);
    return sprite;
  }
}

function show({ sprite, style, age }: Particle): void {
  const share = age / style.seconds;
  sprite.setSize(style.size + (style.endSize - style.size) * share);
  sprite.alpha = style.alpha * (1 - share * share);
}
