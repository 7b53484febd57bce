import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { addressKey } from "./address-key.ts";
import { PerAddressLimiter } from "./per-address-limiter.ts";
import { TokenBucket } from "./token-bucket.ts";
import { TrafficLimiter } from "./traffic-limiter.ts";

describe("token bucket", () => {
  test("allows a burst, then the rate", () => {
    const bucket = new TokenBucket(10, 3, 0);
    expect([0, 0, 0, 0, 99, 100, 100, 200].map((now) => bucket.take(1, now))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  test("never allows more than burst + rate x time, whatever is asked when", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -50, max: 500 }), fc.integer({ min: 0, max: 8 })));
    fc.assert(
      fc.property(steps, (asked) => {
        const bucket = new TokenBucket(20, 5, 1000);
        let now = 1000;
        let latest = 1000;
        let taken = 0;
        for (const [elapsed, cost] of asked) {
          now += elapsed;
          latest = Math.max(latest, now);
          if (bucket.take(cost, now)) taken += cost;
          expect(taken).toBeLessThanOrEqual(5 + (20 * (latest - 1000)) / 1000 + 1e-6);
        }
      }),
    );
  });

  test("does not hang or fill on a clock that is not a number", () => {
    const bucket = new TokenBucket(10, 1, 0);
    expect(bucket.take(1, Number.NaN)).toBe(true);
    expect(bucket.take(1, Number.NaN)).toBe(false);
    expect(bucket.take(1, 100)).toBe(true);
  });

  test("refuses limits that limit nothing", () => {
    expect(() => new TokenBucket(0, 1, 0)).toThrow(/ratePerSecond .* is 0; allowed is above 0/);
    expect(() => new TokenBucket(1, Infinity, 0)).toThrow(/burst/);
  });
});

describe("traffic limiter", () => {
  test("names which of the two rates a frame broke", () => {
    const limiter = new TrafficLimiter({ framesPerSecond: 2, bytesPerSecond: 100, burstSeconds: 1 }, 0);
    expect(limiter.admit(101, 0)).toBe("byte-rate");
    expect(limiter.admit(50, 0)).toBe("ok");
    expect(limiter.admit(50, 0)).toBe("ok");
    expect(limiter.admit(0, 0)).toBe("frame-rate");
    expect(limiter.admit(50, 500)).toBe("ok");
  });

  test("a client at 100 times the rate gets one rate's worth through", () => {
    const limiter = new TrafficLimiter({ framesPerSecond: 60, bytesPerSecond: 60_000 }, 0);
    let passed = 0;
    for (let i = 0; i < 6000 * 10; i++) if (limiter.admit(100, i / 6) === "ok") passed++;
    expect(passed).toBeGreaterThan(600);
    expect(passed).toBeLessThanOrEqual(720);
  });
});

describe("limit per address", () => {
  test("limits each address by itself", () => {
    const limiter = new PerAddressLimiter({ ratePerSecond: 1, burst: 2 });
    const admit = (address: string, now: number) => limiter.admit(address, now);
    expect([admit("10.0.0.1", 0), admit("10.0.0.1", 0), admit("10.0.0.1", 0)]).toEqual([true, true, false]);
    expect(admit("10.0.0.2", 0)).toBe(true);
    expect(admit("10.0.0.1", 1000)).toBe(true);
  });

  test("keeps memory bounded and forgets whom it saw longest ago", () => {
    const limiter = new PerAddressLimiter({ ratePerSecond: 0.001, burst: 1, maxAddresses: 100 });
    limiter.admit("10.9.9.9", 0);
    for (let i = 0; i < 5000; i++) {
      expect(limiter.admit(`10.0.${i >> 8}.${i & 255}`, i)).toBe(true);
      expect(limiter.admit("10.9.9.9", i)).toBe(false);
    }
    expect(limiter.size).toBe(100);
    expect(limiter.admit("10.0.0.1", 5000)).toBe(true);
  });

  test("counts whatever is no address as one", () => {
    const limiter = new PerAddressLimiter({ ratePerSecond: 1, burst: 1 });
    expect(limiter.admit(undefined, 0)).toBe(true);
    expect(limiter.admit("x".repeat(10_000), 0)).toBe(false);
    expect(limiter.admit("", 0)).toBe(false);
    expect(limiter.size).toBe(1);
  });
});

describe("address key", () => {
  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:192.168.1.20", "192.168.1.20"],
    ["::ffff:c0a8:114", "192.168.1.20"],
    ["::1", "0:0:0:0::/64"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["999.1.1.1", "?"],
    ["localhost", "?"],
    ["1:2:3", "?"],
  ])("of %s is %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  test("is short and never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4()), (text) => {
        expect(addressKey(text).length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
