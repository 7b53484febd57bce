import { SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import { DeltaCache, PROTOCOL_VERSION, Rng, type World, WorldHistory } from "@tidelock/shared";
import { arena } from "../../examples/arena/shared/game.ts";
import { scriptedInputs } from "../../examples/arena/shared/scripted-inputs.ts";
import { recordedFrame, recordingStart } from "../../tools/recording/recording.ts";

const PLAYERS = 10;
const SEND_EVERY = 2;

/**
 * What the recorder of player 1 writes in so many ticks of the arena with scripted players. `loss`: share of packets that do not
 * arrive, each way. `delay`: ticks until one does.
 */
export function recordArena(ticks: number, { loss = 0, delay = 0, seed = 1 } = {}): Uint8Array {
  const world = arena.createWorld();
  world.seed = 20_261_122;
  for (let owner = 1; owner <= PLAYERS; owner++) world.spawn("player", { owner });
  const history = new WorldHistory(world as unknown as World);
  const encoder = new SnapshotEncoder(history, new DeltaCache(history), 1);
  const client = new SnapshotDecoder(arena.types);
  const random = new Rng(seed);
  const { name, schemaHash, tickRate } = arena;
  const pieces = [
    recordingStart({ game: name, schemaHash, protocol: PROTOCOL_VERSION, tickRate, player: 1, tick: 0 }),
  ];
  const inputs = arena.createInputs();
  const row = new Int32Array(arena.input.width);
  const down: { at: number; frame: Uint8Array }[] = [];
  const up: { at: number; newest: number; mask: number }[] = [];
  for (let tick = 1; tick <= ticks; tick++) {
    for (let owner = 1; owner <= PLAYERS; owner++) {
      arena.input.write({ ...scriptedInputs(tick, owner) }, row);
      inputs.set(owner, row);
    }
    arena.step(world, tick, inputs);
    history.record(tick);
    if (tick % SEND_EVERY === 0)
      encoder.encode(everything(history), { newestInput: 1, margin: 2 }, (frame) => {
        if (random.float() >= loss) down.push({ at: tick + delay, frame: frame.slice() });
      });
    while (down.length > 0 && down[0].at <= tick) {
      const { frame } = down.shift()!;
      pieces.push(recordedFrame({ timeMs: (tick * 1000) / tickRate, frame }));
      client.receive(frame);
      const { ackNewest, ackMask } = client;
      if (random.float() >= loss) up.push({ at: tick + delay, newest: ackNewest, mask: ackMask });
    }
    while (up.length > 0 && up[0].at <= tick) {
      const { newest, mask } = up.shift()!;
      encoder.acknowledge(newest, mask);
    }
  }
  return Buffer.concat(pieces);
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
