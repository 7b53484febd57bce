import { setTimeout as pause } from "node:timers/promises";
import { join } from "@tidelock/client";
import { arena } from "../shared/game.ts";
import { TICK_RATE } from "../shared/rules.ts";
import { Pilot } from "./pilot.ts";

/** How long a bot waits before it asks an absent server again; each a little different, so that they do not come as one wave. */
const RETRY_MS = 1500;
/** How long leaving in good order may take. */
const LEAVE_MS = 1000;

/** What has become of a bot. "away": the server does not answer or has closed the room; it keeps trying. */
export type BotState = "joining" | "playing" | "away";

/** One player of its own: joins, plays, and joins again when the server was gone. */
export class Bot {
  state: BotState = "joining";
  readonly #url: string;
  readonly #name: string;
  readonly #stop: AbortSignal;
  readonly #onChange: () => void;

  constructor(url: string, name: string, stop: AbortSignal, onChange: () => void) {
    this.#url = url;
    this.#name = name;
    this.#stop = stop;
    this.#onChange = onChange;
  }

  /**
   * Plays until `stop` is aborted.
   * @throws TidelockError when the server is there and refuses the bot: waiting would not help
   */
  async run(): Promise<void> {
    while (!this.#stop.aborted) {
      try {
        await this.#play();
      } catch (error) {
        if (!isUnreachable(error)) throw error;
      }
      if (this.#stop.aborted) return;
      this.#enter("away");
      await pause(RETRY_MS * (1 + Math.random()), undefined, { signal: this.#stop }).catch(() => {});
    }
  }

  /** From joining to the end of the connection. */
  async #play(): Promise<void> {
    const session = await join(this.#url, arena, {
      options: { name: this.#name },
      // Scores and chat mean nothing to it.
      onRoom: (room) => room.onMessage("*", () => {}),
    });
    // A new seat is as good as the old one to a bot: no need to ask for that first.
    session.room.reconnection.enabled = false;
    this.#enter("playing");
    const pilot = new Pilot();
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const { player: ships } = session.frame(now);
      const me = ships.find((ship) => ship.mine);
      Object.assign(session.input, pilot.steer(me, ships, (now - last) / 1000));
      last = now;
    }, 1000 / TICK_RATE);
    await new Promise<void>((resolve) => {
      session.onStateChange = (state) => {
        if (state === "left") resolve();
      };
      const leave = () => {
        setTimeout(resolve, LEAVE_MS).unref();
        session.leave().then(resolve, resolve);
      };
      if (this.#stop.aborted) leave();
      else this.#stop.addEventListener("abort", leave, { once: true });
    });
    clearInterval(timer);
  }

  #enter(state: BotState): void {
    if (state === this.state) return;
    this.state = state;
    this.#onChange();
  }
}

function isUnreachable(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "join/unreachable" || code === "join/closed" || code === "join/no-welcome";
}
