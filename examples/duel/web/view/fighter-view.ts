import { Container, Graphics } from "pixi.js";
import { moves } from "../../shared/moves.ts";
import type { FighterSight } from "../sight.ts";
import { drawArm, drawLeg, drawTrunk, jointsOf, type Joints } from "./body.ts";
import { palette } from "./palette.ts";
import { blendPoses, type Point, type Pose, poseAt } from "./pose.ts";
import { Ribbon } from "./ribbon.ts";
import { disc, oval, paint } from "./shapes.ts";
import { stride, tracks } from "./poses.ts";

/** How fast what is shown follows the pose of the moment, per second: blows are sharp, the rest is soft. */
const SHARP = 55;
const SOFT = 24;
/** Width of the light along the edges of a body, in metres. */
const RIM = 0.02;
const FLASH_TICKS = 4;

/** One fighter, drawn anew in every picture: a dark body against the light, with a sash and a scarf in its colour. */
export class FighterView {
  readonly container = new Container();
  readonly #cloth = new Graphics();
  readonly #body = new Graphics();
  readonly #shadow = new Graphics();
  readonly #scarf = [new Ribbon(0.85, 9, 0.075), new Ribbon(0.7, 8, 0.065)];
  readonly #sash = new Ribbon(0.42, 5, 0.07);
  readonly #color: number;
  #pose: Pose | undefined;
  #lastX = 0;
  #way = 0;

  constructor(side: number) {
    this.#color = palette.sides[side];
    this.container.addChild(this.#shadow, this.#cloth, this.#body);
  }

  draw(fighter: FighterSight, tick: number, seconds: number): void {
    const { facesRight, state, stopsUntil, since } = fighter;
    const frame = Math.max(0, Math.max(tick, stopsUntil) - since);
    const way = facesRight ? 1 : -1;
    const isStopped = tick < stopsUntil;
    const isStruck = state === "hurt" || state === "reel" || state === "guard" || state === "lowGuard";
    const shiver = isStopped && isStruck ? Math.sin(tick * 2.6) * 0.035 : 0;
    const x = fighter.x + shiver;
    this.#way += (fighter.x - this.#lastX) * way;
    this.#lastX = fighter.x;
    this.#follow(this.#target(state, frame), state, seconds);
    const joints = jointsOf(this.#pose!);
    const isFlashing = isStruck && isStopped && stopsUntil - tick > 2 && frame < FLASH_TICKS;

    this.#body.position.set(x, fighter.y);
    this.#body.scale.x = way;
    this.#paint(joints, isFlashing && state !== "guard" && state !== "lowGuard");
    this.#paintCloth(joints, x, fighter.y, way, seconds, fighter);
    oval(this.#shadow.clear(), x, 0.005, 0.5 / (1 + fighter.y * 0.5), 0.05 / (1 + fighter.y * 0.5));
    paint(this.#shadow, 0x000000, 0.5 / (1 + fighter.y));
  }

  #target(state: FighterSight["state"], frame: number): Pose {
    const track = tracks[state];
    const length = track[track.length - 1][0];
    const isLoop = moves[state].ticks === 0 && (state === "idle" || state === "cheer");
    const pose = poseAt(track, isLoop && length > 0 ? frame % length : frame);
    return state === "walk" || state === "retreat" ? stride(pose, this.#way) : pose;
  }

  #follow(target: Pose, state: FighterSight["state"], seconds: number): void {
    const isSharp = moves[state].attack !== undefined || state === "hurt" || state === "special";
    const share = 1 - Math.exp(-seconds * (isSharp ? SHARP : SOFT));
    this.#pose = this.#pose === undefined ? target : blendPoses(this.#pose, target, share);
  }

  #paint(joints: Joints, isFlashing: boolean): void {
    const ink = isFlashing ? palette.white : palette.ink;
    const behind = isFlashing ? palette.white : palette.inkBehind;
    const body = this.#body.clear();
    drawArm(body, joints.backArm, RIM);
    drawLeg(body, joints.backLeg, RIM);
    drawLeg(body, joints.frontLeg, RIM);
    drawTrunk(body, joints, RIM);
    drawArm(body, joints.frontArm, RIM);
    paint(body, palette.rim, 0.85);
    drawArm(body, joints.backArm, 0);
    drawLeg(body, joints.backLeg, 0);
    paint(body, behind);
    drawLeg(body, joints.frontLeg, 0.006);
    paint(body, behind);
    drawLeg(body, joints.frontLeg, -0.006);
    drawTrunk(body, joints, 0);
    paint(body, ink);
    this.#paintColors(body, joints, isFlashing);
    drawArm(body, joints.frontArm, 0.008);
    paint(body, behind);
    drawArm(body, joints.frontArm, -0.008);
    paint(body, ink);
    // Bandaged fists, so that one sees them in front of the body.
    for (const [, , hand] of [joints.frontArm, joints.backArm])
      paint(disc(body, hand[0], hand[1], 0.035), this.#color, 0.9);
  }

  #paintColors(body: Graphics, { hips, head, up, chest }: Joints, isFlashing: boolean): void {
    if (isFlashing) return;
    const [fx, fy] = [up[1], -up[0]];
    const at = (from: Point, forwards: number, upwards: number): Point => [
      from[0] + fx * forwards + up[0] * upwards,
      from[1] + fy * forwards + up[1] * upwards,
    ];
    paint(
      body.poly(
        [at(hips, 0.135, 0.05), at(hips, 0.13, 0.12), at(hips, -0.13, 0.12), at(hips, -0.135, 0.05)].flat(),
      ),
      this.#color,
    );
    // The edge of the jacket.
    paint(
      body.poly(
        [at(chest, 0.06, 0.02), at(chest, 0.09, 0), at(hips, 0.1, 0.12), at(hips, 0.07, 0.12)].flat(),
      ),
      this.#color,
      0.55,
    );
    const tilt = Math.atan2(head[0] - chest[0] - 0.03, head[1] - chest[1]);
    const [hx, hy] = [Math.sin(tilt), Math.cos(tilt)];
    const band = (forwards: number, upwards: number): Point => [
      head[0] + hy * forwards + hx * upwards,
      head[1] - hx * forwards + hy * upwards,
    ];
    paint(
      body.poly([band(0.116, 0.025), band(0.108, 0.06), band(-0.112, 0.05), band(-0.118, 0.015)].flat()),
      this.#color,
    );
    paint(body.poly([band(0.115, 0.012), band(0.06, 0.006), band(0.112, -0.008)].flat()), palette.white);
    // A knot of hair.
    const knot = band(-0.09, 0.11);
    paint(disc(body, knot[0], knot[1], 0.045), palette.ink);
  }

  #paintCloth(
    { head, hips, up }: Joints,
    x: number,
    y: number,
    way: number,
    seconds: number,
    { vx }: FighterSight,
  ): void {
    const cloth = this.#cloth.clear();
    const wind = -way * 1.1 - vx * 0.25;
    const nape = { x: x + (head[0] - 0.1) * way, y: y + head[1] + 0.03 };
    for (const [index, ribbon] of this.#scarf.entries()) {
      ribbon.follow(nape.x, nape.y - index * 0.03, seconds, wind * (1 + index * 0.2));
      ribbon.draw(cloth, nape.x, nape.y - index * 0.03, this.#color);
    }
    const knot = { x: x + (hips[0] - up[1] * 0.13) * way, y: y + hips[1] + 0.08 };
    this.#sash.follow(knot.x, knot.y, seconds, wind * 0.5);
    this.#sash.draw(cloth, knot.x, knot.y, this.#color);
  }
}
