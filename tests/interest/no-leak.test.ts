import { everyone, gridInterest, type InterestPolicy, lineOfSight } from "@tidelock/server";
import { type Condition, condition, type EntityId, NO_CONDITION, Rng } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { WireReader } from "../docs/wire-reader.ts";
import { Stepper } from "../stepper/stepper.ts";
import { HIDDEN_TYPES, secretsGame, wall } from "./secrets-game.ts";

const RUN_MS = 2500;
const ROUGH = condition({ latencyMs: 40, jitterMs: 10, lossPercent: 5 });

/** Everything that the server sent to one player, and what can be read in what arrived of it. */
class Wiretap {
  readonly frames: Uint8Array[] = [];
  readonly ids = new Set<EntityId>();
  readonly values = new Set<number>();
  readonly #reader: WireReader;

  constructor(reader: WireReader) {
    this.#reader = reader;
  }

  read(snapshot: Uint8Array): void {
    const tick = this.#reader.read(snapshot);
    for (const { id, at } of this.#reader.slots.values()) {
      this.ids.add(id);
      for (const value of at.get(tick) ?? []) this.values.add(value);
    }
  }

  get bytes(): string {
    return this.frames.map((frame) => Buffer.from(frame).toString("hex")).join("\n");
  }
}

const policy = (): InterestPolicy =>
  gridInterest({ radius: 60, far: 20, teams: "share" })
    .and(lineOfSight({ grid: wall }))
    .and((viewer, entity) => entity.type !== "ghost" || viewer.team === 2);

/** Players 1 and 3 of one team and their enemy, player 2; the second seed decides all that is hidden. */
function match(interest: InterestPolicy, secretSeed: number, path: Condition = NO_CONDITION) {
  const secrets = new Set<number>();
  const game = secretsGame(secrets);
  const stepper = new Stepper({ game, seed: 5, interest });
  const { simulation } = stepper;
  const { world } = simulation;
  world.secret = new Rng(secretSeed);
  for (let i = 0; i < 4; i++) world.spawn("crate", { x: -20 - i * 8, y: 10 * i - 20, vy: 4 });
  const taps = [-20, -25, -45].map((x, i) => {
    const client = stepper.join(path, (owner) => void world.spawn("player", { owner, x, y: 5 * i }));
    const player = simulation.players.get(client.number)!;
    player.team = client.number === 2 ? 2 : 1;
    const tap = new Wiretap(new WireReader(game.types));
    const send = player.link.sendUnreliable.bind(player.link);
    player.link.sendUnreliable = (frame) => {
      tap.frames.push(frame.slice());
      return send(frame);
    };
    const receive = client.netcode.receiveSnapshot.bind(client.netcode);
    client.netcode.receiveSnapshot = (frame, nowMs) => {
      tap.read(frame);
      receive(frame, nowMs);
    };
    return tap;
  });
  const hiddenIds = new Set<EntityId>();
  stepper.onFrame = (client, nowMs) => {
    client.input.moveX = Math.floor(nowMs / 700 + client.number) % 3 === 0 ? 0.5 : -0.25;
    client.input.moveY = [1, 0, -1][Math.floor(nowMs / 500 + client.number) % 3]!;
    for (const type of HIDDEN_TYPES) for (const { id } of world.all(type)) hiddenIds.add(id);
  };
  stepper.run(RUN_MS);
  return { taps, secrets, hiddenIds };
}

const common = (one: ReadonlySet<number>, other: ReadonlySet<number>): number[] =>
  [...one].filter((each) => other.has(each));

describe("what a client may not see", () => {
  it.each([
    ["a good path", NO_CONDITION],
    ["a path that loses packets", ROUGH],
  ])("is in no packet that is sent to it, over %s", (_, path) => {
    const { taps, secrets, hiddenIds } = match(policy(), 1, path);
    expect(secrets.size).toBeGreaterThan(200);
    expect(hiddenIds.size).toBeGreaterThan(10);
    for (const tap of [taps[0]!, taps[2]!]) {
      expect(tap.frames.length).toBeGreaterThan(60);
      expect(tap.ids.size).toBe(7);
      expect(common(tap.ids, hiddenIds)).toEqual([]);
      expect(common(tap.values, secrets)).toEqual([]);
    }
  });

  it("would be found if it were there", () => {
    const { taps, secrets, hiddenIds } = match(everyone(), 1);
    for (const tap of taps) {
      expect(common(tap.ids, hiddenIds).length).toBeGreaterThan(10);
      expect(common(tap.values, secrets).length).toBeGreaterThan(20);
    }
    const enemy = match(policy(), 1).taps[1]!;
    expect(common(enemy.ids, hiddenIds).length).toBeGreaterThan(5);
    expect(common(enemy.values, secrets).length).toBeGreaterThan(100);
  });

  it("changes not a single byte of what is sent to it", () => {
    const [one, other] = [match(policy(), 1), match(policy(), 2)];
    expect(common(one.secrets, other.secrets).length).toBeLessThan(10);
    for (const i of [0, 2]) {
      expect(one.taps[i]!.bytes.length).toBeGreaterThan(1000);
      expect(one.taps[i]!.bytes === other.taps[i]!.bytes).toBe(true);
    }
    expect(one.taps[1]!.bytes === other.taps[1]!.bytes).toBe(false);
  });
});
