import { Decoder, Encoder, type Iterator, MapSchema, type Schema, schema, t } from "@colyseus/schema";
import type { Sight } from "../worlds/nearest.ts";
import type { ScenePeer } from "./peer.ts";
import { copyEntity, type Picture, type PictureEntity, type PictureField, wrongIn } from "./picture.ts";

const BUFFER_BYTES = 512 * 1024;
/** The room protocol puts one byte before every patch. */
const PROTOCOL_BYTES = 1;

type Entity = Schema & PictureEntity;
type State = Schema & { entities: MapSchema<Entity> };

/** Colyseus without views: one patch in a tick, the same for everybody. Fields are whole numbers of as many bytes as they take. */
export class ColyseusShared<World> implements ScenePeer<World> {
  readonly name = "colyseusQuantised";
  private readonly pictureOf: (world: World) => Picture;
  private readonly entities: Entity[] = [];
  private readonly encoder: Encoder;
  /** One client for all: every one of them gets the same bytes. */
  private readonly decoder: Decoder<State>;
  private patch: Uint8Array = new Uint8Array(0);
  private readonly delivered: Uint8Array[] = [];
  private verified = 0;

  constructor(pictureOf: (world: World) => Picture, world: World) {
    this.pictureOf = pictureOf;
    const picture = pictureOf(world);
    const { createState, createEntity } = declare(picture.fields);
    Encoder.BUFFER_SIZE = BUFFER_BYTES;
    const state = createState();
    this.encoder = new Encoder(state);
    for (let i = 0; i < picture.count; i++) {
      const entity = createEntity();
      copyEntity(picture, i, entity);
      this.entities.push(entity);
      state.entities.set(String(i), entity);
    }
    this.encoder.encode();
    this.encoder.discardChanges();
    this.decoder = new Decoder(createState());
    this.decoder.decode(this.encoder.encodeAll());
  }

  write(world: World): void {
    const picture = this.pictureOf(world);
    for (const [i, entity] of this.entities.entries()) copyEntity(picture, i, entity);
  }

  encode(sights: readonly Sight[]): number {
    const it: Iterator = { offset: PROTOCOL_BYTES };
    this.patch = this.encoder.encode(it);
    this.encoder.discardChanges();
    return this.patch.length * sights.length;
  }

  deliver(): void {
    this.delivered.push(this.patch.slice(PROTOCOL_BYTES));
  }

  verify(world: World, [{ visible }]: readonly Sight[]): number {
    this.decoder.decode(this.delivered[this.verified++]);
    const shown = new Map<number, PictureEntity>();
    for (const [key, entity] of this.decoder.state.entities.entries()) shown.set(Number(key), entity);
    return wrongIn(this.pictureOf(world), visible, shown);
  }
}

function declare(fields: readonly PictureField[]) {
  const typeFor = (bits: number) => (bits <= 8 ? t.uint8() : bits <= 16 ? t.uint16() : t.uint32());
  const Entity = schema(
    Object.fromEntries(fields.map(({ name, bits }) => [name, typeFor(bits)])),
    "PictureEntity",
  );
  const State = schema({ entities: t.map(Entity) }, "PictureState");
  return {
    createState: (): State => new State(),
    createEntity: (): Entity => new Entity(),
  };
}
