import { type ConditionPreset, isConditionPreset } from "@tidelock/shared";
import type { NetGraph } from "./mount-net-graph.ts";
import { devCorner } from "./dev-corner.ts";

/** What the badge needs of a session. */
export interface ConditionedSession {
  condition: string;
}

export interface ConditionerBadgeOptions {
  /** Where the badge goes. Default: the lower left corner of the page. */
  readonly parent?: HTMLElement;
  /** A net graph that the badge gets a button for, so that it can be had without a keyboard. */
  readonly graph?: Pick<NetGraph, "toggle">;
}

export interface ConditionerBadge {
  /** Takes the badge out of the page; the condition stays as it is. */
  destroy(): void;
}

const TITLES: Readonly<Record<ConditionPreset, string>> = {
  off: "off",
  lan: "LAN, 2 ms",
  regional: "regional, 40 ms",
  international: "international, 150 ms, 2% lost",
  mobile: "mobile, 90 ms, bursts",
  badWifi: "bad Wi-Fi, 140 ms, stalls",
};
const EVERY_MS = 500;

const STYLE = `
:host { all: initial; display: flex; flex-wrap: wrap; gap: 6px; pointer-events: auto; }
label { display: inline-flex; align-items: center; gap: 6px; max-width: 100%; padding: 0 4px 0 10px; border-radius: 14px;
  font: 500 12px/28px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  background: #f0e442; color: #1b1800; }
label.off { background: rgba(11, 15, 23, 0.86); color: #93a2b7; }
select { font: inherit; color: inherit; background: transparent; border: 0; border-radius: 10px; padding: 0 2px; max-width: 62vw; field-sizing: content; cursor: pointer; }
select:focus-visible { outline: 2px solid currentColor; }
button { padding: 0 12px; border: 0; border-radius: 14px; background: rgba(11, 15, 23, 0.86); color: #93a2b7;
  font: 500 12px/28px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; cursor: pointer; }
option { color: #e6edf6; background: #0b0f17; }
`;

const mounted = new WeakMap<ConditionedSession, ConditionerBadge>();

/**
 * Shows in the page which network the session imitates, and a menu of others: `mountConditionerBadge(session)`. In development `join` does it by
 * itself; a second call for the same session moves the badge.
 */
export function mountConditionerBadge(
  session: ConditionedSession,
  options: ConditionerBadgeOptions = {},
): ConditionerBadge {
  mounted.get(session)?.destroy();
  const { parent = devCorner(document), graph } = options;
  const host = parent.ownerDocument.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${STYLE}</style><label>Simulated network <select></select></label>`;
  const label = root.querySelector("label")!;
  const select = root.querySelector("select")!;
  for (const [name, title] of Object.entries(TITLES)) select.add(new Option(title, name));

  const show = (): void => {
    const { condition } = session;
    const own = select.options.namedItem("own");
    if (own !== null && own.value !== condition) own.remove();
    // Numbers, or a preset with changes, that the game has set by itself.
    if (!isConditionPreset(condition) && own?.value !== condition)
      select.add(Object.assign(new Option(condition, condition), { id: "own" }));
    select.value = condition;
    label.className = condition === "off" ? "off" : "";
  };
  if (graph !== undefined) {
    const button = parent.ownerDocument.createElement("button");
    button.textContent = "Net graph";
    button.addEventListener("click", () => {
      graph.toggle();
      button.blur();
    });
    root.append(button);
  }
  select.addEventListener("change", () => {
    session.condition = select.value;
    show();
    // The keys are the game's again.
    select.blur();
  });
  // Neither the choice with the arrow keys nor a tap is a move in the game.
  for (const type of ["keydown", "keyup", "pointerdown", "mousedown", "touchstart"])
    host.addEventListener(type, (event) => event.stopPropagation());
  show();
  const timer = setInterval(show, EVERY_MS);
  parent.append(host);
  const badge = {
    destroy() {
      clearInterval(timer);
      host.remove();
      if (mounted.get(session) === badge) mounted.delete(session);
    },
  };
  mounted.set(session, badge);
  return badge;
}
