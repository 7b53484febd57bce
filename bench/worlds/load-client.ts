import { SnapshotDecoder } from "@tidelock/client";
import {
  BitReader,
  type Channel,
  type Condition,
  conditionChannel,
  Conditioner,
  type EntityType,
  finishHash,
  FrameKind,
  InputCodec,
  type InputType,
  loopbackPair,
  MAX_SNAPSHOT_BYTES,
  mixHash,
  readHeader,
  Rng,
  type Scheduler,
  ServerLink,
  unwrap16,
  createSnapshotHeader,
} from "@tidelock/shared";
import { ReceivedPackets } from "../peers/received-packets.ts";
import { scriptedInput, TICK_RATE } from "./load-game.ts";

/** Ticks whose inputs go into every packet. */
const ROWS = 3;
const MICROSECONDS_PER_MS = 1000;
const TICK_MS = 1000 / TICK_RATE;
/** One for all clients, who read their headers one after the other. */
const reader = new BitReader(MAX_SNAPSHOT_BYTES);
const header = createSnapshotHeader();

export interface LoadClientOptions {
  readonly types: readonly EntityType[];
  readonly input: InputType;
  readonly scheduler: Scheduler;
  /** The path, each way. */
  readonly path: Condition;
  /** Of the dice of this client's path: no other client throws them. */
  readonly seed: number;
  /** How many clients came before. */
  readonly number: number;
  /** Whether it decodes what it gets; if not, it acknowledges all the same. */
  readonly decodes: boolean;
}

/** A client of the load room: sends what the script says, acknowledges, and keeps count of what it is sent. */
export class LoadClient {
  readonly link: ServerLink;
  /** Undefined where nothing is decoded. */
  readonly decoder: SnapshotDecoder | undefined;
  frames = 0;
  bytes = 0;
  /** Entities that the decoded packets told of, and the bytes of those packets. */
  updates = 0;
  decodedBytes = 0;
  /** Sum of the times from a frame's tick to its arrival, in milliseconds. */
  delayMs = 0;
  /** Packets that the decoder did not take. */
  refused = 0;
  /** Called after each packet taken. */
  onSnapshot: (decoder: SnapshotDecoder) => void = () => {};
  /** Entity of its player. */
  avatar = 0;
  readonly #scheduler: Scheduler;
  readonly #end: Channel;
  readonly #input: InputType;
  readonly #codec: InputCodec;
  readonly #rows: readonly Int32Array[];
  readonly #received = new ReceivedPackets();
  #ackNewest = -1;
  #ackMask = 0;
  #player = 0;
  #framesHash = 0;
  #delaysHash = 0;

  constructor({ types, input, scheduler, path, seed, number, decodes }: LoadClientOptions) {
    const [serverEnd, clientEnd] = loopbackPair(scheduler, { reliable: false });
    const direction = (way: number): Conditioner => {
      const dice = new Rng(seed, number, way);
      return new Conditioner({ scheduler, random: () => dice.float() }, path);
    };
    this.link = new ServerLink({
      reliable: conditionChannel(serverEnd, { outgoing: direction(0), incoming: direction(1) }),
      scheduler,
    });
    if (decodes) this.decoder = new SnapshotDecoder(types);
    this.#scheduler = scheduler;
    this.#end = clientEnd;
    this.#input = input;
    this.#codec = new InputCodec(input);
    this.#rows = Array.from({ length: ROWS }, () => input.neutralRow());
    clientEnd.onFrame = (frame) => this.#receive(frame);
  }

  /** The room has let it in. */
  begin(player: number, avatar: number, tick: number): void {
    this.#player = player;
    this.avatar = avatar;
    this.decoder?.start(tick);
  }

  /** Sends the inputs of a tick and of those before it, with what there is to acknowledge. */
  play(tick: number): void {
    this.#end.send(this.#codec.encode(tick, ROWS, this.#rowAt, this.#ackNewest, this.#ackMask));
  }

  /** Of every byte that arrived, in order. */
  get framesHash(): number {
    return finishHash(this.#framesHash);
  }

  /** Of how long each frame took from its tick to its arrival, in whole microseconds. */
  get delaysHash(): number {
    return finishHash(this.#delaysHash);
  }

  readonly #rowAt = (tick: number): Int32Array => {
    const row = this.#rows[tick % ROWS];
    this.#input.write({ ...scriptedInput(tick, this.#player) }, row);
    return row;
  };

  #receive(frame: Uint8Array): void {
    if (frame[0] !== FrameKind.snapshot) return;
    this.frames++;
    this.bytes += frame.length;
    let hash = mixHash(this.#framesHash, frame.length);
    for (const byte of frame) hash = mixHash(hash, byte);
    this.#framesHash = hash;
    reader.load(frame);
    readHeader(reader, header);
    const nowMs = this.#scheduler.nowMs();
    const delayMs = nowMs - unwrap16(header.tick, Math.round(nowMs / TICK_MS)) * TICK_MS;
    this.delayMs += delayMs;
    this.#delaysHash = mixHash(this.#delaysHash, Math.round(delayMs * MICROSECONDS_PER_MS));
    if (this.decoder === undefined) {
      const { newest, mask } = this.#received.add(header.sequence);
      this.#ackNewest = newest;
      this.#ackMask = mask;
    } else this.#decode(frame, this.decoder);
  }

  #decode(frame: Uint8Array, decoder: SnapshotDecoder): void {
    if (decoder.receive(frame) !== undefined) {
      this.refused++;
      return;
    }
    this.#ackNewest = decoder.ackNewest;
    this.#ackMask = decoder.ackMask;
    this.updates += decoder.updated.length;
    this.decodedBytes += frame.length;
    this.onSnapshot(decoder);
  }
}
