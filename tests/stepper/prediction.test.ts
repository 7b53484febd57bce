import { condition, NO_CONDITION } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { field } from "./field-game.ts";
import { Stepper, type SteppedClient } from "./stepper.ts";

/** 150 ms there and back, 20 ms of jitter, 2% lost. */
const ROUGH = condition({ latencyMs: 65, jitterMs: 20, lossPercent: 2 });

type Client = SteppedClient<{ moveX: never; moveY: never; fire: never }>;

function game(seed: number, path = ROUGH, players = 2) {
  const stepper = new Stepper({ game: field, seed });
  const clients = Array.from({ length: players }, (_, i) =>
    stepper.join(path, (owner) => stepper.simulation.world.spawn("player", { owner, x: i * 5 })),
  );
  return { stepper, clients };
}

function wander(
  client: { input: { moveX: number; moveY: number; fire: boolean } },
  time: number,
  phase: number,
): void {
  client.input.moveX = [1, 0, -1, 0.5][Math.floor(time / 400 + phase) % 4];
  client.input.moveY = [0, 1, 0, -1, -0.5][Math.floor(time / 300 + phase) % 5];
  client.input.fire = Math.floor(time / 500 + phase) % 2 === 0;
}

const x = (shown: Client["shown"], mine: boolean): number =>
  Number(shown.player.find((player) => player.mine === mine)?.x);

describe("prediction", () => {
  it("needs no correction at 150 ms, 20 ms jitter and 2% loss while the server agrees", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { stepper, clients } = game(seed);
      stepper.onFrame = (client, nowMs) => wander(client, nowMs, client.number);
      stepper.run(3000);
      const before = clients.map(({ netcode }) => netcode.predictor.corrections);
      stepper.run(20_000);
      clients.forEach(({ netcode }, i) => expect(netcode.predictor.corrections - before[i]).toBe(0));
    }
  });

  it("shows a key's effect in the frame that reads it", () => {
    const { stepper, clients } = game(3);
    stepper.run(2000);
    const [client] = clients;
    let pressedAt = Number.NaN;
    const moves: number[] = [];
    let last = 0;
    stepper.onFrame = (each) => {
      if (each !== client) return;
      moves.push(x(each.shown, true) - last);
      last = x(each.shown, true);
      // The page reads its keys before it asks for the next frame.
      if (moves.length === 10) {
        each.input.moveX = 1;
        pressedAt = moves.length;
      }
    };
    stepper.run(400);
    expect(moves.slice(1, pressedAt).every((move) => move === 0)).toBe(true);
    expect(moves[pressedAt]).toBeGreaterThan(0);
  });

  it("shows others without a jump larger than their speed allows", () => {
    const { stepper, clients } = game(4);
    stepper.onFrame = (client, nowMs) => wander(client, nowMs, client.number);
    stepper.run(3000);
    let last = Number.NaN;
    let largest = 0;
    stepper.onFrame = (client, nowMs) => {
      wander(client, nowMs, client.number);
      if (client !== clients[0]) return;
      const now = x(client.shown, false);
      if (!Number.isNaN(last)) largest = Math.max(largest, Math.abs(now - last));
      last = now;
    };
    stepper.run(15_000);
    // 7 units per second at 60 frames, play-out at most 1.1 times as fast, and one shown step.
    expect(largest).toBeLessThan((7 / 60) * 1.15 + 1 / 64);
    expect(largest).toBeGreaterThan(0.05);
  });

  it("names every predicted shot as the server does, so none is doubled or lost", () => {
    const { stepper, clients } = game(6);
    stepper.onFrame = (client) => {
      client.input.fire = true;
    };
    stepper.run(3000);
    const [client] = clients;
    const shots = client.events.length;
    const before = client.netcode.predictor.corrections;
    stepper.run(5000);
    expect(client.events.length - shots).toBeGreaterThan(30);
    expect(client.netcode.predictor.corrections).toBe(before);
  });

  it("puts a wrong prediction right and replays what was done since", () => {
    const { stepper, clients } = game(7, condition({ latencyMs: 75 }));
    stepper.run(2000);
    const [client] = clients;
    client.input.moveX = 1;
    stepper.run(500);
    const { world } = stepper.simulation;
    const [player] = world.all("player");
    player.x -= 3;
    stepper.run(120);
    expect(client.netcode.predictor.corrections).toBeGreaterThan(0);
    const count = client.netcode.predictor.corrections;
    client.input.moveX = 0;
    stepper.run(1500);
    expect(client.netcode.predictor.corrections).toBe(count);
    expect(x(client.shown, true)).toBe(player.x);
  });

  it("comes to rest bit-equal with the server", () => {
    const { stepper, clients } = game(8);
    stepper.onFrame = (client, nowMs) => wander(client, nowMs, client.number);
    stepper.run(5000);
    stepper.onFrame = ({ input }) => {
      input.moveX = input.moveY = 0;
      input.fire = false;
    };
    stepper.run(2500);
    const world = stepper.simulation.world;
    for (const { netcode, number } of clients) {
      const mine = [...world.all("player")].find(({ owner }) => owner === number)!;
      const predicted = netcode.predictor.world.tables[0];
      const slot = predicted.find(mine.id);
      expect([predicted.values[0][slot], predicted.values[1][slot]]).toEqual([mine.x, mine.y]);
    }
  });

  it("moves an input sender at four times the rate no further than an honest one", () => {
    const honest = game(9, NO_CONDITION, 1);
    const fast = game(9, NO_CONDITION, 1);
    const { netcode } = fast.clients[0];
    for (const { stepper, clients } of [honest, fast]) {
      stepper.onFrame = (client, nowMs) => {
        client.input.moveX = 1;
        // Three more frames per frame, each asking the netcode for time that has not passed.
        if (stepper === fast.stepper)
          for (let extra = 1; extra < 4; extra++) netcode.advance(nowMs + extra * 4, client.input);
      };
      expect(clients.length).toBe(1);
      stepper.run(4000);
    }
    const at = ({ stepper }: typeof honest): number => [...stepper.simulation.world.all("player")][0].x;
    expect(at(fast)).toBeLessThanOrEqual(at(honest) + 7 / 60);
  });

  it("resumes after a hidden minute with one fresh snapshot, without fast-forward", () => {
    const { stepper, clients } = game(10, condition({ latencyMs: 50 }));
    const [client, other] = clients;
    stepper.run(3000);
    other.input.moveX = 1;
    client.hidden = true;
    stepper.run(60_000);
    client.hidden = false;
    const resimulated = client.netcode.predictor.resimulatedTicks;
    stepper.run(300);
    expect(client.netcode.predictor.running).toBe(true);
    expect(client.netcode.predictor.tick - stepper.ticksNow()).toBeGreaterThan(2);
    expect(client.netcode.predictor.resimulatedTicks - resimulated).toBeLessThan(64);
  });
});

