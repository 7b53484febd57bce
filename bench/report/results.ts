import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { table, type Row } from "./table.ts";

const PREAMBLE = `# Results

Written by \`npm run bench -- SCENE --write\`; each section is the last run of its scene. Bytes are exact for a seed.
Times depend on the machine: compare rows of one section with each other, not with another machine's.
`;

/** One run, as it is published. */
export interface PublishedRun {
  /** What the command line asked for, so that the run can be repeated. */
  command: string;
  date: string;
  machine: string;
  commit: string;
  rows: readonly Row[];
  /** The same figures against what they are held to, met or not. */
  targets: readonly Row[];
}

/** Puts the run's section into the file, in place of the earlier run of the same command. */
export function publish(file: string, run: PublishedRun): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : PREAMBLE;
  writeFileSync(file, withSection(before, run));
}

/** The document with the run's section replaced, or added at the end. */
export function withSection(document: string, run: PublishedRun): string {
  const [preamble, ...sections] = document.split(/^(?=## )/m);
  const title = `## ${run.command}\n`;
  const kept = sections.filter((section) => !section.startsWith(title));
  const place = sections.findIndex((section) => section.startsWith(title));
  kept.splice(place < 0 ? kept.length : place, 0, section(title, run));
  return [preamble, ...kept].map((part) => `${part.trimEnd()}\n`).join("\n");
}

function section(title: string, run: PublishedRun): string {
  const parts = [title, `${run.date}, ${run.machine}, commit ${run.commit}.\n`, `${table(run.rows)}\n`];
  if (run.targets.length > 0) parts.push(`${table(run.targets)}\n`);
  return parts.join("\n");
}
