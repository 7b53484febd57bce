import { join, type Session } from "@tidelock/client";
import type { Condition } from "@tidelock/shared";
import { field } from "../../stepper/field-game.ts";

/** What the page drew in one frame. Times are those of the page's own clock. */
export interface DrawnFrame {
  readonly atMs: number;
  readonly mine: readonly [x: number, y: number] | undefined;
  readonly other: readonly [x: number, y: number] | undefined;
  /** Total so far. */
  readonly corrections: number;
  /** Keys pressed before this frame and after the one before it. */
  readonly pressed: readonly string[];
}

/** What a test reads from the page. */
export interface GameReport {
  readonly transport: string;
  /** The network that the page imitates. */
  readonly condition: string;
  readonly changes: readonly string[];
  readonly received: Readonly<Record<"websocket" | "datachannel", number>>;
  readonly mine: DrawnFrame["mine"];
  readonly other: DrawnFrame["other"];
  /** The longest time without a new snapshot since the last `resetGap`. */
  readonly longestGapMs: number;
  readonly rttMs: number;
  readonly leadTicks: number;
  /** Milliseconds from the page's clock to the time of day, which the server's process knows too. */
  readonly timeOrigin: number;
}

declare global {
  /** What the tests call in the page. */
  var game: {
    start(url: string): Promise<void>;
    report(): GameReport;
    resetGap(): void;
    setCondition(condition: Condition): void;
    /** Changes direction and fires by the clock from now on, or no longer. */
    wander(on: boolean): void;
    /** The frames drawn since the last call. */
    takeFrames(): DrawnFrame[];
  };
}

const AXES = {
  ArrowLeft: ["moveX", -1],
  ArrowRight: ["moveX", 1],
  ArrowUp: ["moveY", -1],
  ArrowDown: ["moveY", 1],
} as const;
const isAxisKey = (key: string): key is keyof typeof AXES => key in AXES;

const joinField = (url: string) => join(url, field);
let session: Awaited<ReturnType<typeof joinField>>;
let frames: DrawnFrame[] = [];
let pressed: string[] = [];
let longestGapMs = 0;
let wandering = false;
const changes: string[] = [];

addEventListener("keydown", ({ key, repeat }) => {
  if (repeat || !isAxisKey(key)) return;
  const [axis, value] = AXES[key];
  session.input[axis] = value;
  pressed.push(key);
});
addEventListener("keyup", ({ key }) => {
  if (isAxisKey(key)) session.input[AXES[key][0]] = 0;
});

/** Three and four directions in turn, so that both axes change at times of their own. */
function wander(nowMs: number, phase: number): void {
  session.input.moveX = [1, 0, -1, 0.5, -0.5][Math.floor(nowMs / 400 + phase) % 5];
  session.input.moveY = [0, 1, 0, -1][Math.floor(nowMs / 300 + phase) % 4];
  session.input.fire = Math.floor(nowMs / 500 + phase) % 2 === 0;
}

function draw(nowMs: number): void {
  requestAnimationFrame(draw);
  noteGap();
  if (wandering) wander(nowMs, session.player);
  const { player } = session.frame(nowMs);
  const place = (mine: boolean): DrawnFrame["mine"] => {
    const found = player.find((each) => each.mine === mine);
    return found && [found.x, found.y];
  };
  frames.push({
    atMs: nowMs,
    mine: place(true),
    other: place(false),
    corrections: session.stats.corrections,
    pressed,
  });
  pressed = [];
}

function noteGap(): void {
  longestGapMs = Math.max(longestGapMs, session.stats.snapshotAgeMs);
}

globalThis.game = {
  start: async (url) => {
    session = await joinField(url);
    session.onTransportChange = (transport, reason) => changes.push(`${transport} (${reason})`);
    requestAnimationFrame(draw);
    setInterval(noteGap, 10);
  },
  report: () => {
    const { transport, received, condition } = session as Session;
    const last = frames.at(-1);
    return {
      transport,
      condition,
      changes,
      received: { ...received },
      mine: last?.mine,
      other: last?.other,
      longestGapMs,
      rttMs: session.stats.rttMs,
      leadTicks: session.stats.leadTicks,
      timeOrigin: performance.timeOrigin,
    };
  },
  resetGap: () => {
    longestGapMs = 0;
  },
  setCondition: (condition) => {
    session.setCondition("outgoing", condition);
    session.setCondition("incoming", condition);
  },
  wander: (on) => {
    wandering = on;
  },
  takeFrames: () => {
    const taken = frames;
    frames = [];
    return taken;
  },
};
