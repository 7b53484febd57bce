import type { Command, Controls } from "./command.ts";

/** Pixels from the middle of a stick to full deflection. */
const THROW = 52;
/** Share of the throw in which a resting thumb means nothing. */
const DEAD_ZONE = 0.14;
/** The gun fires once its stick is pushed this far: nearer the middle it only aims. */
const FIRE_AT = 0.45;

interface Stick {
  readonly element: HTMLElement;
  readonly knob: HTMLElement;
  readonly homeX: number;
  pointer: number | undefined;
  centreX: number;
  centreY: number;
  x: number;
  y: number;
}

/** Two sticks that appear under the thumbs: the left half of the screen sails, the right half aims and fires. */
export class TouchSticks implements Controls {
  readonly #surface: HTMLElement;
  readonly #sail: Stick;
  readonly #gun: Stick;
  #aim = 0;

  constructor(surface: HTMLElement) {
    this.#surface = surface;
    this.#sail = this.#createStick("sail", 0.22);
    this.#gun = this.#createStick("gun", 0.78);
    surface.addEventListener("pointerdown", (event) => this.#press(event));
    surface.addEventListener("pointermove", (event) => this.#drag(event));
    surface.addEventListener("pointerup", (event) => this.#lift(event));
    surface.addEventListener("pointercancel", (event) => this.#lift(event));
    window.addEventListener("resize", () => this.#goHome());
    this.#goHome();
  }

  read(command: Command): void {
    command.moveX = this.#sail.x;
    command.moveY = this.#sail.y;
    const push = Math.hypot(this.#gun.x, this.#gun.y);
    // Without a thumb on the gun the ship looks where it sails.
    if (push > 0) this.#aim = Math.atan2(this.#gun.y, this.#gun.x);
    else if (this.#sail.x !== 0 || this.#sail.y !== 0) this.#aim = Math.atan2(this.#sail.y, this.#sail.x);
    command.aim = this.#aim;
    command.fire = push >= FIRE_AT;
    command.reload = false;
  }

  #press(event: PointerEvent): void {
    const stick = event.clientX < window.innerWidth / 2 ? this.#sail : this.#gun;
    if (stick.pointer !== undefined) return;
    stick.pointer = event.pointerId;
    this.#surface.setPointerCapture(event.pointerId);
    this.#place(stick, event.clientX, event.clientY);
    stick.element.classList.remove("idle");
    event.preventDefault();
  }

  #drag(event: PointerEvent): void {
    const stick = this.#heldBy(event);
    if (!stick) return;
    const dx = event.clientX - stick.centreX;
    const dy = event.clientY - stick.centreY;
    const length = Math.hypot(dx, dy);
    const push = Math.min(1, length / THROW);
    const share = length === 0 || push < DEAD_ZONE ? 0 : push / length;
    stick.x = dx * share;
    stick.y = dy * share;
    const shown = Math.min(1, THROW / Math.max(1, length));
    stick.knob.style.transform = `translate(${dx * shown}px, ${dy * shown}px)`;
  }

  #lift(event: PointerEvent): void {
    const stick = this.#heldBy(event);
    if (stick) this.#rest(stick);
  }

  #heldBy(event: PointerEvent): Stick | undefined {
    return [this.#sail, this.#gun].find((stick) => stick.pointer === event.pointerId);
  }

  #rest(stick: Stick): void {
    stick.pointer = undefined;
    stick.x = stick.y = 0;
    stick.knob.style.transform = "";
    stick.element.classList.add("idle");
    this.#place(stick, window.innerWidth * stick.homeX, window.innerHeight - 128);
  }

  #goHome(): void {
    this.#rest(this.#sail);
    this.#rest(this.#gun);
  }

  #place(stick: Stick, x: number, y: number): void {
    stick.centreX = x;
    stick.centreY = y;
    stick.element.style.left = `${x}px`;
    stick.element.style.top = `${y}px`;
  }

  #createStick(kind: string, homeX: number): Stick {
    const element = document.createElement("div");
    element.className = `stick ${kind} idle`;
    const knob = document.createElement("i");
    element.append(knob);
    this.#surface.append(element);
    return { element, knob, homeX, pointer: undefined, centreX: 0, centreY: 0, x: 0, y: 0 };
  }
}
