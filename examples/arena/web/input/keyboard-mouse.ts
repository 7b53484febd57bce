import type { Command, Controls } from "./command.ts";

const LEFT = ["KeyA", "ArrowLeft"];
const RIGHT = ["KeyD", "ArrowRight"];
const UP = ["KeyW", "ArrowUp"];
const DOWN = ["KeyS", "ArrowDown"];

/** Keys sail, the mouse aims from the ship and fires. Keys are read by place, so that WASD works on every layout. */
export class KeyboardMouse implements Controls {
  /** The ship's place on the screen, in CSS pixels: what the pointer aims from. */
  originX = window.innerWidth / 2;
  originY = window.innerHeight / 2;
  readonly #held = new Set<string>();
  #pointerX = window.innerWidth / 2 + 1;
  #pointerY = window.innerHeight / 2;
  #firing = false;

  constructor(surface: HTMLElement) {
    window.addEventListener("keydown", (event) => {
      if (!isTyping(event)) this.#held.add(event.code);
    });
    window.addEventListener("keyup", (event) => this.#held.delete(event.code));
    // A key released while the window is in the background is never reported: let go of everything.
    window.addEventListener("blur", () => this.release());
    // A key held while the chat opens writes from then on; it does not sail as well.
    window.addEventListener("focusin", (event) => {
      if (isTyping(event)) this.release();
    });
    window.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return;
      this.#pointerX = event.clientX;
      this.#pointerY = event.clientY;
    });
    surface.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch" && event.button === 0) this.#firing = true;
    });
    window.addEventListener("pointerup", (event) => {
      if (event.button === 0) this.#firing = false;
    });
    surface.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  release(): void {
    this.#held.clear();
    this.#firing = false;
  }

  read(command: Command): void {
    const pressed = (codes: string[]) => (codes.some((code) => this.#held.has(code)) ? 1 : 0);
    command.moveX = pressed(RIGHT) - pressed(LEFT);
    command.moveY = pressed(DOWN) - pressed(UP);
    command.aim = Math.atan2(this.#pointerY - this.originY, this.#pointerX - this.originX);
    command.fire = this.#firing || this.#held.has("Space");
    command.reload = this.#held.has("KeyR");
  }
}

export function isTyping(event: Event): boolean {
  return event.target instanceof HTMLInputElement;
}
