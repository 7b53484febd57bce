import { condition } from "@tidelock/shared";
import { describe, expect, test } from "vitest";
import { enter, setUp } from "../../examples/puck/shared/crowd.ts";
import { puck } from "../../examples/puck/shared/game.ts";
import { scriptedInputs } from "../../examples/puck/shared/scripted-inputs.ts";
import { COUNTDOWN_TICKS, TICK_RATE } from "../../examples/puck/shared/rules.ts";
import { type SteppedClient, Stepper } from "../stepper/stepper.ts";

const FAR = condition({ latencyMs: 75, jitterMs: 5 });
const KICK_OFF_MS = ((COUNTDOWN_TICKS + TICK_RATE) / TICK_RATE) * 1000;

type Client = SteppedClient<typeof puck.inputFields>;

/** Two players 150 ms away, and crates to push. The first chases the ball from kick-off on; the other drives about or does nothing. */
function match(other: "drives" | "rests") {
  const stepper = new Stepper({ game: puck, seed: 4 });
  setUp(stepper.simulation.world, 6);
  const join = (): Client => stepper.join(FAR, (player) => enter(stepper.simulation.world, player));
  const first = join();
  const second = join();
  let frame = 0;
  stepper.onFrame = (client) => {
    frame++;
    if (client === first) chase(client);
    else if (other === "drives") Object.assign(client.input, scriptedInputs(frame >> 1, client.number));
  };
  stepper.run(KICK_OFF_MS);
  return { stepper, first, second };
}

function chase(client: Client): void {
  const me = client.shown["craft"].find(({ mine }) => mine);
  if (me === undefined) return;
  const { x, y } = shownBall(client);
  const towardsX = x - Number(me["x"]);
  const towardsY = y - Number(me["y"]);
  const length = Math.hypot(towardsX, towardsY) || 1;
  Object.assign(client.input, { moveX: towardsX / length, moveY: towardsY / length, boost: length > 6 });
}

function shownBall({ shown }: Client): { x: number; y: number; vx: number; vy: number } {
  const [ball] = shown["ball"];
  return { x: Number(ball["x"]), y: Number(ball["y"]), vx: Number(ball["vx"]), vy: Number(ball["vy"]) };
}

describe("the puck game at a round trip of 150 ms", { timeout: 60_000 }, () => {
  test("is never corrected while all that happens comes from one's own input, whatever is run into", () => {
    const { stepper, first } = match("rests");
    const corrections = (): number =>
      first.netcode.stats(stepper.scheduler.nowMs(), "websocket", undefined).corrections;
    const before = corrections();
    const wasAt = shownBall(first);
    stepper.run(5000);
    expect(shownBall(first)).not.toEqual(wasAt);
    expect(corrections()).toBe(before);
  });

  test("shows the ball where everybody's input takes it, without a jump, and is corrected by what others do alone", () => {
    const { stepper, first } = match("drives");
    let last = shownBall(first);
    let frames = 0;
    let jumps = 0;
    const { onFrame } = stepper;
    stepper.onFrame = (client, nowMs) => {
      onFrame(client, nowMs);
      if (client !== first) return;
      const ball = shownBall(first);
      const off = Math.hypot(
        ball.x - last.x - (ball.vx + last.vx) / 2 / TICK_RATE,
        ball.y - last.y - (ball.vy + last.vy) / 2 / TICK_RATE,
      );
      frames++;
      if (off > 0.25) jumps++;
      last = ball;
    };
    stepper.run(6000);
    expect(frames).toBeGreaterThan(300);
    // A kick-off puts the ball elsewhere.
    expect(jumps).toBeLessThan(frames / 50);
  });

  test("ends, on every screen, where the server is, once nobody does anything any more", () => {
    const { stepper, first, second } = match("drives");
    stepper.run(1000);
    stepper.onFrame = (client) => void Object.assign(client.input, { moveX: 0, moveY: 0, boost: false });
    // The ball rolls on for a while.
    stepper.run(24_000);
    const [ball] = stepper.simulation.world.all("ball");
    for (const client of [first, second])
      expect(shownBall(client)).toEqual({ x: ball.x, y: ball.y, vx: 0, vy: 0 });
  });
});
