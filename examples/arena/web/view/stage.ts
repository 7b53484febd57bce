import { Application, Container } from "pixi.js";
import type { Hit } from "../../shared/entities.ts";
import type { ArenaSight } from "../sight.ts";
import { Bolts } from "./bolts.ts";
import { Camera } from "./camera.ts";
import { Effects } from "./effects.ts";
import { Fleet } from "./fleet.ts";
import { FloatingNumbers } from "./floating-numbers.ts";
import { Floor } from "./floor.ts";
import { palette } from "./palette.ts";
import { Particles } from "./particles.ts";
import { detectQuality, type Quality } from "./quality.ts";
import { paintTextures } from "./textures.ts";
import { Threats } from "./threats.ts";
import type { Inset } from "./visible-middle.ts";
import { Walls } from "./walls.ts";

/** Puts the picture together, layer by layer from the sea bed up. PixiJS only draws: it knows no rule of the game. */
export class Stage {
  readonly camera = new Camera();
  readonly fleet: Fleet;
  readonly bolts: Bolts;
  readonly #app: Application;
  readonly #world = new Container();
  readonly #floor: Floor;
  readonly #walls = new Walls();
  readonly #particles = new Particles();
  readonly #wake = new Particles();
  readonly #effects: Effects;
  readonly #numbers = new FloatingNumbers();
  readonly #threats = new Threats();
  #me: ArenaSight["me"];
  #players: ArenaSight["players"] = [];

  static async create(host: HTMLElement): Promise<Stage> {
    const quality = detectQuality();
    const app = new Application();
    await app.init({
      resizeTo: host,
      background: palette.abyss,
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
    const textures = paintTextures();
    this.#floor = new Floor(textures, quality);
    this.#effects = new Effects(this.#particles, this.#wake, textures);
    this.fleet = new Fleet(textures, this.#effects);
    this.bolts = new Bolts(textures, this.#effects);
    this.#world.addChild(
      this.#floor.container,
      this.#wake.container,
      this.fleet.bodies,
      this.bolts.container,
      this.#walls.container,
      this.#particles.container,
    );
    app.stage.eventMode = "none";
    app.stage.addChild(this.#world, this.fleet.labels, this.#numbers.container, this.#threats.container);
  }

  /** Shows a hit that I made or took. Sparks need no message: they follow from the health that is seen to fall. */
  showHit({ victim, by, damage, x, y }: Hit): void {
    const me = this.#me;
    if (!me) return;
    if (by === me.owner) this.#numbers.add(damage, x, y, palette.foam);
    if (victim !== me.owner) return;
    this.camera.shake(0.45);
    const shooter = this.#players.find((player) => player.owner === by);
    if (shooter) this.#threats.hurtFrom(shooter.x, shooter.y, me);
  }

  draw(sight: ArenaSight, nameOf: (player: number) => string, seconds: number, now: number): void {
    const { camera } = this;
    this.#me = sight.me;
    this.#players = sight.players;
    camera.resize(this.#app.screen.width, this.#app.screen.height, coveredBands());
    camera.follow(sight.me, seconds);
    this.#world.scale.set(camera.pixelsPerMetre);
    this.#world.position.set(camera.toScreenX(0), camera.toScreenY(0));
    this.#floor.update(seconds);
    this.#walls.update(camera);
    this.fleet.update(sight.players, nameOf, camera, seconds, now);
    this.bolts.update(sight.bullets, sight.players, sight.me);
    this.#particles.update(seconds);
    this.#wake.update(seconds);
    this.#numbers.update(camera, seconds);
    this.#threats.update(sight.players, sight.me, camera, seconds);
    this.#app.render();
  }
}

/** What panels cover on a screen under thumbs: the row of panels at the top, the two sticks at the bottom. */
function coveredBands(): Inset {
  if (!document.documentElement.classList.contains("touch")) return { top: 0, bottom: 0 };
  return window.innerHeight > window.innerWidth ? { top: 150, bottom: 200 } : { top: 0, bottom: 150 };
}
