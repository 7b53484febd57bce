import { enterStage, setUp } from "../shared/crowd.ts";
import { duel } from "../shared/game.ts";
import { TICK_RATE } from "../shared/rules.ts";
import type { Bout, DuelEvent, Held, Sight } from "./sight.ts";

const TICK_MS = 1000 / TICK_RATE;
/** After a pause this many ticks are made up for; the rest of the time is lost, and nobody misses it. */
const MOST_TICKS = 6;

/** A match in the page alone, with the very step that a server runs: to practise without a network, or to watch. */
export class LocalBout implements Bout {
  readonly player: number;
  readonly stats = undefined;
  onEvent: (event: DuelEvent) => void = () => {};
  onCancelled: (event: DuelEvent) => void = () => {};
  readonly #world = duel.createWorld();
  readonly #before = duel.createWorld();
  readonly #inputs = duel.createInputs();
  readonly #row = new Int32Array(duel.input.width);
  #dueMs: number | undefined;

  /** `plays`: one fighter is the player's; otherwise both fight by themselves. */
  constructor(plays: boolean) {
    this.player = plays ? 1 : 0;
    this.#world.seed = crypto.getRandomValues(new Uint32Array(1))[0];
    setUp(this.#world);
    if (plays) enterStage(this.#world, this.player);
  }

  frame(held: Held, nowMs: number): Sight {
    this.#dueMs = Math.max(this.#dueMs ?? nowMs, nowMs - MOST_TICKS * TICK_MS);
    while (this.#dueMs <= nowMs) {
      this.#dueMs += TICK_MS;
      duel.input.write(held, this.#row);
      this.#inputs.set(this.player, this.#row);
      this.#before.copyFrom(this.#world);
      duel.step(this.#world, this.#world.tick + 1, this.#inputs);
      for (const event of this.#world.events) this.onEvent(event);
    }
    return this.#between(1 - (this.#dueMs - nowMs) / TICK_MS);
  }

  /** Between the last two ticks, so that motion is smooth on any display. */
  #between(share: number): Sight {
    const place = (now: number, before: number | undefined): number =>
      before === undefined ? now : before + (now - before) * share;
    const fighters = [...this.#world.all("fighter")].map((fighter) => {
      const before = this.#before.get("fighter", fighter.id);
      return {
        owner: fighter.owner,
        side: fighter.side,
        x: place(fighter.x, before?.x),
        y: place(fighter.y, before?.y),
        vx: fighter.vx,
        vy: fighter.vy,
        facesRight: fighter.facesRight,
        state: fighter.state,
        since: fighter.since,
        stopsUntil: fighter.stopsUntil,
        health: fighter.health,
        combo: fighter.combo,
        wins: fighter.wins,
        ready: fighter.ready,
      };
    });
    const fireballs = [...this.#world.all("fireball")].map(({ id, side, x, vx }) => ({
      id,
      side,
      vx,
      x: place(x, this.#before.get("fireball", id)?.x),
    }));
    const [match] = this.#world.all("match");
    return { fighters, fireballs, match, tick: this.#world.tick - 1 + share };
  }
}
