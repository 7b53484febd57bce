import { SnapshotInterpolation } from "@geckos.io/snapshot-interpolation";
import {
  BufferSchema,
  Model,
  string8,
  uint16,
  uint32,
  uint64,
  uint8,
} from "@geckos.io/typed-array-buffer-schema";
import { Packr } from "msgpackr";
import type { Picture, PictureEntity } from "../picture.ts";

/** Packets of whole snapshots, there and back. */
export interface SnapshotCodec {
  encode(entities: readonly PictureEntity[]): Uint8Array;
  decode(packet: Uint8Array): readonly PictureEntity[];
}

const library = new SnapshotInterpolation();
type State = Extract<Parameters<typeof library.snapshot.create>[0], unknown[]>;
/** Characters in a snapshot's id. */
const ID_LENGTH = 6;
const KILOBYTE = 1024;

/** Packed by msgpackr as records whose keys both sides know beforehand, so that nothing but values travels. */
export function msgpackrCodec({ fields }: Picture): SnapshotCodec {
  const structures = [
    ["id", "time", "state"],
    ["id", ...fields.map(({ name }) => name)],
  ];
  const packer = new Packr({ structures });
  return {
    encode: (entities) => packer.pack(library.snapshot.create(stateOf(entities))),
    decode(packet) {
      const snapshot: { state: PictureEntity[] } = packer.unpack(packet);
      return snapshot.state;
    },
  };
}

/** Encoded by the schema package that the library's own guide recommends for compression. */
export function typedSchemaCodec({ fields, count }: Picture): SnapshotCodec {
  const typeFor = (bits: number) => (bits <= 8 ? uint8 : bits <= 16 ? uint16 : uint32);
  const id = typeFor(Math.ceil(Math.log2(count)));
  const types = fields.map(({ name, bits }) => [name, typeFor(bits)] as const);
  const entity = BufferSchema.schema("entity", { id, ...Object.fromEntries(types) });
  const snapshot = BufferSchema.schema("snapshot", {
    id: { type: string8, length: ID_LENGTH },
    time: uint64,
    state: { entities: [entity] },
  });
  const most = 64 + count * (id._bytes + types.reduce((sum, [, { _bytes }]) => sum + _bytes, 0));
  const model = new Model(snapshot, Math.ceil(most / KILOBYTE));
  return {
    encode: (entities) =>
      new Uint8Array(model.toBuffer(library.snapshot.create({ entities: stateOf(entities) }))),
    decode(packet) {
      const decoded: { state: { entities?: PictureEntity[] } } = model.fromBuffer(packet.slice().buffer);
      return decoded.state.entities ?? [];
    },
  };
}

/** The library declares ids as strings; it takes numbers as well, as its guide does, and they are smaller. */
function stateOf(entities: readonly PictureEntity[]): State {
  return entities as unknown as State;
}
