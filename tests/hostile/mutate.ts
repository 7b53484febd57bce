import type { Rng } from "@tidelock/shared";

/** A broken copy of a packet: cut, prolonged, with bits or bytes changed, spliced with another, or noise altogether. */
export function mutate(packet: Uint8Array, other: Uint8Array, random: Rng, spareHeaderBytes = 0): Uint8Array {
  const from = random.int(4) === 0 ? 0 : Math.min(spareHeaderBytes, packet.length - 1);
  const kind = random.int(7);
  if (kind === 0) return packet.slice(0, random.int(packet.length));
  if (kind === 1) {
    const long = new Uint8Array(packet.length + 1 + random.int(random.int(8) === 0 ? 2000 : 40));
    long.set(packet);
    for (let i = packet.length; i < long.length; i++) long[i] = random.int(256);
    return long;
  }
  if (kind === 2) return Uint8Array.from({ length: random.int(200) }, () => random.int(256));
  const broken = packet.slice();
  if (kind === 3) broken.set(other.subarray(0, broken.length).subarray(from), from);
  else if (kind === 4)
    for (let i = 1 + random.int(6); i > 0; i--)
      broken[from + random.int(broken.length - from)] = random.int(256);
  else
    for (let i = 1 + random.int(3); i > 0; i--)
      broken[from + random.int(broken.length - from)] ^= 1 << random.int(8);
  return broken;
}
