import { connect } from "./connection.ts";
import { byId } from "./hud/element.ts";
import { JoinScreen } from "./join-screen.ts";
import { Play } from "./play.ts";
import type { ArenaSight } from "./sight.ts";
import { Stage } from "./view/stage.ts";

/** A frame after a pause counts as this long at most: a tab that wakes up shows no minute of sparks at once. */
const LONGEST_FRAME_SECONDS = 0.1;

const NOTHING_YET: ArenaSight = {
  players: [],
  bullets: [],
  me: undefined,
  cockpit: { ammo: 0, reloaded: 1, respawnSeconds: 0 },
};

const setTouch = (touch: boolean) => document.documentElement.classList.toggle("touch", touch);
setTouch(matchMedia("(pointer: coarse)").matches);
window.addEventListener("pointerdown", (event) => setTouch(event.pointerType === "touch"), { capture: true });

// The first texts are drawn into textures: the font has to be there by then.
await Promise.all([
  document.fonts.load('600 12px "Chakra Petch"'),
  document.fonts.load('700 12px "Chakra Petch"'),
]);

const stage = await Stage.create(byId("stage"));
let play: Play | undefined;

new JoinScreen().open(async (name) => {
  play = new Play(await connect(name), stage);
});

let last = performance.now();
function frame(now: number): void {
  const seconds = Math.min(LONGEST_FRAME_SECONDS, Math.max(0, now - last) / 1000);
  last = now;
  if (play) play.frame(seconds, now);
  else stage.draw(NOTHING_YET, () => "", seconds, now);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
