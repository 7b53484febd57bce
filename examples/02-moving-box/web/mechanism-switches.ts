import type { Mechanisms } from "@tidelock/client";
import { type Lesson, lessons } from "./lessons.ts";

type Name = keyof Mechanisms;

const SWITCHES: readonly { name: Name; key: string; title: string; on: string; off: string }[] = [
  {
    name: "prediction",
    key: "1",
    title: "Prediction",
    on: "the own box moves in the frame of the key press",
    off: "the own box moves when the server says so",
  },
  {
    name: "reconciliation",
    key: "2",
    title: "Reconciliation",
    on: "truth is compared with the prediction of the same tick",
    off: "truth of the past replaces the present",
  },
  {
    name: "interpolation",
    key: "3",
    title: "Interpolation",
    on: "others glide, a little in the past",
    off: "others jump, from snapshot to snapshot",
  },
  {
    name: "lagCompensation",
    key: "4",
    title: "Lag compensation",
    on: "shots are judged by what the shooter saw",
    off: "shots are judged by where targets are by now",
  },
];

/** The four switches, and the lessons that set them all at once. */
export class MechanismSwitches {
  readonly state: Mechanisms = { ...lessons.at(-1)!.on };
  /** Called when `state` has changed. */
  onChange: () => void = () => {};
  readonly #buttons = new Map<Name, HTMLButtonElement>();
  readonly #steps: HTMLButtonElement[] = [];
  readonly #text: HTMLElement;

  constructor(switches: HTMLElement, nav: HTMLElement, text: HTMLElement) {
    this.#text = text;
    for (const { name, key, title } of SWITCHES) {
      const button = document.createElement("button");
      button.setAttribute("role", "switch");
      button.innerHTML = `<kbd>${key}</kbd><span><b>${title}</b><small></small></span><i></i>`;
      button.addEventListener("click", () => this.#toggle(name));
      this.#buttons.set(name, button);
      switches.append(button);
    }
    lessons.forEach((lesson, i) => {
      const button = document.createElement("button");
      button.innerHTML = `<b>${i + 1}</b> ${lesson.title}`;
      button.addEventListener("click", () => this.choose(lesson));
      this.#steps.push(button);
      nav.append(button);
    });
    this.#show();
  }

  choose(lesson: Lesson): void {
    Object.assign(this.state, lesson.on);
    this.#show();
  }

  /** Takes a key by its code; true when it was one of these. */
  press(code: string): boolean {
    const found = SWITCHES.find(({ key }) => code === `Digit${key}` || code === `Numpad${key}`);
    if (found !== undefined) this.#toggle(found.name);
    return found !== undefined;
  }

  #toggle(name: Name): void {
    this.state[name] = !this.state[name];
    this.#show();
  }

  #show(): void {
    for (const { name, on, off } of SWITCHES) {
      const button = this.#buttons.get(name)!;
      button.setAttribute("aria-checked", String(this.state[name]));
      button.querySelector("small")!.textContent = this.state[name] ? on : off;
    }
    const at = lessons.findIndex(({ on }) => SWITCHES.every(({ name }) => on[name] === this.state[name]));
    this.#steps.forEach((step, i) => step.setAttribute("aria-pressed", String(i === at)));
    this.#text.textContent =
      lessons[at]?.text ?? "A combination of your own: see what each of them hides without the others.";
    this.onChange();
  }
}
