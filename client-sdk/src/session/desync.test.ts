import { describe, expect, it } from "vitest";
import { type Desync, DesyncWarnings } from "./desync.ts";

const desync = (field: string, tick: number, kind: Desync["kind"] = "prediction"): Desync => ({
  kind,
  tick,
  differences: [{ kind: "field", type: "boat", id: 7, field, values: [1, 2] }],
});

function warnings() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const { warn } = new DesyncWarnings(
    () => clock.ms,
    (line) => lines.push(line),
  );
  return { lines, clock, warn };
}

describe("warnings of desyncs", () => {
  it("name tick, entity, field and both values", () => {
    const { lines, warn } = warnings();
    warn(desync("x", 12));
    warn(desync("x", 13, "snapshot"));
    expect(lines).toEqual([
      "desync (prediction) at tick 12: boat.x of entity 7 was predicted as 1 here and is 2 on the server",
      "desync (snapshot) at tick 13: boat.x of entity 7 is 1 here and is 2 on the server",
    ]);
  });

  it("come once in ten seconds of each field, so that a field that is always wrong hides no other", () => {
    const { lines, clock, warn } = warnings();
    for (let tick = 0; tick < 600; tick++) {
      clock.ms = tick * 20;
      warn(desync("x", tick));
      if (tick === 300) warn(desync("y", tick));
    }
    expect(lines.map((line) => /tick (\d+): boat\.(\w)/.exec(line)?.slice(1))).toEqual([
      ["0", "x"],
      ["300", "y"],
      ["500", "x"],
    ]);
  });
});
