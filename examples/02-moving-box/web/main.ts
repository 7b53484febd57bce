import { mountNetGraph, type NetStats } from "@tidelock/client";
import type { Truth } from "../shared/truth.ts";
import { Delays } from "./delays.ts";
import { Autopilot, Keys } from "./keys.ts";
import { MechanismSwitches } from "./mechanism-switches.ts";
import { PathControls } from "./path-controls.ts";
import { type Seat, seatTwo } from "./seat.ts";
import { ShotLog } from "./shot-log.ts";
import { type Scene, Strip } from "./view/strip.ts";

function byId<T extends HTMLElement>(id: string): T {
  const element = document.querySelector<T>(`#${id}`);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

const switches = new MechanismSwitches(byId("switches"), byId("lessons"), byId("lesson"));
const path = new PathControls(byId("presets"), byId("sliders"));
const keys = new Keys();
const autopilot = new Autopilot();
const delays = new Delays(byId("delays"));
const strips = {
  a: new Strip(byId("strip-a")),
  server: new Strip(byId("strip-server")),
  b: new Strip(byId("strip-b")),
};
const shots = new ShotLog(byId("shots"), strips.server);
let truth: Scene = { boxes: [], targets: [] };

function start([a, b]: readonly [Seat, Seat]): void {
  const seats = [a, b];
  const apply = (): void => {
    for (const seat of seats) {
      Object.assign(seat.session.mechanisms, switches.state);
      seat.setPath(path.setting);
      seat.setSnapshotRate(path.setting.snapshotRate);
    }
  };
  switches.onChange = path.onChange = apply;
  apply();
  shots.watch(a, "A", strips.a);
  shots.watch(b, "B", strips.b);
  const graphs = seats.map((seat, i) =>
    mountNetGraph(seat.session, { hidden: true, key: i === 0 && "Backquote" }),
  );
  byId("net-a").addEventListener("click", () => graphs[0].toggle());
  byId("net-b").addEventListener("click", () => graphs[1].toggle());
  keys.onMoveA = (atMs) => delays.press(atMs);
  keys.onOther = (code) => {
    if (!switches.press(code) && code === "KeyE") a.push();
  };
  requestAnimationFrame(function frame(nowMs) {
    requestAnimationFrame(frame);
    Object.assign(a.session.input, keys.a);
    Object.assign(b.session.input, autopilot.drive(keys.b, nowMs));
    for (const seat of seats) seat.frame(nowMs);
    delays.frame(nowMs, a.player, { own: a.scene, server: truth, other: b.scene });
    strips.a.draw(a.scene, truth, a.player, nowMs);
    strips.server.draw(truth, undefined, a.player, nowMs);
    strips.b.draw(b.scene, truth, a.player, nowMs);
    byId("net-a").textContent = summary(a.session.stats);
    byId("net-b").textContent = summary(b.session.stats);
  });
}

function summary({ transport, rttMs, corrections }: NetStats): string {
  return `${transport}, ${Math.round(rttMs)} ms, ${corrections} corrections`;
}

try {
  start(
    await seatTwo(path.setting, {
      truth: (told: Truth) => (truth = told),
      verdict: (shot) => shots.verdict(shot),
    }),
  );
} catch (error) {
  const trouble = byId("trouble");
  trouble.textContent = error instanceof Error ? error.message : String(error);
  trouble.hidden = false;
}
