import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text.ts";

describe("plainText", () => {
  it("keeps what can be read, in any script", () => {
    expect(plainText("  Ångström   海 🌊 ", 40)).toBe("Ångström 海 🌊");
  });

  it("drops control characters and direction marks", () => {
    expect(plainText("a\u0000b\u202Ec\nd", 40)).toBe("a b c d");
  });

  it("gives a short line for anything at all", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: "binary" }), (value, text) => {
        expect(plainText(value, 16).length).toBeLessThanOrEqual(32);
        expect([...plainText(text, 16)].length).toBeLessThanOrEqual(16);
      }),
    );
  });
});
