import type { Client } from "@colyseus/core";
import { Netcode, SnapshotDecoder } from "@tidelock/client";
import { everyone, RoomSimulation, SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  AGE_BITS,
  BitWriter,
  DEAF_FRAME,
  DeltaCache,
  ECHO_FRAME,
  END,
  EntityCodec,
  helloFrame,
  InputCodec,
  levelFor,
  LENGTH_BITS,
  loopbackPair,
  MAX_SNAPSHOT_BYTES,
  OTHER_BASELINE,
  PROBE_HEARD,
  PROBE_UNHEARD,
  SEEK,
  SEEK_ORDER,
  ServerLink,
  SHOWN,
  stateHash,
  TOKEN_BYTES,
  WELCOME_FRAME,
  WorldHistory,
  writeCheck,
  writeDifference,
  writeHeader,
  writeSymbol,
} from "@tidelock/shared";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { goldenDeltas } from "./golden-deltas.ts";
import { golden } from "./golden-game.ts";

/** A packet as the real encoder writes it, and what its receiver makes of it in a few words. */
export interface GoldenPacket {
  readonly name: string;
  readonly hex: string;
}

/** Every packet that docs/wire-format.md shows, in its order. */
export function goldenPackets(): GoldenPacket[] {
  return [
    ...snapshots(),
    otherBaseline(),
    ...goldenDeltas(),
    ...inputs(),
    ...pings(),
    ...links(),
    ...checks(),
    colyseus(),
  ];
}

const report = { newestInput: 3, margin: 6 };

/** Five snapshots of one client: each is taken by the real decoder, and acknowledged before the next is made. */
function snapshots(): GoldenPacket[] {
  const world = golden.createWorld();
  const own = world.spawn("ship", { owner: 1, x: 1, vx: 4, ammo: 9 });
  const other = world.spawn("ship", { owner: 2, x: -2.5, vx: -1, aim: 1 });
  world.tick = 100;
  const history = new WorldHistory(world);
  const encoder = new SnapshotEncoder(history, new DeltaCache(history), 1);
  const decoder = new SnapshotDecoder(golden.types);
  decoder.start(100);
  const packets: GoldenPacket[] = [];

  const snapshot = (name: string): void => {
    golden.step(world, world.tick + 1, golden.createInputs());
    history.record(world.tick);
    encoder.encode(everything(history), report, (frame) => {
      packets.push({ name, hex: hex(frame) });
      const drop = decoder.receive(frame);
      if (drop !== undefined) throw new Error(`The decoder drops ${name}: ${drop}`);
    });
    if (!encoder.acknowledge(decoder.ackNewest, decoder.ackMask))
      throw new Error(`The encoder refuses the acknowledgement of ${name}.`);
  };

  snapshot("snapshot-whole");
  snapshot("snapshot-as-predicted");
  other.vx = 2;
  own.hp = 75;
  snapshot("snapshot-changed");
  world.spawn("flag", { carrier: 130 });
  snapshot("snapshot-spawn");
  world.despawn(other);
  snapshot("snapshot-gone");
  return packets;
}

/** Takes losses that are hard to come by, so it is put together from the encoder's parts. */
function otherBaseline(): GoldenPacket {
  const writer = new BitWriter(MAX_SNAPSHOT_BYTES);
  writeHeader(writer, {
    sequence: 0xfffe,
    tick: 0x1_0005,
    newestInput: -2,
    margin: -128,
    baselineAge: 1,
    allOwned: false,
    runOrder: 0,
  });
  writer.writeVariable(2, 0);
  writeSymbol(writer, SEEK);
  writer.writeVariable(70 - 2 - 1, SEEK_ORDER);
  writer.writeVariable(0, 0);
  writeSymbol(writer, OTHER_BASELINE);
  writer.write(4, AGE_BITS);
  flagDelta(writer, 4, 130);
  writer.writeVariable(0, 0);
  writeSymbol(writer, OTHER_BASELINE);
  writer.write(0, AGE_BITS);
  writer.write(2, AGE_BITS);
  const delta = new BitWriter(16);
  flagDelta(delta, 2, 131);
  writer.write(delta.position, LENGTH_BITS);
  writer.append(delta.words, 0, delta.position);
  writer.writeVariable(0, 0);
  writeSymbol(writer, END);
  return { name: "snapshot-other-baseline", hex: hex(writer.bytes()) };
}

