import { arena } from "../../examples/arena/shared/game.ts";
import { spawnPoints } from "../../examples/arena/shared/map.ts";
import { MAX_PLAYERS } from "../../examples/arena/shared/rules.ts";
import { scriptedInputs } from "../../examples/arena/shared/scripted-inputs.ts";
import { percentile, rounded } from "../report/percentile.ts";
import { atMost } from "../report/target.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** Twenty seconds of play: everybody has fought, died and come back, and the compiler has settled. */
const WARM_UP_TICKS = 1200;
const PROGRESS_TICKS = 3000;
/**
 * Between ticks the process sleeps a moment, as a server does. Steps run back to back use up the process's time slice and
 * get interrupted in the middle on a busy machine: the tail would then measure the neighbours.
 */
const SLEEP_MS = 1;

/** One step of the full arena, inputs given: what the simulation takes of a tick's time. */
export function runStep({ ticks, seed, progress }: SceneOptions): SceneResult {
  const world = arena.createWorld();
  world.seed = seed;
  for (let player = 1; player <= MAX_PLAYERS; player++) {
    world.spawn("player", { owner: player, ...spawnPoints[player % spawnPoints.length] });
  }
  const inputs = arena.createInputs();
  const row = arena.input.neutralRow();
  const alarm = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const stepMs: number[] = [];
  let bullets = 0;
  let kills = 0;
  for (let tick = 1; tick <= WARM_UP_TICKS + ticks; tick++) {
    for (let player = 1; player <= MAX_PLAYERS; player++) {
      arena.input.write({ ...scriptedInputs(tick, player) }, row);
      inputs.set(player, row);
    }
    Atomics.wait(alarm, 0, 0, SLEEP_MS);
    const start = performance.now();
    arena.step(world, tick, inputs);
    const took = performance.now() - start;
    if (tick % PROGRESS_TICKS === 0) progress(`tick ${tick} of ${WARM_UP_TICKS + ticks}`);
    if (tick <= WARM_UP_TICKS) continue;
    stepMs.push(took);
    bullets += world.countOf("bullet");
    kills += world.events.filter(({ name }) => name === "kill").length;
  }

  const figures = {
    p50Ms: rounded(percentile(stepMs, 0.5), 4),
    p95Ms: rounded(percentile(stepMs, 0.95), 4),
    p99Ms: rounded(percentile(stepMs, 0.99), 4),
    maxMs: rounded(Math.max(...stepMs), 4),
    players: MAX_PLAYERS,
    meanBullets: rounded(bullets / ticks, 1),
    kills,
    // The same seed must end in the same world; a figure of a commit that plays differently is another figure.
    hash: world.hash().toString(16).padStart(8, "0"),
  };
  return {
    json: { scene: "step", ...figures, ticks, seed },
    rows: [figures],
    setting: `${MAX_PLAYERS} scripted players, ${ticks} ticks, seed ${seed}`,
    targets: [atMost("step p99 in ms", figures.p99Ms, 1)],
  };
}
