import type { Sight } from "../../worlds/nearest.ts";
import type { ScenePeer } from "../peer.ts";
import { copyEntity, type Picture, type PictureEntity, wrongIn } from "../picture.ts";
import type { SnapshotCodec } from "./snapshot-codec.ts";

/**
 * @geckos.io/snapshot-interpolation: in every tick each client is sent a whole snapshot of what it sees. Clients that see the same
 * are sent the same bytes, encoded once. Each packet says everything, so that it matters to none which others arrived.
 */
export class GeckosPeer<World> implements ScenePeer<World> {
  readonly name: string;
  private readonly pictureOf: (world: World) => Picture;
  private readonly decodeEvery: number;
  private readonly codec: SnapshotCodec;
  private readonly entities: PictureEntity[];
  private packets: Uint8Array[] = [];
  private readonly delivered: Uint8Array[][] = [];
  private verified = 0;

  constructor(
    name: string,
    codec: (picture: Picture) => SnapshotCodec,
    pictureOf: (world: World) => Picture,
    world: World,
    decodeEvery: number,
  ) {
    this.name = name;
    this.pictureOf = pictureOf;
    this.decodeEvery = decodeEvery;
    const picture = pictureOf(world);
    this.codec = codec(picture);
    this.entities = Array.from({ length: picture.count }, (_, id) => ({ id }));
    this.write(world);
  }

  write(world: World): void {
    const picture = this.pictureOf(world);
    for (const [i, entity] of this.entities.entries()) copyEntity(picture, i, entity);
  }

  encode(sights: readonly Sight[]): number {
    const packets: Uint8Array[] = [];
    let bytes = 0;
    for (let i = 0; i < sights.length; i++) {
      const { visible } = sights[i];
      if (i === 0 || visible !== sights[i - 1].visible)
        packets.push(this.codec.encode(Array.from(visible, (entity) => this.entities[entity])));
      else packets.push(packets[i - 1]);
      bytes += packets[i].length;
    }
    this.packets = packets;
    return bytes;
  }

  deliver(): void {
    const kept = this.packets.filter((_, client) => client % this.decodeEvery === 0);
    this.delivered.push(kept);
  }

  verify(world: World, sights: readonly Sight[]): number {
    const picture = this.pictureOf(world);
    let mismatches = 0;
    for (const [index, packet] of this.delivered[this.verified].entries()) {
      const shown = new Map(this.codec.decode(packet).map((entity) => [entity["id"], entity]));
      mismatches += wrongIn(picture, sights[index * this.decodeEvery].visible, shown);
    }
    this.verified++;
    return mismatches;
  }
}
