import { byId, make } from "../hud/element.ts";
import { Chart } from "./chart.ts";
import type { Measures } from "./measures.ts";

const SAMPLE_MS = 50;
const TEXT_MS = 250;

export interface PresetChoice {
  readonly names: readonly string[];
  choose(name: string): void;
}

/** The net graph: a lagometer, the figures behind it, and a choice of worse networks to try the game on. */
export class Netgraph {
  readonly #root = byId("netgraph");
  readonly #chart: Chart;
  readonly #values = new Map<string, HTMLElement>();
  #sampledAt = 0;
  #writtenAt = 0;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(presets: PresetChoice) {
    const canvas = document.createElement("canvas");
    this.#chart = new Chart(canvas);
    const list = make("dl");
    for (const label of [
      "Round trip",
      "Jitter",
      "Loss",
      "Snapshot age",
      "Lead",
      "Interpolation",
      "Corrections",
      "In",
      "Out",
    ]) {
      const cell = make("div");
      const value = make("dd", "", "–");
      cell.append(make("dt", "", label), value);
      list.append(cell);
      this.#values.set(label, value);
    }
    this.#root.append(canvas, list, presetButtons(presets));
  }

  toggle(): void {
    this.#root.hidden = !this.#root.hidden;
  }

  update(measures: Measures, now: number): void {
    if (now - this.#sampledAt >= SAMPLE_MS) {
      this.#sampledAt = now;
      this.#chart.sample(measures);
      if (!this.#root.hidden) this.#chart.draw();
    }
    if (now - this.#writtenAt < TEXT_MS) return;
    const seconds = (now - this.#writtenAt) / 1000;
    this.#writtenAt = now;
    const kilobytes = (bytes: number) => `${(bytes / seconds / 1000).toFixed(1)} kB/s`;
    this.#write("Round trip", `${Math.round(measures.rttMs)} ms`);
    this.#write("Jitter", `${measures.jitterMs.toFixed(1)} ms`);
    this.#write("Loss", `${(measures.loss * 100).toFixed(1)} %`);
    this.#write("Snapshot age", `${Math.round(measures.snapshotAgeMs)} ms`);
    this.#write("Lead", `${measures.leadTicks.toFixed(1)} ticks`);
    this.#write("Interpolation", `${Math.round(measures.interpolationMs)} ms`);
    this.#write("Corrections", String(measures.corrections));
    this.#write("In", kilobytes(measures.bytesIn - this.#bytesIn));
    this.#write("Out", kilobytes(measures.bytesOut - this.#bytesOut));
    this.#bytesIn = measures.bytesIn;
    this.#bytesOut = measures.bytesOut;
  }

  #write(label: string, text: string): void {
    const value = this.#values.get(label);
    if (value && value.textContent !== text) value.textContent = text;
  }
}

function presetButtons({ names, choose }: PresetChoice): HTMLElement {
  const row = make("div", "presets");
  row.append(make("p", "", "Play on a worse network"));
  const buttons = names.map((name) => {
    const button = make("button", "chip", name);
    button.addEventListener("click", () => {
      choose(name);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
    return button;
  });
  buttons[0]?.setAttribute("aria-pressed", "true");
  row.append(...buttons);
  return row;
}
