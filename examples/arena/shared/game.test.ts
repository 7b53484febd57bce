import { overlapsCircle } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { arena } from "./game.ts";
import { spawnPoints } from "./map.ts";
import {
  FIRE_EVERY_TICKS,
  FULL_HEALTH,
  HIT_DAMAGE,
  MAGAZINE,
  PLAYER_RADIUS,
  RELOAD_TICKS,
  RESPAWN_TICKS,
  TICK_RATE,
  TOP_SPEED,
} from "./rules.ts";
import { scriptedInputs } from "./scripted-inputs.ts";
import { terrain } from "./terrain.ts";

type Held = Partial<Record<"moveX" | "moveY" | "aim", number> & Record<"fire" | "reload", boolean>>;

/** A world that is stepped by hand: who holds what stays held. The middle of the arena is open for 6 m around. */
function play() {
  const world = arena.createWorld();
  const inputs = arena.createInputs();
  const row = new Int32Array(arena.input.width);
  return {
    world,
    hold(player: number, held: Held) {
      arena.input.write(held, row);
      inputs.set(player, row);
    },
    run(ticks: number) {
      const events: { name: string; data: unknown }[] = [];
      for (let i = 0; i < ticks; i++) {
        arena.step(world, world.tick + 1, inputs);
        events.push(...world.events);
      }
      return events;
    },
  };
}

describe("a ship", () => {
  it("reaches its top speed within an eighth of a second and never more, diagonals included", () => {
    const { world, hold, run } = play();
    const ship = world.spawn("player", { owner: 1, x: -5, y: -5 });
    hold(1, { moveX: 1, moveY: 1 });
    run(8);
    expect(Math.hypot(ship.vx, ship.vy)).toBeCloseTo(TOP_SPEED, 1);
    expect(Math.hypot(ship.vx, ship.vy)).toBeLessThan(TOP_SPEED + 0.02);
  });

  it("slides along a wall it is pushed against", () => {
    const { world, hold, run } = play();
    const ship = world.spawn("player", { owner: 1, x: -45, y: -45 });
    hold(1, { moveX: -1, moveY: 0.5 });
    run(TICK_RATE);
    expect(ship.x).toBeCloseTo(-46 + PLAYER_RADIUS, 2);
    expect(ship.vx).toBeCloseTo(0, 5);
    expect(ship.y).toBeGreaterThan(-43);
  });

  it("stands still with all its fields once nothing is held", () => {
    const { world, hold, run } = play();
    const ship = world.spawn("player", { owner: 1, x: 0, y: 0 });
    hold(1, { moveX: 1 });
    run(30);
    hold(1, {});
    run(30);
    const place = [ship.x, ship.y];
    run(30);
    expect([ship.x, ship.y, ship.vx, ship.vy]).toEqual([...place, 0, 0]);
  });
});

