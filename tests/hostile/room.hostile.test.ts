import { randomBytes } from "node:crypto";
import { join } from "@tidelock/client";
import { InputCodec, READY_TYPE, Rng } from "@tidelock/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { field } from "../stepper/field-game.ts";
import { nodePeerConnection } from "../transport/node-peer.ts";
import { mutate } from "./mutate.ts";
import { RawPlayer } from "./raw-player.ts";
import { type RoomVictim, startRoomVictim } from "./room-victim.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const joinField = (url: string) => join(url, field, { rtc: nodePeerConnection });
type FieldSession = Awaited<ReturnType<typeof joinField>>;

const codec = new InputCodec(field.input);
const right = field.input.neutralRow();
field.input.write({ moveX: 1, moveY: 0, fire: false }, right);

/** Runs a session's frames as a page would, until `stop` is called. */
function play(session: FieldSession, frame: (nowMs: number) => void = () => {}): () => void {
  const timer = setInterval(() => {
    session.frame(performance.now());
    frame(performance.now());
  }, 1000 / 60);
  return () => clearInterval(timer);
}

describe("a simulation room on a real server", () => {
  let victim: RoomVictim;
  beforeAll(async () => {
    victim = await startRoomVictim();
  }, 30_000);
  afterAll(() => victim.stop());

  const until = async (done: () => boolean | Promise<boolean>, ms = 8000): Promise<void> => {
    for (const end = performance.now() + ms; !(await done());) {
      if (performance.now() > end) throw new Error("it did not happen in time");
      await pause(20);
    }
  };

  it("moves a sender at four times the rate no further than an honest one", async () => {
    const honest = await joinField(victim.url);
    const hasty = await joinField(victim.url);
    const stops = [
      play(honest),
      // Asks four times a frame, each time for a moment that has not come.
      play(hasty, (nowMs) => [5, 10, 15].forEach((ahead) => hasty.frame(nowMs + ahead))),
    ];
    const raw = [await RawPlayer.join(victim.url), await RawPlayer.join(victim.url, { webrtc: true })];
    expect(raw[1].link.transport).toBe("webrtc-direct");
    await until(() => [honest, hasty].every((session) => session.transport === "webrtc-direct"));
    await pause(500);
    honest.input.moveX = hasty.input.moveX = 1;
    const began = await victim.report();
    const beganMs = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const elapsedTicks = Math.floor(((performance.now() - beganMs) * 60) / 1000);
      for (let extra = 0; extra < 4; extra++) {
        // Ticks run out four times as fast as time: each packet claims four ticks more.
        const frame = codec.encode(began.tick + 6 + elapsedTicks * 4 + extra, 32, () => right, -1, 0);
        raw[0].sendFrame(frame.slice());
        raw[1].link.sendUnreliable(
          codec.encode(began.tick + 6 + elapsedTicks + extra * 2, 32, () => right, -1, 0),
        );
        sent++;
      }
    }, 1000 / 60);
    await pause(3500);
    clearInterval(timer);
    const ended = await victim.report();
    stops.forEach((stop) => stop());

    const moved = (number: number): number => {
      const at = ({ players }: typeof began) => players.find((player) => player.number === number)!.x;
      return at(ended) - at(began);
    };
    const honestWay = moved(honest.player);
    const others = [hasty.player, raw[0].welcome.player, raw[1].welcome.player].map(moved);
    console.log(
      `in ${ended.tick - began.tick} ticks: honest ${honestWay.toFixed(2)}, frame() four times ${others[0].toFixed(2)}, raw ${sent} packets ${others[1].toFixed(2)} and ${others[2].toFixed(2)}`,
    );
    // What a player moves who holds the key from the first tick to the last, on a path that loses nothing.
    const farthest = ((ended.tick - began.tick) * 7) / 60;
    expect(honestWay).toBeGreaterThan(farthest / 3);
    for (const way of [honestWay, ...others]) expect(way).toBeLessThanOrEqual(farthest);
    expect(ended.drops["input-early"]).toBeGreaterThan(0);
    await Promise.all([honest.leave(), hasty.leave(), raw[0].leave(), raw[1].leave()]);
  });

  it("lets an honest player play on while another attacks on every way in", async () => {
    const random = new Rng(4);
    const honest = await joinField(victim.url);
    const stop = play(honest);
    await until(() => honest.transport === "webrtc-direct");
    await pause(700);
    const before = await victim.report();
    const { corrections } = honest.stats;
    const received = honest.received.datachannel;
    const beganMs = performance.now();

    const packet = codec.encode(before.tick, 8, () => right, 5, -1).slice();
    for (let round = 0; round < 6; round++) {
      const hostile = await RawPlayer.join(victim.url, { webrtc: round % 2 === 0 });
      honest.input.moveX = round % 2 === 0 ? 1 : -1;
      for (let i = 0; i < 60; i++) {
        for (let k = 0; k < 8; k++) {
          const broken = mutate(packet, packet, random);
          if (broken.length > 0 && broken.length < 3000) hostile.sendFrame(broken);
          if (broken.length > 1 && broken.length < 1150) hostile.link.sendUnreliable(broken);
        }
        hostile.sendFrame(codec.encode(i * 997, 3, () => right, i * 1301, -1).slice());
        hostile.sendFrame(new Uint8Array(0));
        hostile.sendFrame(new Uint8Array(2000));
        for (let k = 0; k < 4; k++) hostile.room.send(READY_TYPE, i % 2 === 0 ? undefined : { more: [null] });
        await pause(5);
      }
      expect(hostile.welcomes).toBeLessThan(8);
      // Colyseus closes a client whose message it cannot read, so these come last.
      if (round % 3 === 0) for (let i = 0; i < 50; i++) hostile.sendRaw(randomBytes(1 + i * 7));
      else
        for (const type of ["constructor", "__proto__", "toString", "hasOwnProperty"])
          if (round % 3 === 1) hostile.room.send(type, { a: 1 });
          else hostile.room.sendBytes(type, new Uint8Array(3));
      await pause(50);
      await hostile.leave();
    }
    expect(victim.alive()).toBe(true);
    const after = await victim.report();
    const seconds = (performance.now() - beganMs) / 1000;
    stop();
    const counted = Object.fromEntries(
      Object.entries(after.drops).map(([reason, count]) => [reason, count - (before.drops[reason] ?? 0)]),
    );
    console.log(
      `${seconds.toFixed(1)} s of it: ${honest.received.datachannel - received} snapshots, ${honest.stats.corrections - corrections} corrections, ${JSON.stringify(counted)}, memory ${after.usedBytes - before.usedBytes} bytes`,
    );
    expect(after.rooms).toBe(1);
    expect(after.tick - before.tick).toBeGreaterThan(seconds * 30);
    expect(honest.state).toBe("playing");
    expect(honest.received.datachannel - received).toBeGreaterThan(seconds * 8);
    for (const reason of [
      "unknown-kind",
      "malformed-input",
      "too-large",
      "empty",
      "ready-rate",
      "ack-of-unsent",
      "flood",
    ])
      expect(counted[reason], reason).toBeGreaterThan(0);
    expect(after.usedBytes - before.usedBytes).toBeLessThan(20e6);
    // Where the server has it is where its own client has it, once it rests.
    honest.input.moveX = 0;
    const rest = play(honest);
    await pause(700);
    rest();
    const { players } = await victim.report();
    const own = honest.frame(performance.now()).player.find(({ mine }) => mine);
    expect(own?.x).toBe(players.find(({ number }) => number === honest.player)?.x);
    await honest.leave();
  }, 40_000);

  it("refuses join requests of every wrong shape, and is empty when all are gone", async () => {
    const { Client } = await import("@colyseus/sdk");
    for (const tidelock of [undefined, null, 0, "x", [], {}, { protocol: 1 }, { protocol: "1", schema: {} }])
      await expect(new Client(victim.url).joinOrCreate("field", { tidelock })).rejects.toMatchObject({
        code: 4603,
      });
    await until(async () => (await victim.report()).players.length === 0);
    expect(victim.alive()).toBe(true);
    const session = await joinField(victim.url);
    await session.leave();
  });
});
