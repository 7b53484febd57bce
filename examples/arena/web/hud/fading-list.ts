/** A short list whose lines fade out by themselves: kills, chat. */
export class FadingList {
  readonly #list: HTMLElement;
  readonly #longest: number;
  readonly #seconds: number;
  readonly #keep: boolean;

  /** With `keep`, faded lines stay in the list and can be brought back by its style. */
  constructor(list: HTMLElement, options: { longest: number; seconds: number; keep?: boolean }) {
    this.#list = list;
    this.#longest = options.longest;
    this.#seconds = options.seconds;
    this.#keep = options.keep ?? false;
  }

  add(line: HTMLElement): void {
    this.#list.append(line);
    while (this.#list.children.length > this.#longest) this.#list.firstElementChild?.remove();
    setTimeout(() => line.classList.add("fading"), this.#seconds * 1000);
    if (!this.#keep) setTimeout(() => line.remove(), this.#seconds * 1000 + 700);
  }
}
