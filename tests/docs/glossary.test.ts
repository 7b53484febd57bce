import { describe, expect, it } from "vitest";
import { readRepositoryFile } from "./document.ts";

const document = readRepositoryFile("docs/glossary.md");
const defined = new Set([...document.matchAll(/\*\*([^*]+)\*\*/g)].map(([, term]) => term.toLowerCase()));

/** The words that names in the code and headings of the documents are made of. */
const TERMS = `
  tick, snapshot, baseline, delta, interest, relevance, priority, prediction, reconciliation
  rollback, resimulation, interpolation, extrapolation, lag compensation, rewind, jitter buffer
  input lead, time dilation, authority, ghost, handoff, lease, epoch, fencing, journal, drain
  state grid, shown step, shown track, lattice, slot, residual, margin
  track, surprise, declared motion, detail level, far, rank, change mask, code tables
`
  .split(/[,\n]/)
  .map((term) => term.trim())
  .filter((term) => term !== "");

describe("docs/glossary.md", () => {
  it.each(TERMS)("defines %s", (term) => {
    expect([...defined]).toContain(term);
  });
});
