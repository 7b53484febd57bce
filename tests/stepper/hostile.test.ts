import { condition, FrameKind, InputCodec } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "./field-game.ts";
import { HostileClient } from "./hostile-client.ts";
import { Stepper } from "./stepper.ts";
import { usedMemory } from "./used-memory.ts";

const ROUGH = condition({ latencyMs: 40, jitterMs: 10, lossPercent: 2 });
const RUN_MS = 8000;

type Attack = (hostile: HostileClient) => void;

interface Match {
  readonly hostile: HostileClient;
  /** Everything about the honest players, on the server and as they see it. */
  readonly honest: string[];
  readonly corrections: number[];
}

/** Two honest players and a third that attacks, or only plays. */
function match(attack: Attack = () => {}, ms = RUN_MS): Match {
  const stepper = new Stepper({ game: field, seed: 21 });
  const { world } = stepper.simulation;
  const clients = [0, 1].map((i) =>
    stepper.join(ROUGH, (owner) => void world.spawn("player", { owner, x: i * 5 })),
  );
  const hostile = new HostileClient(stepper);
  world.spawn("player", { owner: hostile.player.number, y: 10 });
  hostile.attack = attack;
  const honest: string[] = [];
  const numbers = clients.map(({ number }) => number);
  stepper.onFrame = (client, nowMs) => {
    client.input.moveX = [1, 0, -1, 0.5][Math.floor(nowMs / 400 + client.number) % 4];
    client.input.moveY = [0, 1, 0, -1, -0.5][Math.floor(nowMs / 300) % 5];
    client.input.fire = Math.floor(nowMs / 500) % 2 === 0;
    const truth: unknown[] = [client.netcode.tick];
    for (const type of ["player", "bullet"] as const)
      for (const { owner, id, x, y, vx } of world.all(type))
        if (numbers.includes(owner)) truth.push(id, x, y, vx);
    for (const { owner, id, x, y } of [...client.shown.player, ...client.shown.bullet])
      if (numbers.includes(Number(owner))) truth.push(id, x, y);
    honest.push(truth.join());
  };
  stepper.run(ms);
  return { hostile, honest, corrections: clients.map(({ netcode }) => netcode.predictor.corrections) };
}

const codec = new InputCodec(field.input);
const row = field.input.neutralRow();
const inputPacket = (tick: number, count: number, ack: number, mask: number): Uint8Array =>
  codec.encode(tick, count, () => row, ack, mask).slice();

const times = (count: number, act: (i: number) => void): void => {
  for (let i = 0; i < count; i++) act(i);
};

/** What is sent, and the reasons under which it must be counted. */
const ATTACKS: Record<string, { attack: Attack; reasons: readonly string[] }> = {
  "random bytes": {
    attack: (hostile) => times(2, () => hostile.send(hostile.bytes(hostile.random.int(60)))),
    reasons: ["unknown-kind", "malformed-input"],
  },
  "every packet of its own cut short at every length": {
    attack: (hostile) =>
      times(2, () => {
        const frame = hostile.pick();
        hostile.send(frame.subarray(0, hostile.sent % frame.length));
      }),
    reasons: ["unknown-kind", "malformed-input"],
  },
  "packets with a tail, up to the size of nothing that is sent": {
    attack: (hostile) => {
      const frame = hostile.pick();
      const long = new Uint8Array(frame.length + hostile.random.int(hostile.random.int(5000) + 1) + 1);
      long.set(frame);
      hostile.send(long);
    },
    reasons: ["malformed-input", "unknown-kind", "byte-rate"],
  },
  "packets with flipped bits": {
    attack: (hostile) =>
      times(2, () => {
        const frame = hostile.pick().slice();
        times(1 + hostile.random.int(4), () => {
          frame[hostile.random.int(frame.length)] ^= 1 << hostile.random.int(8);
        });
        hostile.send(frame);
      }),
    reasons: ["malformed-input", "unknown-kind", "ack-of-unsent", "input-late", "input-early"],
  },
  "its old packets, out of order, again and again": {
    attack: (hostile) => times(3, () => hostile.send(hostile.pick())),
    reasons: ["input-late"],
  },
  "inputs for every tick there is": {
    attack: (hostile) =>
      times(2, () => hostile.send(inputPacket(hostile.random.int(65536), 1 + hostile.random.int(32), -1, 0))),
    reasons: ["input-late", "input-early"],
  },
  "acknowledgements of packets never sent, long gone and wrapped around": {
    attack: (hostile) =>
      times(2, (i) => {
        const near = hostile.newestSequence + hostile.random.int(300) - 150;
        const ack = (i === 0 ? near : hostile.random.int(65536)) & 0xffff;
        hostile.send(inputPacket(0, 1, ack, hostile.random.int(2 ** 32)));
      }),
    reasons: ["ack-of-unsent"],
  },
  "pings of every length": {
    attack: (hostile) =>
      times(2, () => {
        const ping = hostile.bytes(1 + hostile.random.int(80));
        ping[0] = FrameKind.ping;
        hostile.send(ping);
      }),
    reasons: ["unknown-kind"],
  },
  "frames of every kind, the server's own among them": {
    attack: (hostile) => times(2, () => hostile.send(Uint8Array.of(hostile.sent & 255, 0, 1, 2, 3, 4, 5))),
    reasons: ["unknown-kind", "malformed-input", "link-frame-on-websocket"],
  },
  "a hundred times too many": {
    attack: (hostile) => times(100, () => hostile.send(hostile.pick())),
    reasons: ["flood", "frame-rate"],
  },
  "a hundred times too much": {
    attack: (hostile) => times(3, () => hostile.send(hostile.bytes(1150))),
    reasons: ["byte-rate"],
  },
  "READY without end": {
    attack: (hostile) => times(3, () => void hostile.ready()),
    reasons: ["ready-rate"],
  },
};

