import type { Measures } from "./measures.ts";

/** One bar per sample, newest on the right. */
const BARS = 150;
const FULL_SCALE_MS = 250;

interface Bar {
  readonly rttMs: number;
  readonly ageMs: number;
  readonly corrected: boolean;
}

/** A lagometer: the age of the newest snapshot as bars, the round trip as a line, corrections as marks at the foot. */
export class Chart {
  readonly #canvas: HTMLCanvasElement;
  readonly #bars: Bar[] = [];
  #corrections = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    canvas.width = BARS * 4;
    canvas.height = 192;
  }

  sample(measures: Measures): void {
    const corrected = measures.corrections > this.#corrections;
    this.#corrections = measures.corrections;
    this.#bars.push({ rttMs: measures.rttMs, ageMs: measures.snapshotAgeMs, corrected });
    if (this.#bars.length > BARS) this.#bars.shift();
  }

  draw(): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d")!;
    const yOf = (ms: number) => height - (Math.min(FULL_SCALE_MS, ms) / FULL_SCALE_MS) * height;
    context.clearRect(0, 0, width, height);
    context.fillStyle = "#7fa6b5";
    context.font = '20px "Chakra Petch", sans-serif';
    for (const ms of [50, 100, 200]) {
      context.globalAlpha = 0.25;
      context.fillRect(0, yOf(ms), width, 1);
      context.globalAlpha = 0.8;
      context.fillText(`${ms} ms`, 2, yOf(ms) - 4);
    }
    context.globalAlpha = 1;
    const start = width - this.#bars.length * 4;
    this.#bars.forEach(({ ageMs, corrected }, i) => {
      context.fillStyle = ageMs > 200 ? "#ff5a6e" : ageMs > 100 ? "#ffb347" : "rgba(47, 214, 214, 0.75)";
      context.fillRect(start + i * 4, yOf(ageMs), 3, height - yOf(ageMs));
      if (!corrected) return;
      context.fillStyle = "#ff7bd0";
      context.fillRect(start + i * 4, height - 16, 3, 16);
    });
    context.strokeStyle = "#e8fbff";
    context.lineWidth = 3;
    context.beginPath();
    this.#bars.forEach(({ rttMs }, i) => context.lineTo(start + i * 4 + 2, yOf(rttMs)));
    context.stroke();
  }
}
