import type { GameServerRecord } from "./game-server-record.ts";

/** A field of a protobuf message whose value is bytes: text, or a message inside. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

/**
 * The GameServer of Agones' sdk.proto, written field by field: the SDK's own messages read a map and cannot write one with the version of
 * google-protobuf that it names.
 */
export function gameServerMessage({ name, labels, state, address, ports }: GameServerRecord): Buffer {
  const meta = [
    field(1, name),
    ...Object.entries(labels).map(([key, value]) =>
      field(9, Buffer.concat([field(1, key), field(2, value)])),
    ),
  ];
  const status = [
    field(1, state),
    field(2, address),
    ...ports.map(({ name, port }) => field(3, Buffer.concat([field(1, name), varint(2 << 3), varint(port)]))),
  ];
  return Buffer.concat([field(1, Buffer.concat(meta)), field(3, Buffer.concat(status))]);
}
