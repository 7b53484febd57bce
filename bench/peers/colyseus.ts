import {
  Decoder,
  Encoder,
  MapSchema,
  schema,
  type Schema,
  StateView,
  t,
  type Iterator,
} from "@colyseus/schema";
import {
  GRID_PER_METRE,
  HEADING_STEPS,
  MOVER_COUNT,
  SHOWN_PER_METRE,
  type IoWorld,
} from "../worlds/io-world.ts";
import type { Sight } from "../worlds/nearest.ts";
import type { ScenePeer } from "./peer.ts";

/** All clients' patches of one tick go into one buffer: 100 clients of about 1 kB, and ample room. */
const BUFFER_BYTES = 512 * 1024;
/** The room protocol puts one byte before every patch. */
const PROTOCOL_BYTES = 1;
/** One client in so many decodes what it is sent; the others run the same code. */
const CLIENTS_PER_DECODER = 10;

interface MoverFields {
  x: number;
  y: number;
  heading: number;
  hp: number;
}
type Mover = Schema & MoverFields;
type State<M extends Mover> = Schema & { movers: MapSchema<M> };

/** A way of declaring the fields, with the units that it keeps them in. */
interface Form<M extends Mover> {
  createState(): State<M>;
  createMover(): M;
  unitsPerMetre: number;
  unitsPerTurn: number;
  /** Whether positions are rounded to the shown step before they are written. */
  rounded: boolean;
}

const PlainMover = schema(
  { x: t.float32(), y: t.float32(), heading: t.float32(), hp: t.uint8() },
  "PlainMover",
);
const PlainState = schema({ movers: t.map(PlainMover).view() }, "PlainState");

const QuantisedMover = schema(
  { x: t.uint16(), y: t.uint16(), heading: t.uint8(), hp: t.uint8() },
  "QuantisedMover",
);
const QuantisedState = schema({ movers: t.map(QuantisedMover).view() }, "QuantisedState");

/** Positions in metres and headings in radians as 32-bit floats: what most rooms declare. */
export function colyseusPlain(world: IoWorld, clients: readonly Sight[]): ScenePeer<IoWorld> {
  return new ColyseusPeer("colyseus", world, clients, {
    createState: () => new PlainState(),
    createMover: () => new PlainMover(),
    unitsPerMetre: 1,
    unitsPerTurn: 2 * Math.PI,
    rounded: false,
  });
}

/** Positions in 1/64 m as 16-bit integers and headings in one byte: the least that whole bytes allow. */
export function colyseusQuantised(world: IoWorld, clients: readonly Sight[]): ScenePeer<IoWorld> {
  return new ColyseusPeer("colyseusQuantised", world, clients, {
    createState: () => new QuantisedState(),
    createMover: () => new QuantisedMover(),
    unitsPerMetre: SHOWN_PER_METRE,
    unitsPerTurn: HEADING_STEPS,
    rounded: true,
  });
}

/**
 * Colyseus with one StateView per client, driven call for call as its room serializer does: one shared
 * encode, then one view encode per client, each sent with the protocol byte in front.
 */
class ColyseusPeer<M extends Mover> implements ScenePeer<IoWorld> {
  readonly name: string;
  private readonly form: Form<M>;
  private readonly state: State<M>;
  private readonly movers: M[] = [];
  private readonly encoder: Encoder;
  private readonly views: StateView[] = [];
  private readonly decoders: Decoder<State<M>>[] = [];
  private patches: Uint8Array[] = [];
  /** What the decoding clients are sent, tick by tick. */
  private readonly delivered: Uint8Array[][] = [];
  private verified = 0;

  constructor(name: string, world: IoWorld, clients: readonly Sight[], form: Form<M>) {
    this.name = name;
    this.form = form;
    Encoder.BUFFER_SIZE = BUFFER_BYTES;
    this.state = form.createState();
    this.encoder = new Encoder(this.state);
    for (let i = 0; i < MOVER_COUNT; i++) {
      const mover = this.form.createMover();
      this.writeMover(world, i, mover);
      this.movers.push(mover);
      this.state.movers.set(String(i), mover);
    }
    this.encoder.encode();
    this.encoder.discardChanges();
    for (const [client, { visible }] of clients.entries()) {
      const view = new StateView();
      for (const mover of visible) view.add(this.movers[mover]);
      this.views.push(view);
      if (client % CLIENTS_PER_DECODER !== 0) continue;
      const decoder = new Decoder(this.form.createState());
      const it: Iterator = { offset: 0 };
      this.encoder.encodeAll(it);
      decoder.decode(this.encoder.encodeAllView(view, it.offset, it));
      this.decoders.push(decoder);
    }
  }

  write(world: IoWorld): void {
    for (let i = 0; i < MOVER_COUNT; i++) this.writeMover(world, i, this.movers[i]);
  }

  encode(clients: readonly Sight[]): number {
    const { encoder, views, movers } = this;
    const patches: Uint8Array[] = [];
    for (let client = 0; client < clients.length; client++) {
      const view = views[client];
      for (const mover of clients[client].left) view.remove(movers[mover]);
      for (const mover of clients[client].entered) view.add(movers[mover]);
    }
    const it: Iterator = { offset: PROTOCOL_BYTES };
    encoder.encode(it);
    const sharedOffset = it.offset;
    let bytes = 0;
    for (const view of views) {
      const patch = encoder.encodeView(view, sharedOffset, it);
      bytes += patch.length;
      patches.push(patch);
    }
    encoder.discardChanges();
    this.patches = patches;
    return bytes;
  }

  deliver(): void {
    this.delivered.push(this.patches.filter((_, client) => client % CLIENTS_PER_DECODER === 0));
  }

  verify(world: IoWorld, clients: readonly Sight[]): number {
    const patches = this.delivered[this.verified++];
    let mismatches = 0;
    for (const [index, decoder] of this.decoders.entries()) {
      decoder.decode(patches[index].subarray(PROTOCOL_BYTES));
      const { visible } = clients[index * CLIENTS_PER_DECODER];
      mismatches += this.compare(world, visible, decoder.state.movers);
    }
    return mismatches;
  }

  private compare(world: IoWorld, visible: Int32Array, movers: MapSchema<M>): number {
    let mismatches = Math.abs(movers.size - visible.length);
    const { unitsPerMetre, unitsPerTurn } = this.form;
    for (const index of visible) {
      const mover = movers.get(String(index));
      if (mover === undefined) {
        mismatches++;
        continue;
      }
      const heading = Math.round((mover.heading / unitsPerTurn) * HEADING_STEPS);
      if (Math.round((mover.x / unitsPerMetre) * SHOWN_PER_METRE) !== world.shownX(index)) mismatches++;
      if (Math.round((mover.y / unitsPerMetre) * SHOWN_PER_METRE) !== world.shownY(index)) mismatches++;
      if (heading !== world.heading[index]) mismatches++;
      if (mover.hp !== world.hp[index]) mismatches++;
    }
    return mismatches;
  }

  private writeMover(world: IoWorld, i: number, mover: M): void {
    const { unitsPerMetre, unitsPerTurn, rounded } = this.form;
    const x = (world.x[i] / GRID_PER_METRE) * unitsPerMetre;
    const y = (world.y[i] / GRID_PER_METRE) * unitsPerMetre;
    mover.x = rounded ? Math.round(x) : x;
    mover.y = rounded ? Math.round(y) : y;
    mover.heading = (world.heading[i] / HEADING_STEPS) * unitsPerTurn;
    mover.hp = world.hp[i];
  }
}
