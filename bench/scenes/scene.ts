import type { PathConditions } from "../peers/path.ts";
import type { Row } from "../report/table.ts";

/** What the command line says about a run. */
export interface SceneOptions {
  /** Ticks to measure, after the warm-up. */
  ticks: number;
  seed: number;
  path: PathConditions;
  /** Says how far a long run has come; never on standard output, where the result goes. */
  progress(message: string): void;
}

export interface SceneResult {
  /** The object printed with --json; machine and commit are added to it. */
  json: Record<string, unknown>;
  /** The same figures to read. */
  rows: Row[];
  /** The figures that something is asked of, met or not. */
  targets: Row[];
}

export interface Scene {
  readonly name: string;
  readonly summary: string;
  readonly defaultTicks: number;
  /** Whether anything travels, so that --rtt and --loss mean something. */
  readonly hasPath: boolean;
  /** The path when the command line names none; left out: one that neither delays nor loses. */
  readonly defaultPath?: PathConditions;
  /** Loads the scene and all that it measures, which is nothing that another scene has to wait for. */
  load(): Promise<RunScene>;
}

export type RunScene = (options: SceneOptions) => SceneResult | Promise<SceneResult>;
