import * as crates from "./crates-run.ts";
import { exampleRuns } from "./example-runs.ts";
import * as field from "./field-run.ts";
import * as math from "./math-run.ts";
import * as physics from "./physics-run.ts";
import * as solid from "./solid-run.ts";

/** A scripted run of 10,000 steps whose result must have the same bits in every engine. */
export interface DeterminismRun {
  readonly name: string;
  /** Returns the hash after every 100 steps: where two engines part, the first differing one says when. */
  readonly module: { run(): number[] };
}

export const runs: readonly DeterminismRun[] = [
  { name: "math and random numbers", module: math },
  { name: "physics", module: physics },
  { name: "physics of shapes and solids", module: solid },
  { name: "the field game", module: field },
  { name: "rigid bodies in space", module: crates },
  ...exampleRuns,
];
