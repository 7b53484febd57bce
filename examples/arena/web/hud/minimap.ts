import { HALF } from "../../shared/map.ts";
import type { ArenaSight } from "../sight.ts";
import { cssColour, palette, shipColour } from "../view/palette.ts";
import { traceWalls } from "../view/wall-outline.ts";
import { byId } from "./element.ts";

/** Redrawn this often; a small map need not keep up with the screen. */
const EVERY_MS = 50;

/**
 * The whole arena in a corner: walls, me with the way I look, and everybody the server lets me know of.
 * The canvas carries the same in figures for whoever cannot see it: data-x and data-y in metres, data-ships afloat.
 */
export class Minimap {
  readonly #canvas = byId("minimap") as HTMLCanvasElement;
  readonly #context = this.#canvas.getContext("2d")!;
  readonly #walls: HTMLCanvasElement;
  #drawnAt = 0;

  constructor() {
    this.#walls = document.createElement("canvas");
    this.#walls.width = this.#walls.height = this.#canvas.width;
    const context = this.#walls.getContext("2d")!;
    context.fillStyle = "rgba(47, 214, 214, 0.42)";
    context.beginPath();
    for (const { points, encloses } of traceWalls()) {
      if (encloses === "floor") continue;
      for (let i = 0; i < points.length; i += 2) {
        const to = i === 0 ? "moveTo" : "lineTo";
        context[to](this.#at(points[i]), this.#at(points[i + 1]));
      }
      context.closePath();
    }
    context.fill();
  }

  update({ players, me }: ArenaSight, now: number): void {
    if (now - this.#drawnAt < EVERY_MS) return;
    this.#drawnAt = now;
    const context = this.#context;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.drawImage(this.#walls, 0, 0);
    for (const player of players) {
      if (player.hp === 0 || player.mine) continue;
      this.#dot(player.x, player.y, 5.5, cssColour(shipColour(player.owner, false)));
    }
    const { dataset } = this.#canvas;
    dataset.ships = String(players.filter(({ hp }) => hp > 0).length);
    if (!me || me.hp === 0) return;
    dataset.x = me.x.toFixed(1);
    dataset.y = me.y.toFixed(1);
    const x = this.#at(me.x);
    const y = this.#at(me.y);
    context.fillStyle = "rgba(143, 247, 255, 0.16)";
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, 46, me.aim - 0.5, me.aim + 0.5);
    context.fill();
    this.#dot(me.x, me.y, 7, cssColour(palette.foam));
  }

  #dot(x: number, y: number, radius: number, colour: string): void {
    this.#context.fillStyle = colour;
    this.#context.beginPath();
    this.#context.arc(this.#at(x), this.#at(y), radius, 0, Math.PI * 2);
    this.#context.fill();
  }

  #at(metres: number): number {
    return ((metres + HALF) / (2 * HALF)) * this.#canvas.width;
  }
}
