import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { MAX_ROLLBACK_TICKS, syncTest } from "@tidelock/shared/sync-test";
import { loadGame } from "../recording/load-game.ts";
import { AmbientCalls } from "../determinism/ambient-calls.ts";
import { loadScenario } from "./load-scenario.ts";
import { syncReport } from "./sync-report.ts";

const USAGE = `Runs a game, goes back some ticks after every tick, steps again, and names what differs.

  npm run sync-test -- GAME [--ticks N] [--rollback N] [--players N] [--seed N] [--scenario FILE]

  GAME             the module that exports the game
  --ticks N        ticks to run; default 10000
  --rollback N     goes back by 1 to N ticks, at most ${MAX_ROLLBACK_TICKS}; default ${MAX_ROLLBACK_TICKS}
  --players N      players that take part; default 4
  --seed N         everything random follows from it; default 1
  --scenario FILE  the module that exports the scenario; default: scenario.ts beside the game, if there is one
  --help           this text

Without a scenario each player gets one entity of each kind that clients predict, and random input.
The exit code is 0 when nothing differed and something was tested.`;

/** Milliseconds after which, and how often, a long run says where it is. */
const PROGRESS_MS = 5000;

/** The command line is wrong: the usage helps. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ticks: { type: "string", default: "10000" },
      rollback: { type: "string", default: String(MAX_ROLLBACK_TICKS) },
      players: { type: "string", default: "4" },
      seed: { type: "string", default: "1" },
      scenario: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError("Name one module with a game.");
  const game = await loadGame(resolve(path));
  const scenario = await loadScenario(resolve(path), values.scenario && resolve(values.scenario));
  const [ticks, rollback, players, seed] = [values.ticks, values.rollback, values.players, values.seed].map(
    Number,
  );
  console.log(
    `${game.name}: ${ticks} ticks, ${players} players, back by 1 to ${rollback} ticks after each, seed ${seed}`,
  );
  const now = performance.now.bind(performance);
  let saidMs = now();
  let tick = 0;
  const ambient = new AmbientCalls();
  const result = syncTest({
    game,
    ticks,
    rollback,
    players,
    seed,
    scenario,
    around: (step) => ambient.during(tick + 1, step),
    onTick: (done) => {
      tick = done;
      if ((done & 63) !== 0 || now() - saidMs < PROGRESS_MS) return;
      saidMs = now();
      console.error(`  ${done} of ${ticks} ticks`);
    },
  });
  ambient.restore();
  const { passed, lines } = syncReport(result, ambient.calls);
  console.log(lines.join("\n"));
  if (!passed) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  const wrong = error instanceof Error ? error.message : String(error);
  // What parseArgs throws is a TypeError.
  const isUsage = error instanceof UsageError || error instanceof TypeError;
  console.error(isUsage ? `${wrong}\n\n${USAGE}` : wrong);
  process.exitCode = 1;
}