describe("a hostile client in a room with two honest players", () => {
  const peaceful = match();

  it("is told apart from an idle one by nothing, when it does nothing", () => {
    expect(peaceful.honest.length).toBeGreaterThan(900);
    expect(new Set(peaceful.honest).size).toBeGreaterThan(900);
    expect(Object.keys(peaceful.hostile.drops).filter((reason) => !reason.startsWith("input-"))).toEqual([]);
  });

  it.each(Object.entries(ATTACKS))("changes nothing for them by sending %s", (_, { attack, reasons }) => {
    const { hostile, honest, corrections } = match(attack);
    expect(honest).toEqual(peaceful.honest);
    expect(corrections).toEqual(peaceful.corrections);
    for (const reason of reasons) expect(hostile.drops[reason], reason).toBeGreaterThan(0);
  });

  it("is counted for every frame that is not taken", () => {
    const kinds = [0, 1, 5, 7, 99, 255];
    const { hostile } = match((each) =>
      times(2, (i) => each.send(Uint8Array.of(kinds[(each.sent + i) % 6]))),
    );
    expect(hostile.sent).toBeGreaterThan(900);
    expect(hostile.drops["unknown-kind"]).toBe(hostile.sent);
  });

  it("gets no more than four fresh starts at once and one every other second, however often it asks", () => {
    let asked = 0;
    let answered = 0;
    const { hostile } = match((each) =>
      times(3, () => {
        asked++;
        if (each.ready()) answered++;
      }),
    );
    expect(asked).toBeGreaterThan(1000);
    expect(answered).toBeLessThanOrEqual(4 + RUN_MS / 2000);
    expect(answered + hostile.drops["ready-rate"]).toBe(asked);
  });

  it("gets no snapshot and moves nothing before it is ready, and its inputs until then are counted", () => {
    const stepper = new Stepper({ game: field });
    const hostile = new HostileClient(stepper, { ready: false });
    hostile.attack = (each) => each.send(inputPacket(each.sent, 4, each.sent, -1));
    stepper.run(2000);
    expect(hostile.drops).toEqual({ "input-before-ready": hostile.sent });
    expect(hostile.newestSequence).toBe(0);
    expect(hostile.ready()).toBe(true);
  });

  it("is limited to what an honest client may send", () => {
    const { hostile } = match(ATTACKS["a hundred times too many"].attack);
    const drops = hostile.drops;
    const taken = hostile.sent - drops["flood"] - drops["frame-rate"];
    // 4 frames a tick at 60 ticks a second, and two seconds' worth at once; its own netcode's are among them.
    expect(taken).toBeLessThanOrEqual((RUN_MS / 1000 + 2) * 240);
    expect(taken).toBeGreaterThan(1000);
  });

  it("makes no memory grow, whatever it sends", async () => {
    const stepper = new Stepper({ game: field, seed: 3 });
    const hostile = new HostileClient(stepper);
    const attacks = Object.values(ATTACKS);
    let turn = 0;
    hostile.attack = (each) => attacks[Math.floor(turn++ / 20) % attacks.length].attack(each);
    stepper.run(20_000);
    const before = await usedMemory();
    const sentBefore = hostile.sent;
    stepper.run(60_000);
    const grown = (await usedMemory()) - before;
    expect(hostile.sent - sentBefore).toBeGreaterThan(30_000);
    // 60 seconds of it weigh less than a hundredth of what was sent: nothing is kept per frame.
    console.log(`60 s of it, ${hostile.sent - sentBefore} frames: memory grew by ${grown} bytes`);
    expect(grown).toBeLessThan(500_000);
    expect(hostile.player.link.drops.snapshot()).not.toHaveProperty("other");
  });
});
