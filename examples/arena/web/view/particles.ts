import { Container, Sprite, type Texture } from "pixi.js";

export interface ParticleStyle {
  readonly texture: Texture;
  readonly tint: number;
  readonly seconds: number;
  /** Metres at birth and at the end. */
  readonly size: number;
  readonly endSize: number;
  readonly alpha: number;
  /** Share of the speed left after one second. */
  readonly drag?: number;
  /** Length over width, for sparks that point along their way. */
  readonly stretch?: number;
}

interface Particle {
  readonly sprite: Sprite;
  style: ParticleStyle;
  vx: number;
  vy: number;
  age: number;
}

/** More than this many at once would not be seen, only paid for. */
const LIMIT = 700;

/** Short-lived lights. Sprites are kept and used again: nothing is created while the fight goes on. */
export class Particles {
  readonly container = new Container();
  readonly #alive: Particle[] = [];
  readonly #free: Particle[] = [];

  emit(style: ParticleStyle, x: number, y: number, vx = 0, vy = 0): void {
    if (this.#alive.length >= LIMIT) return;
    const particle = this.#free.pop() ?? this.#create();
    particle.style = style;
    particle.vx = vx;
    particle.vy = vy;
    particle.age = 0;
    const { sprite } = particle;
    sprite.texture = style.texture;
    sprite.tint = style.tint;
    sprite.position.set(x, y);
    sprite.rotation = Math.atan2(vy, vx);
    sprite.visible = true;
    this.#alive.push(particle);
    this.#show(particle);
  }

  update(seconds: number): void {
    for (let i = this.#alive.length - 1; i >= 0; i--) {
      const particle = this.#alive[i];
      particle.age += seconds;
      if (particle.age >= particle.style.seconds) {
        particle.sprite.visible = false;
        this.#alive[i] = this.#alive[this.#alive.length - 1];
        this.#alive.pop();
        this.#free.push(particle);
        continue;
      }
      const keep = (particle.style.drag ?? 1) ** seconds;
      particle.vx *= keep;
      particle.vy *= keep;
      particle.sprite.x += particle.vx * seconds;
      particle.sprite.y += particle.vy * seconds;
      this.#show(particle);
    }
  }

  #show({ sprite, style, age }: Particle): void {
    const share = age / style.seconds;
    const size = style.size + (style.endSize - style.size) * share;
    sprite.setSize(size * (style.stretch ?? 1), size);
    sprite.alpha = style.alpha * (1 - share * share);
  }

  #create(): Particle {
    const sprite = new Sprite();
    sprite.anchor.set(0.5);
    sprite.blendMode = "add";
    this.container.addChild(sprite);
    return { sprite, style: undefined as never, vx: 0, vy: 0, age: 0 };
  }
}
