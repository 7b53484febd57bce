import { describe, expect, it } from "vitest";
import { DropCounter } from "./drop-counter.ts";

describe("a drop counter", () => {
  it("counts by reason, and for the one above it too", () => {
    const room = new DropCounter();
    const player = new DropCounter(room);
    player.add("late");
    player.add("late", 2);
    new DropCounter(room).add("backlog");
    expect(player.snapshot()).toEqual({ late: 3 });
    expect(room.snapshot()).toEqual({ late: 3, backlog: 1 });
    expect(room.total).toBe(4);
    expect(room.get("never")).toBe(0);
  });

  it("does not grow with the number of reasons", () => {
    const counter = new DropCounter();
    for (let i = 0; i < 10_000; i++) counter.add(`reason ${i}`);
    expect(Object.keys(counter.snapshot()).length).toBeLessThan(60);
    expect(counter.total).toBe(10_000);
    expect(counter.get("other")).toBeGreaterThan(9000);
  });
});