/** A flag's carrier was 120 and became `carrier` just now. */
function flagDelta(writer: BitWriter, age: number, carrier: number): void {
  const told = Int32Array.of(carrier);
  EntityCodec.of(golden.types[1]).writeDelta(writer, SHOWN, Int32Array.of(120), told, age, 0);
}

/** How far before their ticks the moments lie that the rows of `input-views` saw, in steps of 1/64 tick. */
export const INPUT_VIEWS = [423, 423, 421, 424];

function inputs(): GoldenPacket[] {
  const codec = new InputCodec(golden.input);
  const viewing = new InputCodec(golden.input, true);
  const row = (values: { moveX?: number; aim?: number; fire?: boolean }): Int32Array => {
    const quantised = golden.input.neutralRow();
    golden.input.write(values, quantised);
    return quantised;
  };
  const rows = [row({ moveX: 1, fire: true }), row({ moveX: 1 }), row({ moveX: 1 }), row({ aim: -1 })];
  const at = (tick: number): Int32Array => rows[109 - tick];
  return [
    { name: "input-first", hex: hex(codec.encode(109, 1, at, -1, 0)) },
    { name: "input-redundant", hex: hex(codec.encode(109, 4, at, 4, 0b1111)) },
    {
      name: "input-views",
      hex: hex(viewing.encode(109, 4, at, 4, 0b1111, (tick) => INPUT_VIEWS[109 - tick])),
    },
  ];
}

function pings(): GoldenPacket[] {
  let ping = new Uint8Array();
  const welcome = { player: 1, seed: 0, tick: 0, sendEvery: 1 };
  const netcode = new Netcode(golden as never, welcome, {
    send: (frame) => (ping = frame.slice()),
    event: () => {},
    cancelled: () => {},
    count: () => {},
  });
  netcode.ping(1234.5);

  let pong = new Uint8Array();
  const scheduler = new VirtualScheduler();
  const [serverEnd, clientEnd] = loopbackPair(scheduler);
  clientEnd.onFrame = (frame) => (pong = frame.slice());
  const simulation = new RoomSimulation({
    game: golden,
    seed: 1,
    secretSeed: 1,
    sendEvery: 1,
    interest: everyone(),
    onEvents: () => {},
  });
  const player = simulation.join({} as Client, new ServerLink({ reliable: serverEnd, scheduler }), 0);
  player.receive(ping, 0, 0);
  scheduler.advance(1);
  return [
    { name: "ping", hex: hex(ping) },
    { name: "pong", hex: hex(pong) },
  ];
}

function links(): GoldenPacket[] {
  const token = Uint8Array.from({ length: TOKEN_BYTES }, (_, i) => i * 17);
  return [
    { name: "link-hello", hex: hex(helloFrame(token)) },
    { name: "link-welcome", hex: hex(WELCOME_FRAME) },
    { name: "link-probe-heard", hex: hex(PROBE_HEARD) },
    { name: "link-probe-unheard", hex: hex(PROBE_UNHEARD) },
    { name: "link-echo", hex: hex(ECHO_FRAME) },
    { name: "link-deaf", hex: hex(DEAF_FRAME) },
  ];
}

/** A ship of the receiver, of which the server has another health. */
function checks(): GoldenPacket[] {
  const [ship] = golden.types;
  const level = levelFor(ship, 1, 1);
  const values = [1152, 128, 0, 100, 9];
  const rows = values.map((value) => Int32Array.of(value));
  const hash = stateHash(ship, level, rows, 0);
  return [
    { name: "check", hex: hex(writeCheck(109, [{ id: 1, level, hash }])) },
    {
      name: "difference",
      hex: hex(writeDifference(109, [{ id: 1, level, values: values.with(3, 75) }])),
    },
  ];
}

function colyseus(): GoldenPacket {
  let sent = new Uint8Array();
  const scheduler = new VirtualScheduler();
  const [near, far] = loopbackPair(scheduler);
  far.onFrame = (frame) => (sent = frame.slice());
  new ServerLink({ reliable: near, scheduler }).sendColyseusFrame(Uint8Array.of(0xaa, 0xbb));
  scheduler.advance(1);
  return { name: "colyseus", hex: hex(sent) };
}

function everything(history: WorldHistory): VisibleSet {
  const tables: number[] = [];
  const slots: number[] = [];
  history.tables.forEach(({ table }, index) => {
    for (const slot of table.order.subarray(0, table.count)) {
      tables.push(index);
      slots.push(slot);
    }
  });
  return { count: slots.length, tables: Uint8Array.from(tables), slots: Int32Array.from(slots) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
