import { Container, Sprite, Texture, TilingSprite } from "pixi.js";
import { HALF } from "../../shared/map.ts";
import { palette } from "./palette.ts";
import type { Quality } from "./quality.ts";
import { paintSeaChart } from "./sea-chart.ts";
import type { Textures } from "./textures.ts";

/** Metres to which one tile of the net of light is stretched, and its strength. Two layers that drift apart look like water. */
const CAUSTICS: readonly (readonly [tileMetres: number, alpha: number])[] = [
  [21, 0.07],
  [13, 0.05],
];
/** Seconds from one tide to the next: a ring of light that runs from the centre to the walls. */
const TIDE_SECONDS = 9;
const TIDE_TRAVEL_SECONDS = 5;

/** The sea bed: a painted chart with a net of moving light, crossed by the tide from time to time. */
export class Floor {
  readonly container = new Container();
  readonly #caustics: TilingSprite[] = [];
  readonly #tide: Sprite;
  #seconds = 0;

  constructor(textures: Textures, quality: Quality) {
    const chart = new Sprite(Texture.from(paintSeaChart()));
    chart.position.set(-HALF);
    chart.setSize(2 * HALF);
    this.container.addChild(chart);

    for (const [tileMetres, alpha] of CAUSTICS.slice(0, quality.causticLayers)) {
      const layer = new TilingSprite({ texture: textures.caustics, width: 2 * HALF, height: 2 * HALF });
      layer.tileScale.set(tileMetres / textures.caustics.width);
      layer.position.set(-HALF);
      layer.tint = palette.tide;
      layer.alpha = alpha;
      layer.blendMode = "add";
      this.#caustics.push(layer);
    }
    this.#tide = new Sprite(textures.wave);
    this.#tide.anchor.set(0.5);
    this.#tide.tint = palette.tide;
    this.#tide.blendMode = "add";
    this.#tide.renderable = quality.tide;
    this.container.addChild(...this.#caustics, this.#tide);
  }

  update(seconds: number): void {
    this.#seconds += seconds;
    this.#caustics[0]?.tilePosition.set(this.#seconds * 0.5, this.#seconds * 0.28);
    this.#caustics[1]?.tilePosition.set(-this.#seconds * 0.34, this.#seconds * 0.4);
    const travelled = (this.#seconds % TIDE_SECONDS) / TIDE_TRAVEL_SECONDS;
    this.#tide.visible = travelled < 1;
    this.#tide.setSize(8 + 130 * travelled);
    this.#tide.alpha = 0.2 * (1 - travelled);
  }
}
