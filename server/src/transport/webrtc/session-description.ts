import { MAX_SDP_CHARACTERS } from "@tidelock/shared";

/**
 * The description with every candidate taken out, or undefined when it does not describe exactly one
 * datachannel section. A client's own candidates are never used: the address its checks come from is
 * enough, and nobody can aim our connectivity checks at a third party.
 */
export function withoutCandidates(sdp: unknown): string | undefined {
  if (typeof sdp !== "string" || sdp.length === 0 || sdp.length > MAX_SDP_CHARACTERS) return undefined;
  const lines = sdp.split(/\r\n|\r|\n/).filter((line) => line !== "");
  if (!lines.every((line) => /^[a-z]=[\x20-\x7e]*$/.test(line))) return undefined;
  const media = lines.filter((line) => line.startsWith("m="));
  if (lines[0] !== "v=0" || media.length !== 1 || !media[0].startsWith("m=application ")) return undefined;
  if (
    !["a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:"].every((key) =>
      lines.some((line) => line.startsWith(key)),
    )
  ) {
    return undefined;
  }
  const kept = lines.filter((line) => !/^a=(candidate|remote-candidates|end-of-candidates)/.test(line));
  return `${kept.join("\r\n")}\r\n`;
}

/**
 * The server's description with the candidates' address (and port) replaced, for a server behind a mapping.
 * Of several candidates one is kept: they would all be the same.
 */
export function withExternalAddress(sdp: string, address: string | undefined, port?: number): string {
  if (address === undefined) return sdp;
  let kept = false;
  const lines = sdp.split("\r\n").flatMap((line) => {
    if (!line.startsWith("a=candidate:")) return [line];
    const parts = line.split(" ");
    if (kept || parts[2]?.toUpperCase() !== "UDP" || parts[7] !== "host") return [];
    kept = true;
    parts[4] = address;
    if (port !== undefined) parts[5] = String(port);
    return [parts.join(" ")];
  });
  return lines.join("\r\n");
}
