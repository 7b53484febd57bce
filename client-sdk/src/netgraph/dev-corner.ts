/** Marks the corner, so that there is one in a page however many things are put into it. */
const MARK = "data-tidelock-corner";

/** The corner of the page where tools go that were given no place of their own. It lies above the page and takes no room in it. */
export function devCorner(document: Document): HTMLElement {
  const present = document.querySelector<HTMLElement>(`[${MARK}]`);
  if (present !== null) return present;
  const corner = document.createElement("div");
  corner.setAttribute(MARK, "");
  corner.style.cssText = [
    "position:fixed",
    "left:max(8px, env(safe-area-inset-left))",
    "bottom:max(8px, env(safe-area-inset-bottom))",
    "z-index:2147483000",
    "display:flex",
    "flex-direction:column",
    "align-items:flex-start",
    "gap:6px",
    "max-width:calc(100vw - 16px)",
    // The gaps between the tools belong to the game.
    "pointer-events:none",
  ].join(";");
  document.body.append(corner);
  return corner;
}
