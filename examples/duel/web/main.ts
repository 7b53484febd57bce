import { TICK_RATE } from "../shared/rules.ts";
import { Controls } from "./controls.ts";
import { byId, Hud } from "./hud.ts";
import { LocalBout } from "./local-bout.ts";
import { NetPanel } from "./net-panel.ts";
import { meet } from "./online-bout.ts";
import type { Bout, Sight } from "./sight.ts";
import { Sounds } from "./sounds.ts";
import { Stage } from "./view/stage.ts";

/** A frame after a pause counts as this long at most: a tab that wakes up shows no minute of sparks at once. */
const LONGEST_FRAME_SECONDS = 0.5;
/** A tick: where no picture has come for this long, inputs are taken without one. */
const LONGEST_INPUT_MS = 1000 / TICK_RATE;

const setTouch = (touch: boolean) => document.documentElement.classList.toggle("touch", touch);
setTouch(matchMedia("(pointer: coarse)").matches);
window.addEventListener("pointerdown", ({ pointerType }) => setTouch(pointerType === "touch"), {
  capture: true,
});

const wanted = new URLSearchParams(location.search);
const stage = await Stage.create(byId("stage"), wanted.get("quality") === "plain");
const hud = new Hud();
const controls = new Controls(byId("pads"));
const sounds = new Sounds();
let bout: Bout;
let sight: Sight = { fighters: [], fireballs: [], match: undefined, tick: 0 };
let panel: NetPanel | undefined;
let trouble: string | undefined;

function watch(next: Bout): void {
  bout = next;
  bout.onEvent = (event) => {
    stage.show(event, sight.fighters);
    if (bout.player !== 0) sounds.play(event);
  };
  bout.onCancelled = (event) => stage.takeBack(event);
}

function begin(next: Bout): void {
  sounds.wake();
  watch(next);
  hud.show();
  byId("join").hidden = true;
  byId("pads").hidden = false;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

async function fight(): Promise<void> {
  sounds.wake();
  byId("trouble").textContent = "Looking for a rival…";
  try {
    const online = await meet(wanted.get("table") ?? "open", wanted.get("condition") ?? undefined);
    online.onTrouble = (text) => (trouble = text);
    begin(online);
    panel = new NetPanel(online);
  } catch (error) {
    byId("trouble").textContent = error instanceof Error ? error.message : String(error);
  }
}

function toggleSound(): void {
  sounds.on = !sounds.on;
  byId("sound").classList.toggle("off", !sounds.on);
  byId("sound").blur();
}

byId("fight").addEventListener("click", () => void fight());
byId("practise").addEventListener("click", () => {
  begin(new LocalBout(true));
  byId("net").hidden = true;
});
byId("sound").addEventListener("click", toggleSound);
controls.onOtherKey = (code) => {
  if (code === "KeyN") panel?.toggle();
  if (code === "KeyM") toggleSound();
};

// Behind the title two who need no player fight.
watch(new LocalBout(false));
let advancedMs = performance.now();
function advance(nowMs: number): void {
  advancedMs = Math.max(advancedMs, nowMs);
  sight = bout.frame(controls.read(), advancedMs);
}

// Inputs are exact to the tick, so they are taken in time even where pictures come seldom.
setInterval(() => {
  const nowMs = performance.now();
  if (!document.hidden && nowMs - advancedMs > LONGEST_INPUT_MS) advance(nowMs);
}, LONGEST_INPUT_MS / 2);

let last = performance.now();
requestAnimationFrame(function frame(nowMs) {
  requestAnimationFrame(frame);
  const seconds = Math.min(LONGEST_FRAME_SECONDS, Math.max(0, nowMs - last) / 1000);
  last = nowMs;
  advance(nowMs);
  stage.draw(sight, seconds);
  hud.update(sight, bout.player, trouble);
  panel?.update(nowMs);
});
