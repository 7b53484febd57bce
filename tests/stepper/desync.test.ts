import { gridInterest } from "@tidelock/server";
import {
  axis,
  condition,
  defineGame,
  entity,
  input,
  position,
  Rng,
  stateHash,
  uint,
  velocity,
  writeCheck,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { describeDesync } from "@tidelock/client";
import { field } from "./field-game.ts";
import { Stepper } from "./stepper.ts";

const ROUGH = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 2 });

/** Boats that a client predicts and buoys that blink. A test can have a buoy's motion foretell it wrong, and boats take in cargo. */
function sea({ drift = 1, leak = 0 } = {}) {
  const place = position({ min: -100, max: 100, grid: 1 / 1024, shown: 1 / 64 });
  return defineGame({
    name: "sea",
    tickRate: 60,
    entities: {
      boat: entity({
        x: place,
        y: place,
        vx: velocity("x", { max: 8, slowest: 0.1 }),
        cargo: uint({ max: 1000 }),
      }),
      buoy: entity(
        { x: place, y: place, phase: uint({ max: 100_000 }) },
        {
          predicted: "nobody",
          motion: (self) => {
            self.phase = (self.phase + drift) % 100_000;
          },
        },
      ),
    },
    input: input({ moveX: axis() }),
    step(world, inputs) {
      for (const boat of world.all("boat")) {
        boat.vx = inputs.of(boat).moveX * 4;
        boat.x += boat.vx * world.dt;
        if (world.tick % 200 === 0) boat.cargo += leak;
      }
      for (const buoy of world.all("buoy")) buoy.phase = (buoy.phase + 1) % 100_000;
    },
  });
}

function sail(options: { client?: ReturnType<typeof sea>; checkEvery?: number; path?: typeof ROUGH } = {}) {
  const stepper = new Stepper({
    game: sea(),
    clientGame: options.client,
    checkEvery: options.checkEvery,
    seed: 5,
  });
  const { world } = stepper.simulation;
  for (let i = 0; i < 20; i++) world.spawn("buoy", { x: i, phase: i * 7 });
  const client = stepper.join(options.path ?? ROUGH, (owner) => world.spawn("boat", { owner }));
  stepper.onFrame = ({ input }, nowMs) => {
    input.moveX = Math.floor(nowMs / 700) % 3 === 0 ? 0.5 : -0.25;
  };
  return { stepper, client, checks: stepper.simulation.checks };
}

describe("looking for desyncs", () => {
  it("finds none where there is none, on a bad path, with shots, and views that change and do not fit", () => {
    const stepper = new Stepper({
      game: field,
      checkEvery: 30,
      seed: 3,
      interest: gridInterest({ radius: 22 }),
    });
    const rng = new Rng(17);
    for (let i = 0; i < 300; i++)
      stepper.simulation.world.spawn("bullet", {
        x: rng.range(-40, 40),
        y: rng.range(-40, 40),
        vx: rng.range(-2, 2),
        life: 60,
      });
    const clients = Array.from({ length: 3 }, () =>
      stepper.join(ROUGH, (owner) => stepper.simulation.world.spawn("player", { owner })),
    );
    stepper.onFrame = ({ input, number }, nowMs) => {
      input.moveX = [1, 0, -1, 0.5][Math.floor(nowMs / 400 + number) % 4];
      input.moveY = [0, 1, 0, -1, -0.5][Math.floor(nowMs / 300 + number) % 5];
      input.fire = Math.floor(nowMs / 500 + number) % 2 === 0;
    };
    stepper.run(20_000);
    expect(clients.flatMap(({ desyncs }) => desyncs)).toEqual([]);
    expect(stepper.simulation.checks?.counts.compared).toBeGreaterThan(500);
    expect(stepper.simulation.checks?.counts.differed).toBe(0);
  });

  it("names tick, entity and field where a client has another state than it was sent, with both values", () => {
    const { stepper, client, checks } = sail({ client: sea({ drift: 2 }), checkEvery: 60 });
    stepper.run(4000);
    const [found] = client.desyncs;
    expect(found.kind).toBe("snapshot");
    expect(found.differences.length).toBeGreaterThan(1);
    const { tick } = found;
    const line = new RegExp(
      `^desync \\(snapshot\\) at tick ${tick}: buoy\\.phase of entity \\d+ is \\d+ here and is \\d+ on the server$`,
    );
    for (const each of describeDesync(found)) expect(each).toMatch(line);
    expect(checks?.counts.differed).toBeGreaterThanOrEqual(found.differences.length);
  });

  it("names what was predicted otherwise than the server computed it, though all inputs were in time", () => {
    const { stepper, client } = sail({
      client: sea({ leak: 3 }),
      checkEvery: 60,
      path: condition({ latencyMs: 40 }),
    });
    stepper.run(8000);
    const leaks = client.desyncs.filter(({ kind }) => kind === "prediction");
    expect(leaks.length).toBeGreaterThanOrEqual(2);
    for (const { differences } of leaks)
      expect(differences).toEqual([
        { kind: "field", type: "boat", id: expect.any(Number), field: "cargo", values: [3, 0] },
      ]);
    expect(describeDesync(leaks[0])[0]).toMatch(
      /at tick \d+: boat\.cargo of entity \d+ was predicted as 3 here and is 0 on the server$/,
    );
  });

  it("does not report corrections that inputs explain which came late", () => {
    const { stepper, client } = sail({ checkEvery: 60, path: condition({ latencyMs: 40 }) });
    stepper.run(3000);
    for (const latencyMs of [40, 260, 40, 300, 40]) {
      client.setCondition(condition({ latencyMs, jitterMs: 10 }));
      stepper.run(1000);
    }
    expect(client.netcode.predictor.corrections).toBeGreaterThan(0);
    expect(client.desyncs).toEqual([]);
  });

  it("is left alone where the server does not ask for it", () => {
    const { stepper, client, checks } = sail({ client: sea({ drift: 2, leak: 3 }) });
    stepper.run(8000);
    expect(checks).toBeUndefined();
    expect(client.desyncs).toEqual([]);
    const [player] = stepper.simulation.players.values();
    player.receive(writeCheck(1, []), stepper.ticksNow(), stepper.scheduler.nowMs());
    expect(player.link.drops.snapshot()["check-unasked"]).toBe(1);
  });
});

