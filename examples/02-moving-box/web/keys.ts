/** What one player holds down. */
export interface Held {
  moveX: number;
  moveY: number;
  fire: boolean;
}

const A = { left: "KeyA", right: "KeyD", up: "KeyW", down: "KeyS", fire: "Space" };
const B = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown", fire: "Enter" };

/** The keyboard, and the buttons of a touch screen for A. */
export class Keys {
  /** A movement key of A was pressed; `atMs` is the time of the event. */
  onMoveA: (atMs: number) => void = () => {};
  /** Any other key, by its code. */
  onOther: (code: string) => void = () => {};
  readonly #held = new Set<string>();

  constructor() {
    addEventListener("keydown", (event) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      this.#press(event.code, event.timeStamp);
      const ours = [...Object.values(A), ...Object.values(B)].includes(event.code);
      // Space and Enter press the button that was clicked last, arrows move sliders and the page.
      if (ours) event.preventDefault();
    });
    addEventListener("keyup", ({ code }) => this.#held.delete(code));
    addEventListener("blur", () => this.#held.clear());
    for (const button of document.querySelectorAll<HTMLElement>("#touch [data-move]"))
      this.#touch(button, button.dataset.move === "1" ? A.right : A.left);
    for (const fire of document.querySelectorAll<HTMLElement>("#touch-fire")) this.#touch(fire, A.fire);
    for (const push of document.querySelectorAll<HTMLElement>("#touch-push"))
      push.addEventListener("click", () => this.onOther("KeyE"));
  }

  get a(): Held {
    return this.#read(A);
  }

  get b(): Held {
    return this.#read(B);
  }

  #press(code: string, atMs: number): void {
    this.#held.add(code);
    if (code === A.left || code === A.right || code === A.up || code === A.down) this.onMoveA(atMs);
    else this.onOther(code);
  }

  #touch(button: HTMLElement, code: string): void {
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
      this.#press(code, event.timeStamp);
    });
    for (const end of ["pointerup", "pointercancel"])
      button.addEventListener(end, () => this.#held.delete(code));
  }

  #read({ left, right, up, down, fire }: typeof A): Held {
    const on = (code: string): number => (this.#held.has(code) ? 1 : 0);
    return { moveX: on(right) - on(left), moveY: on(down) - on(up), fire: on(fire) === 1 };
  }
}

/** Until somebody takes B's keys, B goes to and fro by itself and stops now and then: others have something to show. */
export class Autopilot {
  #taken = false;

  drive(held: Held, nowMs: number): Held {
    this.#taken ||= held.moveX !== 0 || held.moveY !== 0 || held.fire;
    if (this.#taken) return held;
    const moveX = [1, 0, -1, -1, 0, 1][Math.floor(nowMs / 900) % 6];
    return { moveX, moveY: 0, fire: false };
  }
}
