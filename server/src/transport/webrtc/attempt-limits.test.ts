import { describe, expect, it } from "vitest";
import { AttemptLimits } from "./attempt-limits.ts";

const options = { maxPending: 10, perSecond: 100, perAddressPerMinute: 60 };

describe("the limits of handshakes", () => {
  it("let an address begin half a minute's worth at once, then one a second", () => {
    const limits = new AttemptLimits(options, 0);
    const verdicts = Array.from({ length: 40 }, () => limits.admit("192.0.2.1", 0, 0));
    expect(verdicts.filter((verdict) => verdict === "ok")).toHaveLength(30);
    expect(verdicts.at(-1)).toBe("rate");
    expect(limits.admit("192.0.2.1", 0, 1000)).toBe("ok");
    expect(limits.admit("192.0.2.1", 0, 1000)).toBe("rate");
  });

  it("do not let one address use up another's", () => {
    const limits = new AttemptLimits(options, 0);
    for (let i = 0; i < 40; i++) limits.admit("192.0.2.1", 0, 0);
    expect(limits.admit("192.0.2.2", 0, 0)).toBe("ok");
  });

  it("say busy when too many are under way, or too many begin in all", () => {
    const limits = new AttemptLimits(options, 0);
    expect(limits.admit("192.0.2.1", 10, 0)).toBe("busy");
    const verdicts = Array.from({ length: 300 }, (_, i) => limits.admit(`10.1.${i >> 8}.${i & 255}`, 0, 0));
    expect(verdicts.filter((verdict) => verdict === "ok").length).toBeLessThanOrEqual(200);
    expect(limits.admit("192.0.2.3", 0, 1000)).toBe("ok");
  });

  it("forget the address seen longest ago when there are thousands", () => {
    const limits = new AttemptLimits({ ...options, perSecond: 1e9 }, 0);
    for (let i = 0; i < 40; i++) limits.admit("192.0.2.4", 0, 0);
    expect(limits.admit("192.0.2.4", 0, 0)).toBe("rate");
    for (let i = 0; i < 5000; i++) limits.admit(`10.1.${i >> 8}.${i & 255}`, 0, 1);
    expect(limits.admit("192.0.2.4", 0, 1)).toBe("ok");
  });
});
