import { join } from "@tidelock/client";
import { puck } from "../shared/game.ts";
import { Board } from "./board.ts";
import { Controls } from "./controls.ts";
import { byId } from "./element.ts";
import { NetTools } from "./net-tools.ts";
import type { PuckSession } from "./sight.ts";
import { Sounds } from "./sounds.ts";
import { Stage } from "./view/stage.ts";

/** A frame after a pause counts as this long at most: a tab that wakes up shows no minute of sparks at once. */
const LONGEST_FRAME_SECONDS = 0.1;
/** Change of the ball's speed, in metres per second, that is as loud as it gets. */
const LOUDEST_BUMP = 25;

const setTouch = (touch: boolean): void => void document.documentElement.classList.toggle("touch", touch);
setTouch(matchMedia("(pointer: coarse)").matches);
addEventListener("pointerdown", (event) => setTouch(event.pointerType === "touch"), { capture: true });

const trouble = byId("trouble");
function report(text: string): void {
  trouble.textContent = text;
  trouble.hidden = text === "";
}

function listen(session: PuckSession, stage: Stage, board: Board, sounds: Sounds): void {
  const ends = new Map<object, () => void>();
  session.onEvent = (event) => {
    if (event.name === "bump") {
      const { x, y, strength } = event.data;
      stage.bump(x, y, strength);
      ends.set(event, sounds.play("bump", strength / LOUDEST_BUMP));
    } else if (event.name === "goal") {
      const { team, x, y } = event.data;
      board.goal(team);
      stage.goal(team, x, y);
      ends.set(event, sounds.play("goal"));
    } else ends.set(event, sounds.play("whistle"));
    // What has been heard to the end cannot be taken back.
    setTimeout(() => ends.delete(event), 1500);
  };
  session.onEventCancelled = (event) => ends.get(event)?.();
  session.onStateChange = (state) => {
    if (state === "playing") report("");
    else if (state === "reconnecting") report("Connection lost. Your seat is kept, trying again…");
    else if (state === "left") report("Disconnected. Reload the page to play again.");
  };
}

async function start(): Promise<void> {
  const parameters = new URLSearchParams(location.search);
  const room = parameters.get("room") ?? "puck";
  const condition = parameters.get("network") ?? undefined;
  const stage = await Stage.create(byId("stage"));
  const session: PuckSession = await join(location.origin, puck, { room, condition });
  const controls = new Controls(byId("touch"), byId("stick"), byId("boost"));
  const board = new Board();
  const sounds = new Sounds();
  const net = new NetTools(session);
  const soundButton = byId("tool-sound");
  const toggleSound = (): void => {
    soundButton.setAttribute("aria-pressed", String(sounds.toggle()));
    soundButton.blur();
  };
  soundButton.addEventListener("click", toggleSound);
  controls.onKey = (code) => {
    if (code === "KeyN") net.toggle();
    else if (code === "KeyM") toggleSound();
  };
  listen(session, stage, board, sounds);
  // Whoever closes the page has left: no craft without a pilot stays behind for as long as a seat is kept.
  addEventListener("pagehide", () => void session.leave());

  let last = performance.now();
  requestAnimationFrame(function frame(nowMs) {
    requestAnimationFrame(frame);
    const seconds = Math.min(LONGEST_FRAME_SECONDS, Math.max(0, nowMs - last) / 1000);
    last = nowMs;
    const { moveX, moveY, boost } = controls.read();
    const push = stage.toPitch(moveX, moveY);
    Object.assign(session.input, { moveX: push.x, moveY: push.y, boost });
    const sight = session.frame(nowMs);
    stage.draw(sight, seconds);
    board.update(sight, session.tick);
    net.update(nowMs);
  });
}

try {
  await start();
} catch (error) {
  report(error instanceof Error ? error.message : String(error));
}
