import { Container, Graphics, Sprite } from "pixi.js";
import { BALL_RADIUS, CRAFT_RADIUS, CRATE_SIDE, FULL_TANK } from "../../shared/rules.ts";
import type { BallSight, CraftSight, CrateSight } from "../sight.ts";
import { palette } from "./palette.ts";
import type { Quality } from "./quality.ts";
import { BUILT } from "./rink.ts";
import type { Textures } from "./textures.ts";

/** One thing on the pitch as drawn; the place of its container is in metres. */
export interface Drawn<T> {
  readonly container: Container;
  show(sight: T): void;
}

export function drawCraft(sight: CraftSight, textures: Textures, quality: Quality): Drawn<CraftSight> {
  const colour = palette[sight.team];
  const container = new Container();
  const glow = light(textures, sight.mine ? 5 : 3.6, colour, sight.mine ? 0.55 : 0.35);
  const r = CRAFT_RADIUS * BUILT;
  glow.visible = quality.glows;
  const hull = built(
    new Graphics()
      .circle(0, 0, r)
      .fill(palette.night)
      .circle(0, 0, r * 0.93)
      .stroke({ width: r * 0.14, color: colour })
      .poly([r * 0.72, 0, -r * 0.36, r * 0.5, -r * 0.12, 0, -r * 0.36, -r * 0.5])
      .fill(sight.mine ? palette.snow : colour),
  );
  const flame = light(textures, 1.6, colour, 0.9);
  flame.x = -CRAFT_RADIUS;
  const turning = new Container();
  turning.addChild(flame, hull);
  const tank = built(new Graphics());
  container.addChild(glow, turning, tank);
  let shownTank = -1;
  return {
    container,
    show({ x, y, angle, boosting, tank: filled, mine }) {
      container.position.set(x, y);
      turning.rotation = angle;
      flame.visible = boosting === "on";
      if (!mine || filled === shownTank) return;
      shownTank = filled;
      const start = Math.PI * 0.75;
      tank
        .clear()
        .arc(0, 0, r * 1.3, start, start + Math.PI * 1.5 * (filled / FULL_TANK))
        .stroke({ width: r * 0.11, color: palette.snow, alpha: 0.85, cap: "round" });
    },
  };
}

export function drawBall(_sight: BallSight, textures: Textures, quality: Quality): Drawn<BallSight> {
  const container = new Container();
  const r = BALL_RADIUS * BUILT;
  const skin = new Graphics().circle(0, 0, r).fill(palette.snow);
  for (let i = 0; i < 3; i++) {
    const turn = (i * Math.PI * 2) / 3;
    skin.circle(Math.cos(turn) * r * 0.55, Math.sin(turn) * r * 0.55, r * 0.2).fill(palette.line);
  }
  const ball = built(skin);
  const glow = light(textures, 4.2, palette.snow, 0.5);
  glow.visible = quality.glows;
  container.addChild(glow, ball);
  return {
    container,
    show({ x, y, angle }) {
      container.position.set(x, y);
      ball.rotation = angle;
    },
  };
}

export function drawCrate(): Drawn<CrateSight> {
  const side = CRATE_SIDE * BUILT;
  const at = -side / 2;
  const container = new Container();
  container.addChild(
    built(
      new Graphics()
        .roundRect(at, at, side, side, side * 0.1)
        .fill(0x2a2312)
        .roundRect(at + 2, at + 2, side - 4, side - 4, side * 0.1)
        .stroke({ width: 4, color: palette.crate })
        .moveTo(at * 0.6, at * 0.6)
        .lineTo(-at * 0.6, -at * 0.6)
        .moveTo(at * 0.6, -at * 0.6)
        .lineTo(-at * 0.6, at * 0.6)
        .stroke({ width: 3, color: palette.crate, alpha: 0.5 }),
    ),
  );
  return {
    container,
    show({ x, y, angle }) {
      container.position.set(x, y);
      container.rotation = angle;
    },
  };
}

function built(shape: Graphics): Graphics {
  shape.scale.set(1 / BUILT);
  return shape;
}

function light({ glow }: Textures, metres: number, tint: number, alpha: number): Sprite {
  const sprite = new Sprite(glow);
  sprite.anchor.set(0.5);
  sprite.setSize(metres);
  sprite.tint = tint;
  sprite.alpha = alpha;
  sprite.blendMode = "add";
  return sprite;
}
