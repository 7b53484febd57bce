import { BOX_HALF, BOX_TOP, HALF_HEIGHT, HALF_WIDTH, TARGET_RADIUS } from "../../shared/rules.ts";
import { palette } from "./palette.ts";

/** What is somewhere to be seen: on a client's screen, or on the server. */
export interface Scene {
  readonly boxes: readonly { readonly owner: number; readonly x: number; readonly y: number }[];
  readonly targets: readonly { readonly id: number; readonly x: number; readonly y: number }[];
}

/** A beam that was shot, for as long as it glows. */
export interface Beam {
  readonly x: number;
  readonly y: number;
  readonly hit: number;
  /** Where the targets were that it was tested against: drawn as outlines, frozen. */
  readonly tested: Scene["targets"];
  readonly untilMs: number;
}

export const BEAM_MS = 900;

/** One of the three pictures. All have the same scale, so what is below each other is at the same place. */
export class Strip {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #beams: Beam[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  shoot(beam: Beam): void {
    this.#beams.push(beam);
  }

  /** Draws the scene and, as outlines, the `truth` that it lags behind. `a` is the player of the first seat. */
  draw(scene: Scene, truth: Scene | undefined, a: number, nowMs: number): void {
    const context = this.#context;
    if (context === null) return;
    this.#tell(scene, a);
    const scale = this.#fit(context);
    context.fillStyle = palette.ground;
    context.fillRect(-HALF_WIDTH, -HALF_HEIGHT, 2 * HALF_WIDTH, 2 * HALF_HEIGHT);
    context.lineWidth = 1 / scale;
    for (let x = 2 - HALF_WIDTH; x < HALF_WIDTH; x += 2)
      line(context, palette.grid, x, -HALF_HEIGHT, x, HALF_HEIGHT);
    line(context, palette.floor, -HALF_WIDTH, BOX_TOP - BOX_HALF, HALF_WIDTH, BOX_TOP - BOX_HALF);
    this.#beams = this.#beams.filter(({ untilMs }) => untilMs > nowMs);
    for (const beam of this.#beams)
      paintBeam(context, beam, Math.min(1, (beam.untilMs - nowMs) / (BEAM_MS / 2)), scale);
    for (const { x, y } of scene.targets) disc(context, palette.target, x, y);
    for (const { owner, x, y } of scene.boxes)
      if (owner === a) square(context, palette.a, "A", x, y);
      else square(context, palette.b, "B", x, y);
    if (truth === undefined) return;
    context.setLineDash([0.18, 0.14]);
    context.lineWidth = 1.5 / scale;
    context.strokeStyle = palette.ghost;
    for (const { x, y } of truth.targets) ring(context, x, y, TARGET_RADIUS);
    for (const { x, y } of truth.boxes)
      context.strokeRect(x - BOX_HALF, y - BOX_HALF, 2 * BOX_HALF, 2 * BOX_HALF);
    context.setLineDash([]);
  }

  /** What the picture shows, for those who cannot see it. */
  #tell({ boxes, targets }: Scene, a: number): void {
    const { dataset } = this.#canvas;
    for (const { owner, x } of boxes) dataset[owner === a ? "a" : "b"] = x.toFixed(3);
    dataset.targets = targets.map(({ x }) => x.toFixed(3)).join(" ");
  }

  /** Matches the canvas to its place in the page, and its units to those of the field. */
  #fit(context: CanvasRenderingContext2D): number {
    const width = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    const height = Math.round((width * HALF_HEIGHT) / HALF_WIDTH);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const scale = width / (2 * HALF_WIDTH);
    context.setTransform(scale, 0, 0, scale, width / 2, height / 2);
    return scale / devicePixelRatio;
  }
}

function paintBeam(context: CanvasRenderingContext2D, beam: Beam, glow: number, scale: number): void {
  const target = beam.tested.find(({ id }) => id === beam.hit);
  const colour = target === undefined ? palette.miss : palette.hit;
  context.globalAlpha = glow;
  context.lineWidth = 3 / scale;
  line(context, colour, beam.x, beam.y - BOX_HALF, beam.x, target?.y ?? -HALF_HEIGHT);
  context.lineWidth = 2 / scale;
  context.strokeStyle = colour;
  for (const { x, y } of beam.tested) ring(context, x, y, TARGET_RADIUS * 1.25);
  context.globalAlpha = 1;
}

function line(
  context: CanvasRenderingContext2D,
  colour: string,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function disc(context: CanvasRenderingContext2D, colour: string, x: number, y: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, TARGET_RADIUS, 0, 2 * Math.PI);
  context.fill();
}

function square(context: CanvasRenderingContext2D, colour: string, name: string, x: number, y: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x - BOX_HALF, y - BOX_HALF, 2 * BOX_HALF, 2 * BOX_HALF, 0.16);
  context.fill();
  context.fillStyle = palette.ground;
  context.font = "700 0.8px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillText(name, x, y + 0.28);
}
