import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { PathConditions } from "../peers/path.ts";
import type { SceneResult } from "../scenes/scene.ts";
import { table, type Row } from "./table.ts";
import { targetTable } from "./target-table.ts";

const PREAMBLE = `# Results

Written by \`npm run bench -- all --write\`. A row again: \`npm run bench -- SCENE --loss PERCENT --rtt MS\`. What the peers are and how
they are set is in the [README](README.md). Bytes are exact for a seed. Times are the median over the ticks of telling all clients
together; they depend on the machine: compare rows of one scene with each other, not with another machine's.

A peer whose loss and RTT are "any" goes over TCP or sends everything in every packet, so that the path makes no difference to what
it encodes. It is measured once.
`;

/** One run of a scene; without a path where nothing travels. */
export interface PublishedRun {
  path: PathConditions | undefined;
  result: SceneResult;
}

/** All runs of a scene, as they are published. */
export interface PublishedScene {
  name: string;
  date: string;
  machine: string;
  commit: string;
  runs: readonly PublishedRun[];
}

/** Puts the scene into the file, in place of its earlier runs; `order` names every scene there is. */
export function publish(file: string, published: PublishedScene, order: readonly string[]): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  writeFileSync(file, withScene(before, published, order));
}

/** The document with the scene's section replaced; sections of scenes that there are no more are left out. */
export function withScene(document: string, published: PublishedScene, order: readonly string[]): string {
  const kept = document.split(/^(?=## )/m);
  const sections = order.flatMap((name) =>
    name === published.name
      ? [sceneSection(published)]
      : kept.filter((section) => section.startsWith(`## ${name}\n`)),
  );
  return [PREAMBLE, ...sections].map((part) => `${part.trimEnd()}\n`).join("\n");
}

/** A scene's section: one table of figures, one of targets. */
export function sceneSection({ name, date, machine, commit, runs }: PublishedScene): string {
  const about = `${runs[0].result.setting}. ${date}, ${machine}, commit ${commit}.`;
  return [`## ${name}`, about, figuresTable(runs), targetTable(runs)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Every figure of the scene: a row for each path and peer, and one for each peer to which the path makes no difference. */
function figuresTable(runs: readonly PublishedRun[]): string {
  const rows = runs.flatMap(({ path, result }) => result.rows.map((row) => ({ ...pathCells(path), ...row })));
  const [{ path, result }] = runs;
  const any: Row = path === undefined ? {} : { loss: "any", RTT: "any" };
  return table([...rows, ...(result.anyPath ?? []).map((row) => ({ ...any, ...row }))]);
}

function pathCells(path: PathConditions | undefined): Row {
  return path === undefined ? {} : { loss: `${path.loss * 100}%`, RTT: `${path.rttMs} ms` };
}
