import type { ChatLine } from "../sight.ts";
import { byId, make, nameTag } from "./element.ts";
import { FadingList } from "./fading-list.ts";
import type { Roster } from "./roster.ts";

/** The chat: Enter opens it, Enter sends, Escape closes. */
export class Chat {
  readonly #root = byId("chat");
  readonly #form = byId("chat-form");
  readonly #input = byId("chat-input") as HTMLInputElement;
  readonly #list = new FadingList(byId("chat-lines"), { longest: 6, seconds: 9, keep: true });

  constructor(say: (text: string) => void) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text) say(text);
      this.close();
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.#input.addEventListener("blur", () => this.close());
  }

  open(): void {
    this.#form.hidden = false;
    this.#root.classList.add("open");
    this.#input.focus();
  }

  close(): void {
    this.#form.hidden = true;
    this.#root.classList.remove("open");
    this.#input.value = "";
    this.#input.blur();
  }

  add(line: ChatLine, roster: Roster): void {
    const element = make("li");
    element.append(nameTag(line.name, roster.colourOf(line.player)), line.text);
    this.#list.add(element);
  }
}
