import { describe, expect, it } from "vitest";
import { SentBytes } from "./sent-bytes.ts";

describe("the bytes sent to a player", () => {
  it("are counted by entity type, and what is of no type in the total", () => {
    const sent = new SentBytes(["ship", "bolt"]);
    sent.wrote(0, 64, 80);
    sent.wrote(1, 84, 92);
    sent.sent(12, 0);
    sent.wrote(0, 70, 78);
    sent.sent(10, 50);
    expect(sent.totals).toEqual({ total: 22, byType: { ship: 3, bolt: 1 } });
  });

  it("do not include what was taken back from a packet because it did not fit", () => {
    const sent = new SentBytes(["ship", "bolt"]);
    sent.wrote(0, 64, 80);
    sent.wrote(0, 80, 400);
    sent.wrote(1, 82, 90);
    sent.wrote(0, 92, 900);
    sent.sent(13, 0);
    expect(sent.totals).toEqual({ total: 13, byType: { ship: 2, bolt: 1 } });
  });

  it("make a rate of the last second, which falls to nothing when nothing more is sent", () => {
    const sent = new SentBytes(["ship"]);
    for (let ms = 0; ms <= 1000; ms += 50) {
      sent.wrote(0, 64, 144);
      sent.sent(20, ms);
    }
    const { total, byType } = sent.perSecond(1010);
    expect(total).toBe(21 * 20);
    expect(byType["ship"]).toBe(21 * 10);
    expect(sent.perSecond(2500).total).toBe(0);
  });
});
