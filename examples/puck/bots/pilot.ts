import type { EntityShown, Frame } from "@tidelock/client";
import type { entities } from "../shared/entities.ts";
import { BALL_RADIUS, CRAFT_RADIUS, HALF_GOAL, HALF_LENGTH } from "../shared/rules.ts";

type CraftShown = EntityShown<typeof entities.craft.fields>;

export interface PilotCommand {
  moveX: number;
  moveY: number;
  boost: boolean;
}

/** Seconds ahead at which a pilot looks for the ball. */
const FORESIGHT = 0.25;
/** Metres behind the ball from which it is struck. */
const RUN_UP = BALL_RADIUS + CRAFT_RADIUS + 0.5;

/** Plays one craft: the nearest of a team strikes the ball towards the other goal, the others stay between ball and goal. */
export class Pilot {
  readonly #command: PilotCommand = { moveX: 0, moveY: 0, boost: false };
  /** Nobody strikes exactly where they want. */
  #error = 0;
  #errorFor = 0;

  steer(frame: Frame<typeof entities>, seconds: number): PilotCommand {
    const command = this.#command;
    const me = frame.craft.find(({ mine }) => mine);
    const [ball] = frame.ball;
    command.moveX = command.moveY = 0;
    command.boost = false;
    if (me === undefined || ball === undefined) return command;
    this.#errorFor -= seconds;
    if (this.#errorFor <= 0) {
      this.#error = (Math.random() - 0.5) * HALF_GOAL * 1.6;
      this.#errorFor = 0.5 + Math.random();
    }
    const towards = me.team === "left" ? 1 : -1;
    const ballX = ball.x + ball.vx * FORESIGHT;
    const ballY = ball.y + ball.vy * FORESIGHT;
    if (isNearest(me, frame.craft, ballX, ballY)) this.#strike(me, ballX, ballY, towards);
    else this.#drive(me, ballX * 0.5 - towards * HALF_LENGTH * 0.45, ballY * 0.6, 3);
    return command;
  }

  #strike(me: CraftShown, ballX: number, ballY: number, towards: number): void {
    const aimX = towards * (HALF_LENGTH + 1) - ballX;
    const aimY = this.#error - ballY;
    const length = Math.hypot(aimX, aimY) || 1;
    const behindX = ballX - (aimX / length) * RUN_UP;
    const behindY = ballY - (aimY / length) * RUN_UP;
    const isBehind = (ballX - me.x) * aimX + (ballY - me.y) * aimY > 0.7 * length * RUN_UP;
    const offLine = Math.abs((ballX - me.x) * aimY - (ballY - me.y) * aimX) / length;
    if (isBehind && offLine < 0.9) {
      this.#drive(me, ballX + aimX / length, ballY + aimY / length, 0);
      this.#command.boost = me.tank > 30 && offLine < 0.5;
    } else if (isBehind || Math.hypot(ballX - me.x, ballY - me.y) > 2.5) this.#drive(me, behindX, behindY, 1);
    // Round the ball, not through it: that would be an own goal.
    else this.#drive(me, behindX, me.y + (me.y > ballY ? 3 : -3), 0);
  }

  /** Heads for a place, and slows down within `ease` metres of it. */
  #drive(me: CraftShown, x: number, y: number, ease: number): void {
    const dx = x - me.x;
    const dy = y - me.y;
    const distance = Math.hypot(dx, dy) || 1;
    const push = Math.min(1, ease === 0 ? 1 : distance / ease);
    this.#command.moveX = (dx / distance) * push;
    this.#command.moveY = (dy / distance) * push;
  }
}

function isNearest(me: CraftShown, crafts: readonly CraftShown[], x: number, y: number): boolean {
  const mine = Math.hypot(me.x - x, me.y - y);
  return crafts.every(
    (other) => other.team !== me.team || other.id === me.id || Math.hypot(other.x - x, other.y - y) >= mine,
  );
}
