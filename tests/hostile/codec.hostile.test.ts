import { Netcode, type SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  DeltaCache,
  FrameKind,
  type Game,
  HISTORY_TICKS,
  InputCodec,
  MAX_SLOTS,
  Rng,
  WorldHistory,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "../stepper/field-game.ts";
import { usedMemory } from "../stepper/used-memory.ts";
import { mutate } from "./mutate.ts";
import { compareWithServer, SnapshotSource, ticks } from "./snapshot-source.ts";

/** Packets thrown at the decoders. `TIDELOCK_FUZZ_RUNS=10000000` makes a longer run of it. */
const RUNS = Number(process.env["TIDELOCK_FUZZ_RUNS"] ?? 300_000);
const LIMIT_MS = 60_000 + RUNS / 5;

const HEADER_BYTES = 8;

/** Gives a packet the number that a decoder waits for, so that it is not dropped for being an old one. */
function renumber(frame: Uint8Array, decoder: SnapshotDecoder): Uint8Array {
  const next = decoder.ackNewest + 1;
  if (frame.length > 2) frame.set([next & 0xff, (next >> 8) & 0xff], 1);
  return frame;
}

/** All that a decoder knows. */
function knowledge(decoder: SnapshotDecoder): unknown {
  const { newestTick } = decoder;
  return {
    newestTick,
    ack: [decoder.ackNewest, decoder.ackMask],
    replicas: [...decoder.replicas()].map((replica) => [
      [replica.id, replica.owner, replica.level, replica.type.name, replica.newest],
      Array.from({ length: HISTORY_TICKS }, (_, age) => newestTick - age)
        .filter((tick) => replica.has(tick))
        .map((tick) => [tick, ...replica.rows.map((column) => column[replica.row(tick)])]),
    ]),
  };
}

describe("the snapshot decoder", () => {
  it(
    `outlives ${RUNS} broken packets, holds no more than its slots, and decodes the next stream bit for bit`,
    async () => {
      const source = new SnapshotSource(1);
      const random = new Rng(77);
      const outcome: Record<string, number> = {};
      let slowestMs = 0;
      let mostReplicas = 0;
      let exact = 0;
      let before = 0;
      let streams = 0;
      for (let runs = 0; runs < RUNS; streams++) {
        source.begin();
        // One decoder under attack, one spared: the first stream after an attack is compared with the server.
        let attacked = source.decoder();
        const spared = source.decoder();
        let last: Uint8Array = Uint8Array.of(1, 2, 3);
        for (const packet of ticks(source)) {
          for (let i = 0; i < 25; i++, runs++) {
            const broken = mutate(packet, last, random, HEADER_BYTES);
            if (random.int(10) > 0) renumber(broken, attacked);
            const began = performance.now();
            const drop = attacked.receive(broken) ?? "taken";
            slowestMs = Math.max(slowestMs, performance.now() - began);
            outcome[drop] = (outcome[drop] ?? 0) + 1;
          }
          if (attacked.newestTick > source.world.tick) {
            // Far off, where it refuses everything: there is nothing more to learn from it.
            attacked = source.decoder();
            for (const old of source.packets) attacked.receive(old);
          } else attacked.receive(renumber(packet.slice(), attacked));
          expect(spared.receive(packet)).toBeUndefined();
          source.encoder.acknowledge(spared.ackNewest, spared.ackMask);
          last = packet;
        }
        mostReplicas = Math.max(mostReplicas, [...attacked.replicas()].length);
        exact += compareWithServer(source, spared);
        if (streams === 20) before = await usedMemory();
      }
      const grown = (await usedMemory()) - before;
      console.log(
        `${RUNS} broken packets: ${JSON.stringify(outcome)}; slowest ${slowestMs.toFixed(1)} ms, most replicas ${mostReplicas}, memory ${grown} bytes, ${exact} values exact`,
      );
      expect(Object.keys(outcome).toSorted()).toEqual([
        "duplicate",
        "malformed",
        "stale",
        "taken",
        "too-long",
        "too-short",
        "unknown-baseline",
      ]);
      expect(mostReplicas).toBeLessThan(MAX_SLOTS);
      expect(exact).toBeGreaterThan(1000);
      // Tables of the server's world grow a step now and then; the decoders come and go.
      expect(grown).toBeLessThan(12_000_000);
    },
    LIMIT_MS,
  );

  it("knows exactly what it knew before, after a packet that it dropped", () => {
    const source = new SnapshotSource(2);
    const random = new Rng(5);
    let dropped = 0;
    for (let stream = 0; stream < 12; stream++) {
      source.begin();
      let attacked = source.decoder();
      const spared = source.decoder();
      let last: Uint8Array = Uint8Array.of(1);
      for (const packet of ticks(source)) {
        for (let i = 0; i < 8; i++) {
          if (attacked.receive(mutate(packet, last, random)) !== undefined) {
            dropped++;
            continue;
          }
          // Taken for a good one: this decoder knows something wrong now. Another, told all but that, goes on.
          attacked = source.decoder();
          for (const old of source.packets.slice(0, source.packets.indexOf(packet))) attacked.receive(old);
        }
        expect(attacked.receive(packet)).toBeUndefined();
        expect(spared.receive(packet)).toBeUndefined();
        source.encoder.acknowledge(spared.ackNewest, spared.ackMask);
        last = packet;
      }
      expect(knowledge(attacked)).toEqual(knowledge(spared));
    }
    expect(dropped).toBeGreaterThan(1000);
  });

  it("does no more work for a packet than there are slots", () => {
    const source = new SnapshotSource(3);
    const decoder = source.decoder();
    for (let t = 0; t < 3; t++) for (const packet of source.next()) decoder.receive(packet);
    const random = new Rng(8);
    const began = process.cpuUsage();
    for (let i = 0; i < 2000; i++) {
      const packet = source.packets[2].slice(0, HEADER_BYTES);
      const noise = Uint8Array.from({ length: 1142 }, () => (random.int(3) === 0 ? random.int(256) : 0b011));
      const frame = new Uint8Array(1150);
      frame.set(packet);
      frame.set(noise, HEADER_BYTES);
      frame[1] = i & 255;
      decoder.receive(frame);
    }
    const { user, system } = process.cpuUsage(began);
    // A millisecond of work for each is plenty.
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});

describe("a client's netcode", () => {
  it("goes on predicting and drawing whatever snapshots say, and says when it needs a new stream", () => {
    const random = new Rng(13);
    const { world, history, encoder, visible } = fieldSource();
    let lost = 0;
    for (let match = 0; match < 40; match++) {
      const netcode = new Netcode(
        field as unknown as Game,
        { player: 1, seed: 7, tick: world.tick, sendEvery: 1 },
        { send: () => {}, event: () => {}, cancelled: () => {}, count: () => {} },
      );
      const stream = encoder();
      let last: Uint8Array = Uint8Array.of(1);
      netcode.receivePong(Uint8Array.of(5, 0, 0, 0, 0), 1);
      for (let t = 0; t < 300; t++) {
        const nowMs = (t * 1000) / 60;
        field.step(world, world.tick + 1, field.createInputs());
        history.record(world.tick);
        stream.encode(visible(), { newestInput: 3, margin: 4 }, (frame) => {
          const packet = frame.slice();
          if (t % 3 === 0) netcode.receiveSnapshot(mutate(packet, last, random, 3), nowMs);
          netcode.receiveSnapshot(packet, nowMs);
          netcode.receivePong(mutate(Uint8Array.of(FrameKind.pong, 0, 0, 1, 2), last, random), nowMs);
          if (netcode.decoder.ackNewest >= 0)
            stream.acknowledge(netcode.decoder.ackNewest, netcode.decoder.ackMask);
          last = packet;
        });
        const input = { moveX: 1, moveY: -1, fire: t % 20 === 0 };
        netcode.advance(nowMs, input);
        const shown = netcode.shown(nowMs, input);
        for (const { x, y } of shown.player) expect(Number.isFinite(Number(x) + Number(y))).toBe(true);
        if (netcode.lost) {
          lost++;
          break;
        }
      }
    }
    // Broken headers that were taken send some of them far off.
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(40);
  });

  it("keeps nothing of what left its view while its page is hidden and draws nothing", async () => {
    const { world, history, encoder, visible } = fieldSource();
    const netcode = new Netcode(
      field as unknown as Game,
      { player: 9, seed: 7, tick: world.tick, sendEvery: 1 },
      { send: () => {}, event: () => {}, cancelled: () => {}, count: () => {} },
    );
    const stream = encoder();
    const live = (ticks: number): void => {
      for (let t = 0; t < ticks; t++) {
        for (let i = 0; i < 4; i++) world.spawn("bullet", { owner: 1, x: i, life: 2 });
        field.step(world, world.tick + 1, field.createInputs());
        history.record(world.tick);
        stream.encode(visible(), { newestInput: 0, margin: 0 }, (frame) =>
          netcode.receiveSnapshot(frame, (world.tick * 1000) / 60),
        );
        stream.acknowledge(netcode.decoder.ackNewest, netcode.decoder.ackMask);
      }
    };
    live(1000);
    const before = await usedMemory();
    live(5000);
    // 20,000 bullets came and went.
    expect((await usedMemory()) - before).toBeLessThan(3_000_000);
  });
});

describe("the input codec", () => {
  it(
    `outlives ${RUNS} broken packets and reads nothing out of its range`,
    () => {
      const codec = new InputCodec(field.input);
      const random = new Rng(99);
      const { columns } = field.input.record;
      const rows = Array.from({ length: 40 }, () =>
        Int32Array.from(columns, ({ lowest, highest }) => lowest + random.int(highest - lowest + 1)),
      );
      const honest = Array.from({ length: 200 }, (_, i) =>
        codec
          .encode(
            i * 700,
            1 + (i % 32),
            (tick) => rows[Math.abs(tick) % 40],
            i % 3 === 0 ? -1 : i * 99,
            i * 7919,
          )
          .slice(),
      );
      let taken = 0;
      for (let run = 0; run < RUNS; run++) {
        const packet = codec.decode(mutate(honest[run % 200], honest[(run * 7 + 3) % 200], random));
        if (packet === undefined) continue;
        taken++;
        for (let at = 0; at < packet.count * columns.length; at++) {
          const { lowest, highest } = columns[at % columns.length];
          if (!(packet.rows[at] >= lowest && packet.rows[at] <= highest))
            throw new Error(`value ${packet.rows[at]} outside ${lowest} to ${highest}`);
        }
      }
      expect(taken).toBeGreaterThan(RUNS / 100);
      expect(taken).toBeLessThan(RUNS);
      const good = codec.decode(codec.encode(5, 2, (tick) => rows[tick], 9, 3).slice());
      expect(good).toMatchObject({ newestTick: 5, count: 2, hasAck: true, ackNewest: 9, ackMask: 3 });
      expect([...good!.rows.subarray(0, 2 * columns.length)]).toEqual([...rows[5], ...rows[4]]);
    },
    LIMIT_MS,
  );
});

function fieldSource() {
  const world = field.createWorld();
  for (const owner of [1, 1, 2, 2, 3]) world.spawn("player", { owner, x: owner * 3 });
  const history = new WorldHistory(world as never);
  const cache = new DeltaCache(history);
  const visible: VisibleSet = { count: 0, tables: new Uint8Array(512), slots: new Int32Array(512) };
  return {
    world,
    history,
    encoder: () => new SnapshotEncoder(history, cache, 1),
    visible: () => {
      visible.count = 0;
      history.tables.forEach(({ table }, index) => {
        for (const slot of table.order.subarray(0, table.count)) {
          visible.tables[visible.count] = index;
          visible.slots[visible.count++] = slot;
        }
      });
      return visible;
    },
  };
}
