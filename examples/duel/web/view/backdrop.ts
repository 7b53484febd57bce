import { Container, FillGradient, Graphics } from "pixi.js";
import { HALF_STAGE } from "../../shared/rules.ts";
import { palette } from "./palette.ts";
import { disc, oval, paint } from "./shapes.ts";

/** Something far away: it moves by this share of how the camera moves. */
interface Layer {
  readonly view: Container;
  readonly share: number;
}

const PETALS = 26;
/** Metres of scenery to either side: more than the widest screen shows. */
const FAR = 16;

/** A shrine at dusk, from the sky to the stage. Everything is drawn from shapes; nothing is loaded. */
export class Backdrop {
  readonly container = new Container();
  readonly #sky = new Graphics();
  readonly #world = new Container();
  readonly #petals = new Graphics();
  readonly #layers: readonly Layer[];
  readonly #drift = Array.from({ length: PETALS }, (_, i) => ({
    x: ((i * 7.31) % 14) - 7,
    y: (i * 1.77) % 4.5,
    turn: i * 1.3,
    size: 0.025 + ((i * 3) % 5) * 0.006,
  }));
  #skySize = "";

  constructor() {
    this.#layers = [
      { view: sun(), share: 0.1 },
      { view: range(palette.ranges[0], 1.55, 0.9, 1), share: 0.18 },
      { view: range(palette.ranges[1], 1.05, 0.75, 5), share: 0.3 },
      { view: range(palette.ranges[2], 0.62, 0.5, 9), share: 0.45 },
      { view: gate(), share: 0.62 },
      { view: pines(), share: 0.74 },
      { view: floor(), share: 1 },
    ];
    for (const { view } of this.#layers) this.#world.addChild(view);
    this.#world.addChild(this.#petals);
    this.container.addChild(this.#sky, this.#world);
  }

  /** `middle` is what the camera looks at, in metres; the world's origin is at (originX, originY) on the screen. */
  update(
    width: number,
    height: number,
    originX: number,
    originY: number,
    scale: number,
    middle: number,
    seconds: number,
  ): void {
    const size = `${Math.round(width)}x${Math.round(height)}`;
    if (size !== this.#skySize) {
      this.#skySize = size;
      this.#sky.clear().rect(0, 0, width, height).fill(skyGradient());
    }
    this.#world.position.set(originX, originY);
    this.#world.scale.set(scale, -scale);
    for (const { view, share } of this.#layers) view.x = middle * (1 - share);
    this.#petals.clear();
    for (const petal of this.#drift) {
      petal.turn += seconds * 1.6;
      petal.x += seconds * (0.35 + Math.sin(petal.turn) * 0.3);
      petal.y -= seconds * 0.22;
      if (petal.y < 0) petal.y += 4.5;
      if (petal.x > 8) petal.x -= 16;
      const flat = 0.35 + Math.abs(Math.sin(petal.turn * 1.4)) * 0.65;
      oval(this.#petals, petal.x + middle * 0.2, petal.y, petal.size, petal.size * flat);
      paint(this.#petals, 0xffb7b0, 0.75);
    }
  }
}

function skyGradient(): FillGradient {
  return new FillGradient({
    type: "linear",
    start: { x: 0, y: 0 },
    end: { x: 0, y: 1 },
    textureSpace: "local",
    colorStops: [
      { offset: 0, color: palette.skyTop },
      { offset: 0.34, color: palette.skyHigh },
      { offset: 0.62, color: palette.skyLow },
      { offset: 0.8, color: palette.horizon },
      { offset: 1, color: palette.horizon },
    ],
  });
}

function sun(): Graphics {
  const view = new Graphics();
  for (let ring = 0; ring < 12; ring++)
    paint(disc(view, 0, 2.15, 3.2 - ring * 0.15), palette.sun, 0.022 + ring * 0.004);
  paint(disc(view, 0, 2.15, 1.28), palette.sun);
  // Bands of haze before it.
  for (const [y, height, half] of [
    [1.5, 0.07, 1.5],
    [1.72, 0.045, 1.9],
    [2.4, 0.035, 2.2],
  ])
    paint(view.roundRect(-half + y * 0.3, y, half * 2, height, height / 2), palette.skyLow, 0.55);
  return view;
}

/** A ridge of hills; `seed` shifts its shape. */
function range(color: number, height: number, rough: number, seed: number): Graphics {
  const points: number[] = [-FAR, 0];
  for (let x = -FAR; x <= FAR; x += 0.2) {
    const wave =
      Math.sin(x * 0.55 + seed) + Math.sin(x * 1.27 + seed * 2.1) * 0.5 + Math.sin(x * 3.1 + seed) * 0.13;
    points.push(x, height + wave * rough * 0.42);
  }
  points.push(FAR, 0);
  return new Graphics().poly(points).fill(color);
}

function gate(): Graphics {
  const view = new Graphics();
  for (const side of [-1, 1]) {
    view.poly([
      side * 1.72 - 0.1,
      0,
      side * 1.6 - 0.085,
      3.05,
      side * 1.6 + 0.085,
      3.05,
      side * 1.72 + 0.1,
      0,
    ]);
    view.rect(side * 1.72 - 0.17, 0, 0.34, 0.5);
  }
  view.rect(-2.05, 2.45, 4.1, 0.17);
  view.rect(-0.12, 2.6, 0.24, 0.4);
  view.poly([
    -2.5, 3.32, -2.3, 3.0, 2.3, 3.0, 2.5, 3.32, 2.2, 3.22, 1.2, 3.16, 0, 3.14, -1.2, 3.16, -2.2, 3.22,
  ]);
  return view.fill(palette.gate);
}

function pines(): Graphics {
  const view = new Graphics();
  for (const [x, height, way] of [
    [-5.6, 3.1, 1],
    [-8.4, 2.4, -1],
    [5.9, 2.7, -1],
    [8.8, 3.3, 1],
  ]) {
    view.poly([
      x - 0.13,
      0,
      x + way * 0.12 - 0.05,
      height * 0.95,
      x + way * 0.12 + 0.05,
      height * 0.95,
      x + 0.15,
      0,
    ]);
    for (const [share, half] of [
      [0.5, 0.85],
      [0.68, 0.72],
      [0.84, 0.55],
      [0.97, 0.36],
    ]) {
      const at = x + way * 0.12 * share + ((share * 10) % 0.3) - 0.15;
      oval(view, at, height * share, half, 0.15);
      oval(view, at + half * 0.4, height * share + 0.08, half * 0.5, 0.14);
    }
  }
  for (const x of [-3.6, 3.8]) lantern(view, x);
  view.fill(palette.gate);
  for (const x of [-3.6, 3.8]) {
    view.rect(x - 0.08, 0.76, 0.16, 0.16).fill(0xffd27a);
    for (const radius of [0.5, 0.38, 0.26]) paint(disc(view, x, 0.84, radius), 0xffd27a, 0.09);
  }
  return view;
}

function lantern(view: Graphics, x: number): void {
  view
    .rect(x - 0.2, 0, 0.4, 0.12)
    .rect(x - 0.07, 0.1, 0.14, 0.55)
    .rect(x - 0.19, 0.62, 0.38, 0.1);
  view.rect(x - 0.15, 0.7, 0.3, 0.28).poly([x - 0.32, 0.96, x, 1.22, x + 0.32, 0.96]);
}

function floor(): Container {
  const edge = HALF_STAGE + 0.45;
  const view = new Graphics();
  view.rect(-FAR, -4, FAR * 2, 4.34).fill(palette.floor);
  // The light of the sun on the boards, and the joints between these.
  for (const [half, alpha] of [
    [3.6, 0.1],
    [2.2, 0.12],
    [1, 0.14],
  ])
    paint(view.poly([-half, 0.34, half, 0.34, half * 2.4, -2, -half * 2.4, -2]), palette.floorLight, alpha);
  paint(view.rect(-FAR, 0.3, FAR * 2, 0.05), palette.floorLight, 0.65);
  for (const y of [0.14, -0.12, -0.5, -1.05])
    paint(view.rect(-FAR, y, FAR * 2, 0.018 - y * 0.012), 0x000000, 0.35);
  for (let x = -10; x <= 10; x += 1.25)
    paint(view.poly([x, 0.3, x + 0.02, 0.3, x * 1.9 + 0.05, -2, x * 1.9, -2]), 0x000000, 0.28);
  for (const side of [-1, 1]) {
    view
      .rect(side * edge - 0.14, -0.3, 0.28, 2.2)
      .rect(side * edge - 0.2, 1.85, 0.4, 0.16)
      .fill(palette.ink);
    view.rect(side * edge - 0.16, 1.4, 0.32, 0.1).fill(palette.floorLight);
  }
  return view;
}
