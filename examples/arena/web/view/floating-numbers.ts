import { Container, Text } from "pixi.js";
import type { Camera } from "./camera.ts";
import { palette } from "./palette.ts";

const SECONDS = 0.8;

interface FloatingNumber {
  readonly text: Text;
  x: number;
  y: number;
  age: number;
}

/** Damage as numbers that jump off a ship. */
export class FloatingNumbers {
  readonly container = new Container();
  readonly #shown: FloatingNumber[] = [];

  add(value: number, x: number, y: number, colour: number): void {
    const text = new Text({
      text: String(value),
      style: {
        fontFamily: "Chakra Petch",
        fontSize: 19,
        fontWeight: "700",
        fill: colour,
        stroke: { color: palette.abyss, width: 4 },
      },
      resolution: Math.max(2, window.devicePixelRatio),
      anchor: 0.5,
    });
    this.container.addChild(text);
    this.#shown.push({ text, x: x + (Math.random() - 0.5) * 0.9, y: y - 0.6, age: 0 });
  }

  update(camera: Camera, seconds: number): void {
    for (let i = this.#shown.length - 1; i >= 0; i--) {
      const number = this.#shown[i];
      number.age += seconds;
      const share = number.age / SECONDS;
      if (share >= 1) {
        number.text.destroy();
        this.#shown.splice(i, 1);
        continue;
      }
      const rise = 1.5 * (1 - (1 - share) ** 3);
      number.text.position.set(camera.toScreenX(number.x), camera.toScreenY(number.y - rise));
      number.text.scale.set(share < 0.12 ? 0.7 + share * 5 : 1.3 - 0.3 * share);
      number.text.alpha = share < 0.6 ? 1 : (1 - share) / 0.4;
    }
  }
}
