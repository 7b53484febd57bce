import { byId } from "./hud/element.ts";

const NAME_KEY = "tidelock-arena-name";

/** The first screen: a name, a button, and what went wrong if it did. */
export class JoinScreen {
  readonly #root = byId("join");
  readonly #form = byId("join-form") as HTMLFormElement;
  readonly #name = byId("join-name") as HTMLInputElement;
  readonly #error = byId("join-error");

  /** Waits for the player; calls `enter` with the chosen name until it succeeds. */
  open(enter: (name: string) => Promise<void>): void {
    this.#name.value =
      new URLSearchParams(location.search).get("name") ?? localStorage.getItem(NAME_KEY) ?? "";
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(enter);
    });
    if (!matchMedia("(pointer: coarse)").matches) this.#name.focus();
  }

  async #submit(enter: (name: string) => Promise<void>): Promise<void> {
    const name = this.#name.value.trim() || "Captain";
    const button = this.#form.querySelector("button")!;
    button.disabled = true;
    this.#error.textContent = "";
    try {
      await enter(name);
      localStorage.setItem(NAME_KEY, name);
      this.#name.blur();
      this.#root.classList.add("gone");
    } catch (error) {
      this.#error.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      button.disabled = false;
    }
  }
}
