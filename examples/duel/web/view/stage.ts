import { Application, Container } from "pixi.js";
import { HALF_STAGE } from "../../shared/rules.ts";
import type { DuelEvent, FighterSight, Sight } from "../sight.ts";
import { Backdrop } from "./backdrop.ts";
import { Effects } from "./effects.ts";
import { FighterView } from "./fighter-view.ts";
import { palette } from "./palette.ts";

/** Metres across the picture, at least and at most, and what is left free beside the fighters. */
const NARROWEST = 6.4;
const WIDEST = 11.4;
const BESIDE = 3.3;
/** Metres of height that the picture must have room for. */
const LEAST_HEIGHT = 4.2;
/** Share of the height of the screen at which the floor lies; on an upright phone thumbs need what is below. */
const FLOOR = 0.85;
const FLOOR_UPRIGHT = 0.62;
/** Metres of scenery that may be seen beyond the walls. */
const BEYOND = 1.1;

/** Puts the picture together. PixiJS only draws: it knows no rule of the game. */
export class Stage {
  readonly #app: Application;
  readonly #backdrop = new Backdrop();
  readonly #world = new Container();
  readonly #fighters = [new FighterView(0), new FighterView(1)];
  readonly #effects = new Effects();
  #middle = 0;
  #across = 9;
  #shake = 0;
  #seconds = 0;
  readonly #isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** `isPlain`: without what costs a weak graphics processor much. */
  static async create(host: HTMLElement, isPlain: boolean): Promise<Stage> {
    const app = new Application();
    await app.init({
      resizeTo: host,
      background: palette.skyTop,
      antialias: !isPlain,
      resolution: isPlain ? 0.5 : Math.min(2, window.devicePixelRatio),
      autoDensity: true,
      preference: "webgl",
      // Drawn by our own frame loop, in the same turn in which the match gave us the moment.
      autoStart: false,
      sharedTicker: false,
    });
    host.append(app.canvas);
    return new Stage(app);
  }

  private constructor(app: Application) {
    this.#app = app;
    for (const view of this.#fighters) this.#world.addChild(view.container);
    this.#world.addChild(this.#effects.view);
    app.stage.eventMode = "none";
    app.stage.addChild(this.#backdrop.container, this.#world);
  }

  show(event: DuelEvent, fighters: readonly FighterSight[]): void {
    const key = keyOf(event);
    if (event.name === "hit") {
      const { x, y, heavy, side } = event.data;
      this.#effects.spark(key, x, y, heavy ? 1.25 : 0.8, heavy ? 0xffe08a : 0xfff1c4);
      if (heavy) this.#effects.spark(key, x, y, 0.8, palette.sides[1 - side]);
      this.#jolt(heavy ? 0.09 : 0.035);
    } else if (event.name === "block")
      this.#effects.guard(key, event.data.x, event.data.y, event.data.heavy ? 1.2 : 0.9);
    else if (event.name === "burst") this.#effects.spark(key, event.data.x, event.data.y, 1.1, 0xffd9a0);
    else if (event.name === "knockOut") this.#jolt(0.16);
    else if (event.name === "land" || event.name === "leap") {
      const fighter = fighters.find(({ side }) => side === event.data.side);
      const isHard = event.name === "land" && event.data.hard;
      if (fighter !== undefined) this.#effects.dust(key, fighter.x, isHard ? 1.1 : 0.6);
      if (isHard) this.#jolt(0.05);
    }
  }

  takeBack(event: DuelEvent): void {
    this.#effects.cancel(keyOf(event));
  }

  draw({ fighters, fireballs, tick }: Sight, seconds: number): void {
    const { width, height } = this.#app.screen;
    this.#seconds += seconds;
    this.#follow(fighters, seconds);
    const scale = Math.min(width / this.#across, height / LEAST_HEIGHT);
    const seen = width / scale;
    const most = Math.max(0, HALF_STAGE + BEYOND - seen / 2);
    const middle = Math.max(-most, Math.min(most, this.#middle));
    this.#shake *= Math.exp(-seconds * 9);
    const jolt = this.#shake * scale;
    const originX = width / 2 - middle * scale + Math.sin(this.#seconds * 71) * jolt;
    const originY = height * (height > width ? FLOOR_UPRIGHT : FLOOR) + Math.sin(this.#seconds * 93) * jolt;
    this.#backdrop.update(width, height, originX, originY, scale, middle, seconds);
    this.#world.position.set(originX, originY);
    this.#world.scale.set(scale, -scale);
    for (const [side, view] of this.#fighters.entries()) {
      const fighter = fighters.find((candidate) => candidate.side === side);
      view.container.visible = fighter !== undefined;
      if (fighter !== undefined) view.draw(fighter, tick, seconds);
    }
    this.#raise(fighters);
    this.#effects.update(fireballs, tick, seconds);
    this.#app.render();
  }

  /** Keeps both in the picture, the closer the nearer they are. */
  #follow(fighters: readonly FighterSight[], seconds: number): void {
    if (fighters.length === 0) return;
    const places = fighters.map(({ x }) => x);
    const [low, high] = [Math.min(...places), Math.max(...places)];
    const share = 1 - Math.exp(-seconds * 5);
    this.#middle += ((low + high) / 2 - this.#middle) * share;
    const across = Math.max(NARROWEST, Math.min(WIDEST, high - low + BESIDE));
    this.#across += (across - this.#across) * share;
  }

  /** Who attacks is in front. */
  #raise(fighters: readonly FighterSight[]): void {
    const attacker = fighters.find(
      ({ state }) => state !== "hurt" && state !== "reel" && state !== "down" && state !== "beaten",
    );
    for (const [side, view] of this.#fighters.entries())
      view.container.zIndex = attacker?.side === side ? 1 : 0;
    this.#effects.view.zIndex = 2;
    this.#world.sortableChildren = true;
  }

  #jolt(metres: number): void {
    if (!this.#isCalm) this.#shake = Math.max(this.#shake, metres);
  }
}

function keyOf({ name, data }: DuelEvent): string {
  return `${name} ${"side" in data ? data.side : ""}`;
}