describe("a check from anyone", () => {
  function hostile() {
    const { stepper, client, checks } = sail({ checkEvery: 60 });
    stepper.run(3000);
    const [player] = stepper.simulation.players.values();
    const sent: Uint8Array[] = [];
    player.link.sendUnreliable = (frame) => sent.push(frame.slice()) > 0;
    const send = (frame: Uint8Array): void =>
      player.receive(frame, stepper.ticksNow(), stepper.scheduler.nowMs());
    return { stepper, client, checks, player, sent, send, tick: stepper.simulation.world.tick };
  }

  it("is answered only of entities in view, at their level, within the history", () => {
    const { checks, player, sent, send, tick, client } = hostile();
    const boat = [...client.netcode.decoder.replicas()].find(({ type }) => type.name === "boat");
    const wrong = { id: boat?.id ?? 0, level: boat?.level ?? 0, hash: 1 };
    send(writeCheck(tick - 1, [wrong, { ...wrong, level: 0 }, { ...wrong, id: 77_777 }]));
    expect(sent).toHaveLength(1);
    expect(checks?.counts.differed).toBe(1);
    send(writeCheck(tick + 1, [wrong]));
    send(writeCheck(tick - 64, [wrong]));
    expect(sent).toHaveLength(1);
    expect(player.link.drops.snapshot()["stale-check"]).toBe(2);
  });

  it("is dropped and counted when it is malformed, and when there are too many", () => {
    const { player, sent, send, tick } = hostile();
    const fine = writeCheck(tick, [{ id: 1, level: 0, hash: 5 }]);
    send(fine.subarray(0, 3));
    send(fine.subarray(0, 11));
    for (let i = 0; i < 50; i++) send(fine);
    const drops = player.link.drops.snapshot();
    expect(drops["malformed-check"]).toBe(2);
    expect(drops["check-rate"]).toBeGreaterThan(40);
    expect(sent.length).toBeLessThan(6);
  });

  it("is of use: the hash that it carries is that of the state", () => {
    const { checks, send, sent, tick, client } = hostile();
    const [replica] = client.netcode.decoder.replicas();
    const at = replica.newest;
    const { id, level, type, rows } = replica;
    const before = checks?.counts.compared ?? 0;
    send(writeCheck(at, [{ id, level, hash: stateHash(type, level, rows, replica.row(at)) }]));
    expect(at).toBeGreaterThan(tick - 30);
    expect(checks?.counts).toEqual({ compared: before + 1, differed: 0 });
    expect(sent).toEqual([]);
  });
});
