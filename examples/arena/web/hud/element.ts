/** An element of the page by id; the page and the code that fills it are written together. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element with the id "${id}"`);
  return element;
}

/** A new element with text: names come from strangers and are never read as markup. */
export function make(tag: string, className = "", text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** A player's name in the colour of their ship. */
export function nameTag(name: string, colour: string): HTMLElement {
  const element = make("b", "", name);
  element.style.color = colour;
  return element;
}
