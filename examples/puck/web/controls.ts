/** What the player wants, as directions on the screen. */
export interface Wish {
  moveX: number;
  moveY: number;
  boost: boolean;
}

const KEYS = {
  left: ["KeyA", "ArrowLeft"],
  right: ["KeyD", "ArrowRight"],
  up: ["KeyW", "ArrowUp"],
  down: ["KeyS", "ArrowDown"],
  boost: ["Space", "ShiftLeft", "ShiftRight"],
};
/** Pixels from the middle of the stick to full thrust. */
const THROW = 50;
/** Share of the throw in which a resting thumb means nothing. */
const DEAD_ZONE = 0.12;

/** Keys, and on a touch screen a stick that comes to the thumb and a button. */
export class Controls {
  /** Keys that do not drive, by code. */
  onKey: (code: string) => void = () => {};
  readonly #held = new Set<string>();
  readonly #stick: HTMLElement;
  #pointer: number | undefined;
  #centre = { x: 0, y: 0 };
  #push = { x: 0, y: 0 };
  #boosts = false;

  constructor(surface: HTMLElement, stick: HTMLElement, boost: HTMLElement) {
    this.#stick = stick;
    addEventListener("keydown", (event) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      this.#held.add(event.code);
      if (Object.values(KEYS).some((codes) => codes.includes(event.code))) event.preventDefault();
      else this.onKey(event.code);
    });
    addEventListener("keyup", ({ code }) => this.#held.delete(code));
    // A key released while the window is in the background is never reported: let go of everything.
    addEventListener("blur", () => this.#held.clear());
    surface.addEventListener("pointerdown", (event) => this.#press(event));
    surface.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"] as const)
      surface.addEventListener(end, (event) => this.#lift(event));
    boost.addEventListener("pointerdown", (event) => {
      boost.setPointerCapture(event.pointerId);
      this.#boosts = true;
      event.stopPropagation();
    });
    for (const end of ["pointerup", "pointercancel"])
      boost.addEventListener(end, () => (this.#boosts = false));
    this.#rest();
    addEventListener("resize", () => this.#rest());
  }

  read(): Wish {
    const on = (codes: readonly string[]): number => (codes.some((code) => this.#held.has(code)) ? 1 : 0);
    return {
      moveX: clamp(on(KEYS.right) - on(KEYS.left) + this.#push.x),
      moveY: clamp(on(KEYS.down) - on(KEYS.up) + this.#push.y),
      boost: on(KEYS.boost) === 1 || this.#boosts,
    };
  }

  #press(event: PointerEvent): void {
    if (this.#pointer !== undefined) return;
    this.#pointer = event.pointerId;
    this.#centre = { x: event.clientX, y: event.clientY };
    this.#place(event.clientX, event.clientY);
    event.preventDefault();
  }

  #drag(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    const x = (event.clientX - this.#centre.x) / THROW;
    const y = (event.clientY - this.#centre.y) / THROW;
    const length = Math.hypot(x, y);
    const share = length < DEAD_ZONE ? 0 : 1 / Math.max(1, length);
    this.#push = { x: x * share, y: y * share };
    const shown = THROW / Math.max(1, length);
    this.#knob().style.transform = `translate(${x * shown}px, ${y * shown}px)`;
  }

  #lift(event: PointerEvent): void {
    if (event.pointerId === this.#pointer) this.#rest();
  }

  #rest(): void {
    this.#pointer = undefined;
    this.#push = { x: 0, y: 0 };
    this.#knob().style.transform = "";
    this.#place(110, innerHeight - 110);
  }

  #knob(): HTMLElement {
    return this.#stick.querySelector("i") ?? this.#stick;
  }

  #place(x: number, y: number): void {
    const box = this.#stick.parentElement?.getBoundingClientRect();
    this.#stick.style.left = `${x}px`;
    this.#stick.style.top = `${y}px`;
    if (box) this.#stick.style.position = "fixed";
  }
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