describe("a gun", () => {
  it("fires at its own pace, empties, and is full again after reloading", () => {
    const { world, hold, run } = play();
    const ship = world.spawn("player", { owner: 1, x: 0, y: 0 });
    hold(1, { fire: true });
    run(1 + 2 * FIRE_EVERY_TICKS);
    expect(ship.ammo).toBe(MAGAZINE - 3);
    run((MAGAZINE - 3) * FIRE_EVERY_TICKS);
    expect(ship.ammo).toBe(0);
    hold(1, {});
    run(RELOAD_TICKS);
    expect(ship.ammo).toBe(MAGAZINE);
  });

  it("hurts the first ship in line and nobody behind it", () => {
    const { world, hold, run } = play();
    world.spawn("player", { owner: 1, x: 0, y: 0 });
    const front = world.spawn("player", { owner: 2, x: 3, y: 0 });
    const behind = world.spawn("player", { owner: 3, x: 5, y: 0 });
    hold(1, { aim: 0, fire: true });
    run(1);
    hold(1, { aim: 0 });
    const events = run(30);
    expect([front.hp, behind.hp]).toEqual([FULL_HEALTH - HIT_DAMAGE, FULL_HEALTH]);
    expect(events).toMatchObject([{ name: "hit", data: { victim: 2, by: 1, damage: HIT_DAMAGE } }]);
    expect(world.countOf("bullet")).toBe(0);
  });

  it("does not shoot through a wall", () => {
    const { world, hold, run } = play();
    world.spawn("player", { owner: 1, x: -45, y: -38.5 });
    const beyond = world.spawn("player", { owner: 2, x: -45, y: -25 });
    const wallBetween = overlapsCircle(terrain, -45, -29, 0.1);
    hold(1, { aim: Math.PI / 2, fire: true });
    run(TICK_RATE);
    expect(wallBetween).toBe(true);
    expect(beyond.hp).toBe(FULL_HEALTH);
  });

  it("hits a ship that a bullet would step over between two ticks", () => {
    const { world, run } = play();
    const target = world.spawn("player", { owner: 2, x: 0.25, y: 0.55 });
    world.spawn("bullet", { owner: 1, x: 0, y: 0, vx: 30, vy: 0, endsAt: 60 });
    run(1);
    expect(target.hp).toBe(FULL_HEALTH - HIT_DAMAGE);
  });
});

describe("the sunk", () => {
  function sink() {
    const game = play();
    const victim = game.world.spawn("player", { owner: 2, x: 3, y: 0, hp: HIT_DAMAGE, healsAt: 9999 });
    game.world.spawn("bullet", { owner: 1, x: 0, y: 0, vx: 30, vy: 0, endsAt: 60 });
    const events = game.run(20);
    return { ...game, victim, events };
  }

  it("are reported once, with who did it", () => {
    const { victim, events } = sink();
    expect([victim.hp, victim.condition]).toEqual([0, "sunk"]);
    expect(events.filter(({ name }) => name === "kill")).toMatchObject([{ data: { victim: 2, by: 1 } }]);
  });

  it("neither move nor shoot nor stop bullets", () => {
    const { world, victim, hold, run } = sink();
    hold(2, { moveX: 1, fire: true });
    world.spawn("bullet", { owner: 1, x: 0, y: 0, vx: 30, vy: 0, endsAt: 1000 });
    run(12);
    expect(victim.x).toBeCloseTo(3, 3);
    expect([...world.all("bullet")].map(({ owner, x }) => [owner, x > 4])).toEqual([[1, true]]);
  });

  it("come back after two seconds, whole, at a spawn point, and nothing hurts them at first", () => {
    const { world, victim, run } = sink();
    run(RESPAWN_TICKS);
    expect([victim.hp, victim.ammo, victim.condition]).toEqual([FULL_HEALTH, MAGAZINE, "shielded"]);
    expect(spawnPoints).toContainEqual({ x: victim.x, y: victim.y });
    world.spawn("bullet", { owner: 1, x: victim.x - 0.9, y: victim.y, vx: 30, vy: 0, endsAt: 1000 });
    run(3);
    expect(victim.hp).toBe(FULL_HEALTH);
  });
});

describe("sixty-four scripted players", () => {
  function battle(ticks: number) {
    const game = play();
    for (let owner = 1; owner <= 64; owner++)
      game.world.spawn("player", { owner, ...spawnPoints[owner - 1] });
    for (let tick = 1; tick <= ticks; tick++) {
      for (let owner = 1; owner <= 64; owner++) game.hold(owner, { ...scriptedInputs(tick, owner) });
      game.run(1);
    }
    return game.world;
  }

  it("fight the same battle to the last bit, every time", () => {
    const world = battle(600);
    expect(battle(600).hash()).toBe(world.hash());
    expect([...world.all("player")].some(({ hp }) => hp < FULL_HEALTH)).toBe(true);
  });

  it("never end up in a wall", () => {
    for (const { x, y } of battle(900).all("player"))
      expect(overlapsCircle(terrain, x, y, PLAYER_RADIUS)).toBe(false);
  });
});
