import { EventEmitter } from "node:events";
import type Client from "nengi/core/client/Client.js";
import type Instance from "nengi/core/instance/Instance.js";
import type {
  NengiChannel,
  NengiConfig,
  NengiEntity,
  NengiEntityClass,
  NengiSocket,
} from "nengi/core/instance/Instance.js";
import type { Sight } from "../../worlds/nearest.ts";
import type { ScenePeer } from "../peer.ts";
import { copyEntity, type Picture, type PictureField, wrongIn } from "../picture.ts";
import type { Nengi } from "./load.ts";

/** The widths that nengi has a type for, unsigned. */
const WIDTHS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 32];
const OPEN = 1;

/**
 * nengi 1 without a socket: one channel per client holds what it sees, and the instance's own update encodes and sends. Set to send
 * the least: ids and fields as narrow as their values allow, no history for rewinding, a ping once a second instead of in every tick.
 */
export class NengiPeer<World> implements ScenePeer<World> {
  readonly name = "nengi";
  private readonly pictureOf: (world: World) => Picture;
  private readonly decodeEvery: number;
  private readonly instance: Instance;
  private readonly entities: NengiEntity[] = [];
  private readonly channels: NengiChannel[] = [];
  private readonly clients: Client[] = [];
  /** This tick's packets, client after client. */
  private packets: Buffer[] = [];
  private readonly delivered: Buffer[][] = [];
  private verified = 0;
  /** nengi's ids to entities. */
  private readonly entityOf = new Map<number, number>();

  constructor(
    nengi: Nengi,
    pictureOf: (world: World) => Picture,
    world: World,
    sights: readonly Sight[],
    tickRate: number,
    decodeEvery: number,
  ) {
    this.pictureOf = pictureOf;
    this.decodeEvery = decodeEvery;
    const picture = pictureOf(world);
    const { config, Entity } = declare(nengi, picture, tickRate);
    this.instance = new nengi.Instance(config, { mock: new EventEmitter() });
    // Nobody looks into this channel: it keeps the ids of entities that nobody sees for a while.
    const everything = this.instance.createChannel();
    for (let i = 0; i < picture.count; i++) {
      const entity = new Entity();
      copyEntity(picture, i, entity);
      everything.addEntity(entity);
      this.entities.push(entity);
      this.entityOf.set(entity["nid"], i);
    }
    // nengi writes into the classes it is given, so the clients' side has its own.
    const { config: clientConfig } = declare(nengi, picture, tickRate);
    for (const [index, { visible }] of sights.entries()) {
      const socket: NengiSocket = { readyState: OPEN, send: (frame) => void this.packets.push(frame) };
      const client = this.instance.connect(socket);
      this.instance.acceptConnection(client, "");
      const channel = this.instance.createChannel();
      for (const entity of visible) channel.addEntity(this.entities[entity]);
      channel.subscribe(client);
      this.channels.push(channel);
      if (index % decodeEvery === 0) this.clients.push(connect(nengi, clientConfig));
    }
    // The entities that are there at the start are announced before anything is measured.
    this.packets = [];
    this.instance.update();
    this.deliver();
    for (const [index, client] of this.clients.entries())
      client.handleMessage({ data: this.delivered[0][index] });
    this.verified = 1;
  }

  write(world: World): void {
    const picture = this.pictureOf(world);
    for (const [i, entity] of this.entities.entries()) copyEntity(picture, i, entity);
  }

  encode(sights: readonly Sight[]): number {
    for (let i = 0; i < sights.length; i++) {
      for (const entity of sights[i].left) this.channels[i].removeEntity(this.entities[entity]);
      for (const entity of sights[i].entered) this.channels[i].addEntity(this.entities[entity]);
    }
    this.packets = [];
    this.instance.update();
    let bytes = 0;
    for (const { length } of this.packets) bytes += length;
    return bytes;
  }

  deliver(): void {
    this.delivered.push(this.packets.filter((_, client) => client % this.decodeEvery === 0));
  }

  verify(world: World, sights: readonly Sight[]): number {
    const picture = this.pictureOf(world);
    const packets = this.delivered[this.verified++];
    let mismatches = 0;
    for (const [index, client] of this.clients.entries()) {
      client.handleMessage({ data: packets[index] });
      // Only the newest is looked at here; a game would interpolate between them.
      client.snapshots.length = 0;
      const shown = new Map<number, NengiEntity>();
      for (const entity of client.latestWorldState?.entities.toArray() ?? [])
        shown.set(this.entityOf.get(entity["nid"]) ?? -1, entity);
      mismatches += wrongIn(picture, sights[index * this.decodeEvery].visible, shown);
    }
    return mismatches;
  }
}

function declare({ BinaryType }: Nengi, { fields, count }: Picture, tickRate: number) {
  const uint = (bits: number): number =>
    BinaryType[`UInt${WIDTHS.find((width) => width >= bits) ?? WIDTHS[WIDTHS.length - 1]}`];
  const Entity: NengiEntityClass = class {
    static protocol = Object.fromEntries(fields.map(({ name, bits }: PictureField) => [name, uint(bits)]));
    [field: string]: number;
  };
  const config: NengiConfig = {
    UPDATE_RATE: tickRate,
    PING_PONG_TICK_INTERVAL: tickRate,
    // nengi keeps the largest id for itself.
    ID_BINARY_TYPE: uint(Math.ceil(Math.log2(count + 1))),
    TYPE_BINARY_TYPE: BinaryType["UInt2"],
    USE_HISTORIAN: false,
    HIDE_LOGO: true,
    protocols: { entities: [["Entity", Entity]] },
  };
  return { config, Entity };
}

function connect({ Client }: Nengi, config: NengiConfig): Client {
  const client = new Client(config, 0);
  client.onConnect(() => undefined);
  client.init();
  client.websocket = { readyState: OPEN, send: () => undefined };
  return client;
}
