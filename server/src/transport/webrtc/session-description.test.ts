import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withExternalAddress, withoutCandidates } from "./session-description.ts";

const lines = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghabcdefghabcdefgh",
  "a=fingerprint:sha-256 AB:CD",
  "a=candidate:1 1 UDP 2122317823 192.0.2.7 1234 typ host",
  "a=candidate:2 1 TCP 2122317823 192.0.2.7 9 typ host tcptype active",
  "a=end-of-candidates",
];
const sdp = (change: (all: string[]) => string[] = (all) => all): string =>
  `${change(lines).join("\r\n")}\r\n`;

describe("a client's session description", () => {
  it("loses every candidate, so that our checks can be aimed at nobody else", () => {
    const kept = withoutCandidates(sdp());
    expect(kept).not.toContain("candidate");
    expect(kept).toContain("a=ice-ufrag:abcd\r\n");
  });

  it.each([
    ["two media sections", sdp((all) => [...all, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"])],
    ["a video section", sdp((all) => all.map((line) => line.replace("m=application", "m=video")))],
    ["no fingerprint", sdp((all) => all.filter((line) => !line.startsWith("a=fingerprint")))],
    ["a line that is none", sdp((all) => [...all, " a=candidate:1 1 UDP 1 192.0.2.7 1 typ host"])],
    ["too much of it", sdp((all) => [...all, ...Array.from({ length: 500 }, () => "a=x:yyyyyyyyyyyy")])],
    ["control characters", sdp((all) => [...all, "a=x:\0"])],
  ])("is refused with %s", (_what, text) => {
    expect(withoutCandidates(text)).toBeUndefined();
  });

  it("is never a reason to throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void withoutCandidates(value)));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void withoutCandidates(sdp() + text)));
  });
});

describe("the server's session description", () => {
  it("names the external address and port in its one candidate", () => {
    const text = withExternalAddress(sdp(), "203.0.113.9", 4000);
    expect(text.match(/a=candidate:.*/g)).toEqual([
      "a=candidate:1 1 UDP 2122317823 203.0.113.9 4000 typ host",
    ]);
  });

  it("keeps the port where only the address differs, and everything where nothing does", () => {
    expect(withExternalAddress(sdp(), "203.0.113.9")).toContain("203.0.113.9 1234 typ host");
    expect(withExternalAddress(sdp(), undefined)).toBe(sdp());
  });
});
