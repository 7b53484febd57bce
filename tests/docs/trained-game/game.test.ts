import { expect, it } from "vitest";
import { drift } from "./game.ts";

it("takes the tables of the file that it imports", () => {
  const [raft] = drift.types;
  expect(raft.tables?.masks?.[0].masks.length).toBeGreaterThan(1);
  expect(Object.keys(raft.tables?.fields ?? {})).toContain("vx");
});