describe("a page that draws two frames a second", () => {
  it("always shows its own player and moves it", () => {
    const stepper = new Stepper({ game: field, seed: 11, framesPerSecond: 2 });
    const client = stepper.join(condition({ latencyMs: 40 }), (owner) =>
      stepper.simulation.world.spawn("player", { owner }),
    );
    stepper.run(3000);
    const seen: number[] = [];
    stepper.onFrame = ({ shown, input }) => {
      input.moveX = 1;
      seen.push(x(shown, true));
    };
    stepper.run(4000);
    expect(seen.length).toBe(8);
    expect(seen.every((at, i) => i === 0 || at >= seen[i - 1])).toBe(true);
    expect(seen.at(-1)! - seen[0]).toBeGreaterThan(7);
    expect(client.netcode.predictor.running).toBe(true);
  });

  it("is drawn at all times even at one frame in two seconds", () => {
    const stepper = new Stepper({ game: field, seed: 12, framesPerSecond: 0.5 });
    stepper.join(condition({ latencyMs: 40 }), (owner) =>
      stepper.simulation.world.spawn("player", { owner }),
    );
    stepper.run(8000);
    const seen: number[] = [];
    stepper.onFrame = ({ shown }) => seen.push(x(shown, true));
    stepper.run(20_000);
    expect(seen.length).toBe(10);
    expect(seen.every((at) => !Number.isNaN(at))).toBe(true);
  });
});
