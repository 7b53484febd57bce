import { shownAt, type Walker } from "./walkers.ts";
import { WALK_SPEED } from "./walkers-game.ts";

/** Slower than this share of how fast it moves on the server, what is shown stands still for the eye. */
const STILL_SHARE = 0.2;

/** Shorter than this nobody calls it a freeze. */
const LONG_MS = 100;

/**
 * Watches one client's screen for freezes: frames in a row in which a walker who moves on the server all the time does not move on the
 * screen. The own walker, the other, and both at once are counted apart.
 */
export class FreezeWatch {
  /** Both stood still. */
  longestMs = 0;
  longestOwnMs = 0;
  longestRemoteMs = 0;
  /** How often the other stood still for more than 100 ms. */
  longRemoteFreezes = 0;
  readonly #still = { both: 0, own: 0, remote: 0 };
  readonly #last: { own: Place; remote: Place } = { own: undefined, remote: undefined };
  #lastMs = Number.NaN;

  frame(client: Walker, nowMs: number): void {
    const elapsedMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    const own = this.#standsStill("own", shownAt(client, true), elapsedMs);
    const remote = this.#standsStill("remote", shownAt(client, false), elapsedMs);
    if (Number.isNaN(elapsedMs)) return;
    const still = this.#still;
    const before = still.remote;
    still.own = own ? still.own + elapsedMs : 0;
    still.remote = remote ? still.remote + elapsedMs : 0;
    still.both = own && remote ? still.both + elapsedMs : 0;
    if (before <= LONG_MS && still.remote > LONG_MS) this.longRemoteFreezes++;
    this.longestMs = Math.max(this.longestMs, still.both);
    this.longestOwnMs = Math.max(this.longestOwnMs, still.own);
    this.longestRemoteMs = Math.max(this.longestRemoteMs, still.remote);
  }

  /** Forgets what was seen before. */
  clear(): void {
    this.longestMs = this.longestOwnMs = this.longestRemoteMs = this.longRemoteFreezes = 0;
    this.#still.both = this.#still.own = this.#still.remote = 0;
  }

  #standsStill(who: "own" | "remote", at: Place, elapsedMs: number): boolean {
    const before = this.#last[who];
    this.#last[who] = at;
    const moved = at && before ? Math.hypot(at.x - before.x, at.y - before.y) : 0;
    return moved < (STILL_SHARE * WALK_SPEED * elapsedMs) / 1000;
  }
}

type Place = ReturnType<typeof shownAt>;
