import { Application, Container } from "pixi.js";
import { GOAL_DEPTH, HALF_LENGTH, HALF_WIDTH } from "../../shared/rules.ts";
import type { BallSight, CraftSight, CrateSight, Sight } from "../sight.ts";
import { drawBall, drawCraft, drawCrate } from "./bodies.ts";
import { Cast } from "./cast.ts";
import { palette } from "./palette.ts";
import { Particles } from "./particles.ts";
import { detectQuality, type Quality } from "./quality.ts";
import { paintRink } from "./rink.ts";
import { paintTextures, type Textures } from "./textures.ts";

/** Metres around the pitch that are shown as well. */
const MARGIN = 1.2;
/** Pixels at the top that the score board covers. */
const BOARD = 58;
/** Metres between two lights of the ball's trail. */
const TRAIL_STEP = 0.35;
/** The ball leaves a trail from this speed on, in metres per second. */
const TRAIL_SPEED = 6;
/** Metres that the picture shakes at most, and how it calms down per second. */
const SHAKE = 0.5;
const CALM = 0.02;

/** Draws the whole pitch, as large as it fits; on an upright screen it stands on end. */
export class Stage {
  readonly #app: Application;
  readonly #textures: Textures = paintTextures();
  readonly #pitch = new Container();
  readonly #particles = new Particles();
  readonly #crafts: Cast<CraftSight>;
  readonly #balls: Cast<BallSight>;
  readonly #crates = new Cast<CrateSight>(drawCrate);
  readonly #isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  #trail = { x: 0, y: 0 };
  #shake = 0;
  #seconds = 0;
  #isUpright = false;

  static async create(host: HTMLElement): Promise<Stage> {
    const quality = detectQuality();
    const app = new Application();
    await app.init({
      resizeTo: host,
      background: palette.night,
      antialias: quality.antialias,
      resolution: quality.resolution,
      autoDensity: true,
      preference: "webgl",
      // Drawn by our own frame loop, in the same turn in which the session gave us the frame.
      autoStart: false,
      sharedTicker: false,
    });
    const { limits } = app.renderer;
    limits.maxBatchableTextures = Math.min(limits.maxBatchableTextures, quality.texturesPerDraw);
    host.append(app.canvas);
    return new Stage(app, quality);
  }

  private constructor(app: Application, quality: Quality) {
    this.#app = app;
    this.#crafts = new Cast((sight) => drawCraft(sight, this.#textures, quality));
    this.#balls = new Cast((sight) => drawBall(sight, this.#textures, quality));
    app.stage.eventMode = "none";
    const { container: lights } = this.#particles;
    this.#pitch.addChild(
      paintRink(),
      lights,
      this.#crates.container,
      this.#crafts.container,
      this.#balls.container,
    );
    app.stage.addChild(this.#pitch);
  }

  /** A direction on the screen as one on the pitch. */
  toPitch(x: number, y: number): { x: number; y: number } {
    return this.#isUpright ? { x: -y, y: x } : { x, y };
  }

  bump(x: number, y: number, strength: number): void {
    const count = Math.min(14, Math.round(strength));
    this.#shake = Math.max(this.#shake, Math.min(0.5, strength / 60));
    this.#burst(x, y, count, strength * 0.5, palette.snow);
  }

  goal(team: "left" | "right", x: number, y: number): void {
    this.#shake = 1;
    const { ring } = this.#textures;
    for (const [seconds, endSize] of [
      [0.5, 9],
      [0.9, 18],
    ])
      this.#particles.emit(
        { texture: ring, tint: palette[team], seconds, size: 1, endSize, alpha: 0.9 },
        x,
        y,
      );
    this.#burst(x, y, 60, 16, palette[team]);
  }

  draw(sight: Sight, seconds: number): void {
    this.#seconds += seconds;
    this.#shake *= CALM ** seconds;
    this.#fit();
    this.#crates.update(sight.crate);
    this.#crafts.update(sight.craft);
    this.#balls.update(sight.ball);
    for (const craft of sight.craft) if (craft.boosting === "on") this.#exhaust(craft);
    this.#drawTrail(sight);
    this.#say(sight);
    this.#particles.update(seconds);
    this.#app.render();
  }

  /** Where the ball is, for whoever reads the page rather than the picture. */
  #say({ ball: [ball] }: Sight): void {
    const { dataset } = this.#app.canvas;
    if (ball === undefined) return;
    const at = `${ball.x.toFixed(1)} ${ball.y.toFixed(1)}`;
    if (dataset["ball"] !== at) dataset["ball"] = at;
  }

  #fit(): void {
    const { width, height } = this.#app.screen;
    this.#isUpright = height > width;
    const length = 2 * (HALF_LENGTH + GOAL_DEPTH + MARGIN);
    const across = 2 * (HALF_WIDTH + MARGIN);
    const room = height - BOARD;
    const scale = this.#isUpright
      ? Math.min(room / length, width / across)
      : Math.min(width / length, room / across);
    const shake = this.#isCalm.matches ? 0 : this.#shake * SHAKE * scale;
    this.#pitch.scale.set(scale);
    this.#pitch.rotation = this.#isUpright ? -Math.PI / 2 : 0;
    this.#pitch.position.set(
      width / 2 + Math.sin(this.#seconds * 71) * shake,
      BOARD + room / 2 + Math.sin(this.#seconds * 83) * shake,
    );
  }

  #drawTrail({ ball: [ball], craft }: Sight): void {
    if (ball === undefined) return;
    const far = Math.hypot(ball.x - this.#trail.x, ball.y - this.#trail.y);
    if (far < TRAIL_STEP) return;
    this.#trail = { x: ball.x, y: ball.y };
    if (Math.hypot(ball.vx, ball.vy) < TRAIL_SPEED) return;
    const team = craft.find(({ owner }) => owner === ball.touchedBy)?.team;
    const tint = team === undefined ? palette.snow : palette[team];
    const { glow } = this.#textures;
    this.#particles.emit(
      { texture: glow, tint, seconds: 0.45, size: 1.6, endSize: 0.3, alpha: 0.55 },
      ball.x,
      ball.y,
    );
  }

  #exhaust({ x, y, angle, team }: CraftSight): void {
    const turn = angle + Math.PI + (Math.random() - 0.5) * 0.6;
    const { glow } = this.#textures;
    this.#particles.emit(
      { texture: glow, tint: palette[team], seconds: 0.3, size: 0.9, endSize: 0.2, alpha: 0.8 },
      x + Math.cos(turn) * 0.8,
      y + Math.sin(turn) * 0.8,
      Math.cos(turn) * 5,
      Math.sin(turn) * 5,
    );
  }

  #burst(x: number, y: number, count: number, speed: number, tint: number): void {
    const { dot } = this.#textures;
    for (let i = 0; i < count; i++) {
      const turn = Math.random() * Math.PI * 2;
      const fast = speed * (0.3 + Math.random());
      this.#particles.emit(
        {
          texture: dot,
          tint,
          seconds: 0.3 + Math.random() * 0.4,
          size: 0.2,
          endSize: 0.02,
          alpha: 1,
          drag: 0.03,
        },
        x,
        y,
        Math.cos(turn) * fast,
        Math.sin(turn) * fast,
      );
    }
  }
}
