import { SendDrop } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { productSources, readRepositoryFile } from "./document.ts";

const document = readRepositoryFile("docs/errors.md");
const sources = productSources().map(readRepositoryFile);

const documentedCodes = [...document.matchAll(/^### `([a-z]+\/[a-z-]+)`$/gm)].map(([, code]) => code);
const codes = new Set(
  sources.flatMap((source) =>
    [
      ...source.matchAll(
        /"((?:schema|world|input|snapshot|join|transport|config|room|fleet|region|auth|matchmaking)\/[a-z-]+)"/g,
      ),
    ].map(([, code]) => code),
  ),
);

/** Reasons in the first column of the tables. */
const documentedReasons = [...document.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, reason]) => reason);
/** Reasons that the sources give to a counter as they stand. */
const literalReasons = sources.flatMap((source) =>
  [...source.matchAll(/\b(?:add|count)\(([^()]*)\)/g)].flatMap(([, argument]) =>
    [...argument.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)].map(([, reason]) => reason),
  ),
);
/** Reasons that are put together, or come from a type. */
const composedReasons = [
  ...Object.values(SendDrop),
  ...membersOf("server/src/limits/traffic-limiter.ts", "TrafficVerdict").filter(
    (verdict) => verdict !== "ok",
  ),
  ...membersOf("server/src/history/view-checks.ts", "ViewFault"),
  ...membersOf("client-sdk/src/snapshot/snapshot-decoder.ts", "SnapshotDrop").map(
    (drop) => `snapshot-${drop}`,
  ),
  ...membersOf("server/src/room/state-checks.ts", "CheckDrop"),
  ...membersOf("client-sdk/src/session/desync-watch.ts", "DifferenceDrop"),
  ...["rate", "busy", "malformed", "failed"].map((reason) => `signal-${reason}`),
];

describe("docs/errors.md", () => {
  it("has a section for every code in the sources", () => {
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !documentedCodes.includes(code))).toEqual([]);
  });

  it("has no section for a code that is gone, and none twice", () => {
    expect(documentedCodes.filter((code) => !codes.has(code))).toEqual([]);
    expect(documentedCodes).toHaveLength(new Set(documentedCodes).size);
  });

  it("lists every reason for which something is dropped", () => {
    const reasons = new Set([...literalReasons, ...composedReasons]);
    expect(reasons.size).toBeGreaterThan(40);
    expect([...reasons].filter((reason) => !documentedReasons.includes(reason))).toEqual([]);
  });

  it("lists no reason that is gone", () => {
    const reasons = new Set([...literalReasons, ...composedReasons]);
    expect(documentedReasons.filter((reason) => !reasons.has(reason))).toEqual([]);
  });
});

/** The members of a union of string literals. */
function membersOf(path: string, name: string): string[] {
  const declaration = new RegExp(`type ${name} =([^;]*);`).exec(readRepositoryFile(path))?.[1] ?? "";
  return [...declaration.matchAll(/"([^"]+)"/g)].map(([, member]) => member);
}
