import type { Held } from "./sight.ts";

type Name = keyof Held;

const KEYS: Readonly<Record<string, Name>> = {
  KeyA: "left",
  KeyD: "right",
  KeyW: "up",
  KeyS: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  KeyJ: "light",
  KeyK: "heavy",
  KeyL: "special",
  Space: "dash",
};

/** Buttons of a gamepad in the standard layout. */
const PAD: readonly (readonly [number, Name])[] = [
  [14, "left"],
  [15, "right"],
  [12, "up"],
  [13, "down"],
  [2, "light"],
  [3, "heavy"],
  [1, "special"],
  [0, "dash"],
  [5, "dash"],
];
/** How far a stick is pushed before it counts. */
const STICK = 0.45;

/** What the player holds, on keys, pads of the page and a gamepad together. */
export class Controls {
  /** Called with the code of any key that is no control. */
  onOtherKey: (code: string) => void = () => {};
  readonly #codes = new Set<string>();
  /** Pressed since the last picture: what was let go again before it still counts, once. */
  readonly #pressed = new Set<Name>();
  /** By pointer: the pad it is on. */
  readonly #touches = new Map<number, HTMLElement>();
  readonly #held: Held = {
    left: false,
    right: false,
    up: false,
    down: false,
    light: false,
    heavy: false,
    special: false,
    dash: false,
  };

  constructor(pads: HTMLElement) {
    window.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.code in KEYS) {
        this.#codes.add(event.code);
        if (!event.repeat) this.#pressed.add(KEYS[event.code]);
        // Buttons of the page keep their keys.
        if (!(event.target instanceof HTMLButtonElement)) event.preventDefault();
      } else if (!event.repeat) this.onOtherKey(event.code);
    });
    window.addEventListener("keyup", ({ code }) => this.#codes.delete(code));
    window.addEventListener("blur", () => this.#codes.clear());
    const touch = (event: PointerEvent): void => {
      const under = document.elementFromPoint(event.clientX, event.clientY);
      this.#lift(event.pointerId);
      if (!(under instanceof HTMLElement) || under.dataset["hold"] === undefined) return;
      this.#touches.set(event.pointerId, under);
      this.#pressed.add(under.dataset["hold"] as Name);
      under.classList.add("held");
    };
    pads.addEventListener("pointerdown", (event) => {
      const { target, pointerId } = event;
      if (target instanceof HTMLElement && target.hasPointerCapture(pointerId))
        target.releasePointerCapture(pointerId);
      touch(event);
    });
    // A thumb slides from one to the next without being lifted.
    window.addEventListener("pointermove", (event) => {
      if (this.#touches.has(event.pointerId)) touch(event);
    });
    for (const end of ["pointerup", "pointercancel"] as const)
      window.addEventListener(end, ({ pointerId }) => this.#lift(pointerId));
  }

  read(): Held {
    for (const name of Object.keys(this.#held) as Name[]) this.#held[name] = false;
    for (const name of this.#pressed) this.#held[name] = true;
    this.#pressed.clear();
    for (const code of this.#codes) this.#held[KEYS[code]] = true;
    for (const { dataset } of this.#touches.values()) this.#held[dataset["hold"] as Name] = true;
    for (const pad of navigator.getGamepads()) {
      if (pad === null) continue;
      for (const [button, name] of PAD) if (pad.buttons[button]?.pressed) this.#held[name] = true;
      const [x = 0, y = 0] = pad.axes;
      if (x < -STICK) this.#held.left = true;
      if (x > STICK) this.#held.right = true;
      if (y < -STICK) this.#held.up = true;
      if (y > STICK) this.#held.down = true;
    }
    return this.#held;
  }

  #lift(pointer: number): void {
    const pad = this.#touches.get(pointer);
    this.#touches.delete(pointer);
    if (![...this.#touches.values()].includes(pad!)) pad?.classList.remove("held");
  }
}
