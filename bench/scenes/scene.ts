import type { PathConditions } from "../peers/path.ts";
import type { Row } from "../report/table.ts";

/** What the command line says about a run. */
export interface SceneOptions {
  /** Ticks to measure, after the warm-up. */
  ticks: number;
  seed: number;
  path: PathConditions;
  /**
   * Which peers to measure beside ours: all, or only those that a target compares with. Peers go over TCP or send everything in
   * every packet, so that what the path does makes no difference to them.
   */
  peers: "all" | "compared";
  /** Says how far a long run has come; never on standard output, where the result goes. */
  progress(message: string): void;
}

export interface SceneResult {
  /** The object printed with --json; machine and commit are added to it. */
  json: Record<string, unknown>;
  /** The same figures to read. */
  rows: Row[];
  /** Those of peers to which the path makes no difference. */
  anyPath?: Row[];
  /** What was measured: how many, for how long, from which seed. */
  setting: string;
  /** The figures that something is asked of, met or not. */
  targets: Row[];
}

export interface Scene {
  readonly name: string;
  readonly summary: string;
  readonly defaultTicks: number;
  /** Whether anything travels, so that --rtt and --loss mean something. */
  readonly hasPath: boolean;
  /** The one path that is published; left out: every combination, and none when the command line names none. */
  readonly defaultPath?: PathConditions;
  /** The paths that are published, where they are others. */
  readonly publishedPaths?: readonly PathConditions[];
  /** Loads the scene and all that it measures, which is nothing that another scene has to wait for. */
  load(): Promise<RunScene>;
}

export type RunScene = (options: SceneOptions) => SceneResult | Promise<SceneResult>;
