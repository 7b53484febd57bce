/** A path as the sliders set it: the same for both players. */
export interface PathSetting {
  /** There and back, milliseconds. */
  latencyMs: number;
  /** Each way, milliseconds. */
  jitterMs: number;
  /** Each way, percent. */
  lossPercent: number;
  /** Snapshots per second. */
  snapshotRate: number;
}

const RATES = [5, 10, 15, 30];
const PRESETS: Readonly<Record<string, PathSetting>> = {
  "same house": { latencyMs: 2, jitterMs: 0, lossPercent: 0, snapshotRate: 30 },
  "same country": { latencyMs: 40, jitterMs: 4, lossPercent: 0, snapshotRate: 30 },
  "over an ocean": { latencyMs: 150, jitterMs: 10, lossPercent: 2, snapshotRate: 15 },
  "bad Wi-Fi": { latencyMs: 140, jitterMs: 50, lossPercent: 5, snapshotRate: 15 },
  "to the moon": { latencyMs: 600, jitterMs: 0, lossPercent: 0, snapshotRate: 15 },
};
const START = "over an ocean";

const SLIDERS: readonly { name: keyof PathSetting; title: string; max: number; unit: string }[] = [
  { name: "latencyMs", title: "Round trip", max: 600, unit: "ms" },
  { name: "jitterMs", title: "Jitter", max: 100, unit: "ms" },
  { name: "lossPercent", title: "Loss", max: 20, unit: "%" },
  { name: "snapshotRate", title: "Snapshots", max: RATES.length - 1, unit: "/ s" },
];

/** Presets and sliders of the emulated path. */
export class PathControls {
  readonly setting: PathSetting = { ...PRESETS[START] };
  #name: string | undefined = START;
  /** Called when `setting` has changed. */
  onChange: () => void = () => {};
  readonly #show: () => void;

  constructor(presets: HTMLElement, sliders: HTMLElement) {
    const buttons = Object.keys(PRESETS).map((name) => {
      const button = document.createElement("button");
      button.textContent = name;
      button.addEventListener("click", () => this.#choose(name));
      presets.append(button);
      return button;
    });
    const rows = SLIDERS.map(({ name, title, max, unit }) => {
      const label = document.createElement("label");
      label.innerHTML = `<span>${title}</span><input type="range" min="0" max="${max}" /><output></output>`;
      const slider = label.querySelector("input")!;
      slider.addEventListener("input", () => {
        const value = Number(slider.value);
        this.setting[name] = name === "snapshotRate" ? RATES[value] : value;
        this.#name = undefined;
        this.#changed();
      });
      sliders.append(label);
      return () => {
        const value = this.setting[name];
        slider.value = String(name === "snapshotRate" ? RATES.indexOf(value) : value);
        label.querySelector("output")!.textContent = `${value} ${unit}`;
      };
    });
    this.#show = () => {
      for (const row of rows) row();
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(button.textContent === this.#name));
    };
    this.#show();
  }

  #choose(name: string): void {
    Object.assign(this.setting, PRESETS[name]);
    this.#name = name;
    this.#changed();
  }

  #changed(): void {
    this.#show();
    this.onChange();
  }
}
