import { describe, expect, it } from "vitest";
import { enterStage, leaveStage, setUp } from "./crowd.ts";
import { duel } from "./game.ts";
import { moves } from "./moves.ts";
import {
  BODY_HALF_WIDTH,
  CHIP_PERCENT,
  FULL_HEALTH,
  HALF_STAGE,
  INTRO_TICKS,
  KNOCK_OUT_TICKS,
  ROUND_TICKS,
  ROUNDS_TO_WIN,
  WIDEST_GAP,
} from "./rules.ts";
import { scriptedInputs } from "./scripted-inputs.ts";

type Held = Partial<
  Record<"left" | "right" | "up" | "down" | "light" | "heavy" | "special" | "dash", boolean>
>;

/** Two players, past the introduction, this far apart. Who holds what stays held. */
function fight(distance = 1) {
  const world = duel.createWorld();
  const inputs = duel.createInputs();
  const row = new Int32Array(duel.input.width);
  setUp(world);
  const [left, right] = [1, 2].map((player) => enterStage(world, player)!);
  const [match] = world.all("match");
  const hold = (player: number, held: Held): void => {
    duel.input.write(held, row);
    inputs.set(player, row);
  };
  const run = (ticks: number) => {
    const events: { name: string; data: unknown }[] = [];
    for (let i = 0; i < ticks; i++) {
      duel.step(world, world.tick + 1, inputs);
      events.push(...world.events);
    }
    return events;
  };
  /** Presses for one tick and runs on. */
  const tap = (player: number, held: Held, ticks: number) => {
    hold(player, held);
    const events = run(1);
    hold(player, {});
    return [...events, ...run(ticks - 1)];
  };
  run(INTRO_TICKS);
  left.x = -distance / 2;
  right.x = distance / 2;
  return { world, left, right, match, hold, run, tap };
}

const names = (events: readonly { name: string }[]) => events.map(({ name }) => name);

describe("an attack", () => {
  it("hits in its active ticks and in no other, once", () => {
    const { left, right, tap, run } = fight();
    const { startup, damage } = moves.light.attack!;
    expect(names(tap(1, { light: true }, startup))).not.toContain("hit");
    expect(right.health).toBe(FULL_HEALTH);
    expect(names(run(1))).toEqual(["hit"]);
    expect(right.health).toBe(FULL_HEALTH - damage);
    expect(right.state).toBe("hurt");
    run(60);
    expect(right.health).toBe(FULL_HEALTH - damage);
    expect(left.state).toBe("idle");
  });

  it("stops both for a moment and pushes the victim away", () => {
    const { left, right, tap, run } = fight();
    const { startup, stop } = moves.light.attack!;
    tap(1, { light: true }, startup + 1);
    const places = [left.x, right.x];
    run(stop - 1);
    expect([left.x, right.x]).toEqual(places);
    run(20);
    expect(right.x).toBeGreaterThan(places[1] + 0.2);
  });

  it("misses who is out of reach, in the air above it, or lying on the floor", () => {
    const far = fight(2);
    far.tap(1, { light: true }, 30);
    expect(far.right.health).toBe(FULL_HEALTH);
    const above = fight();
    above.hold(2, { up: true });
    above.run(18);
    above.tap(1, { down: true, heavy: true }, 20);
    expect(above.right.health).toBe(FULL_HEALTH);
    const swept = fight();
    swept.hold(1, { down: true });
    swept.tap(1, { down: true, heavy: true }, 30);
    expect(["reel", "down"]).toContain(swept.right.state);
    const { health } = swept.right;
    while (swept.right.state !== "down") swept.run(1);
    swept.tap(1, { down: true, light: true }, 20);
    expect(swept.right.health).toBe(health);
  });

  it("meets one that begins in the same tick: both are hit", () => {
    const { left, right, hold, run } = fight();
    hold(1, { light: true });
    hold(2, { light: true });
    run(5);
    expect([left.state, right.state]).toEqual(["hurt", "hurt"]);
    expect(left.health).toBe(right.health);
  });

  it("begins late where it was pressed a little too early", () => {
    const { left, tap, run } = fight(4);
    tap(1, { light: true }, moves.light.ticks - 3);
    tap(1, { heavy: true }, 3);
    run(2);
    expect(left.state).toBe("heavy");
  });
});

describe("guarding", () => {
  it("needs the way away from the attack, and costs no health", () => {
    const { right, hold, tap } = fight();
    hold(2, { right: true });
    const events = tap(1, { light: true }, 12);
    expect(names(events)).toContain("block");
    expect(right.health).toBe(FULL_HEALTH);
    expect(right.state).toBe("guard");
  });

  it.each([
    { attack: { heavy: true }, stance: { right: true }, guards: true },
    { attack: { heavy: true }, stance: { right: true, down: true }, guards: false },
    { attack: { down: true, light: true }, stance: { right: true }, guards: false },
    { attack: { down: true, light: true }, stance: { right: true, down: true }, guards: true },
    { attack: { light: true }, stance: { right: true, down: true }, guards: true },
    { attack: { light: true }, stance: { left: true }, guards: false },
  ])("against $attack with $stance: $guards", ({ attack, stance, guards }) => {
    const { right, hold, tap } = fight();
    hold(2, stance);
    tap(1, attack, 20);
    expect(right.health === FULL_HEALTH).toBe(guards);
  });
});

describe("a combo", () => {
  it("goes on while the victim cannot act, counts, and does less with every hit", () => {
    const { right, tap } = fight(0.9);
    const events = [];
    for (let i = 0; i < 3; i++) events.push(...tap(1, { light: true }, 12));
    const hits = events
      .filter(({ name }) => name === "hit")
      .map(({ data }) => Reflect.get(Object(data), "combo"));
    expect(hits).toEqual([1, 2, 3]);
    const { damage } = moves.light.attack!;
    expect(right.health).toBe(FULL_HEALTH - 2 * damage - Math.floor(damage * 0.85));
  });

  it("ends when the victim is itself again", () => {
    const { right, tap } = fight();
    tap(1, { light: true }, 60);
    expect(right.combo).toBe(0);
  });

  it("cannot go on from an attack that hit nothing", () => {
    const { left, tap } = fight(4);
    tap(1, { light: true }, 5);
    tap(1, { heavy: true }, 1);
    expect(left.state).toBe("light");
  });
});

describe("a fireball", () => {
  it("flies, hurts, and can be jumped over or guarded at a price", () => {
    const hit = fight(4);
    hit.tap(1, { special: true }, 60);
    expect(hit.right.health).toBeLessThan(FULL_HEALTH - 50);
    const guarded = fight(4);
    guarded.hold(2, { right: true });
    guarded.tap(1, { special: true }, 90);
    expect(guarded.right.health).toBe(FULL_HEALTH - Math.floor((75 * CHIP_PERCENT) / 100));
    const jumped = fight(3.5);
    jumped.tap(1, { special: true }, 20);
    jumped.tap(2, { up: true }, 60);
    expect(jumped.right.health).toBe(FULL_HEALTH);
  });

  it("is one at a time, and dies with another's", () => {
    const { world, hold, run } = fight(7);
    hold(1, { special: true });
    hold(2, { special: true });
    run(15);
    expect(world.countOf("fireball")).toBe(2);
    const events = run(60);
    expect(names(events)).toContain("burst");
    expect(world.countOf("fireball")).toBe(0);
  });
});

describe("fighters", () => {
  it("walk towards each other and never through", () => {
    const { left, right, hold, run } = fight(3);
    hold(1, { right: true });
    hold(2, { left: true });
    run(120);
    expect(right.x - left.x).toBeCloseTo(2 * BODY_HALF_WIDTH, 2);
  });

  it("stay on the stage and on one screen", () => {
    const { left, right, hold, run } = fight(4);
    hold(1, { left: true });
    hold(2, { right: true });
    run(400);
    expect(right.x - left.x).toBeLessThanOrEqual(WIDEST_GAP + 1e-9);
    hold(1, { right: true, dash: true });
    hold(2, { right: true });
    run(400);
    expect(right.x).toBe(HALF_STAGE);
    expect(left.x).toBeLessThan(right.x);
  });

  it("jump over each other and then face the other way", () => {
    const { left, right, hold, tap, run } = fight(1.2);
    hold(1, { right: true, up: true });
    tap(1, { right: true, up: true }, 1);
    hold(1, { right: true, up: true });
    run(4);
    hold(1, {});
    run(60);
    expect(left.x).toBeGreaterThan(right.x);
    expect([left.facesRight, right.facesRight]).toEqual([false, true]);
    expect(left.y).toBe(0);
  });

  it("dash forwards, and backwards through attacks", () => {
    const { left, right, tap, hold, run } = fight(3);
    const from = left.x;
    tap(1, { dash: true, right: true }, 18);
    expect(left.x - from).toBeGreaterThan(1.5);
    run(20);
    left.x = right.x - 1;
    hold(2, { right: true, dash: true });
    tap(1, { light: true }, 4);
    run(4);
    expect(right.health).toBe(FULL_HEALTH);
  });
});

describe("a match", () => {
  it("goes to who wins two rounds, and again when both want to", () => {
    const { left, right, match, tap, run, hold } = fight();
    for (let round = 1; round <= ROUNDS_TO_WIN; round++) {
      expect([match.phase, match.round]).toEqual(["fight", round]);
      [left.x, right.x, right.health] = [0, 1, 10];
      const events = tap(1, { light: true }, 12);
      expect(names(events)).toContain("knockOut");
      expect([match.phase, match.winner, left.wins]).toEqual(["knockOut", "left", round]);
      run(KNOCK_OUT_TICKS);
      if (round < ROUNDS_TO_WIN) run(INTRO_TICKS);
    }
    expect(match.phase).toBe("over");
    expect([left.state, right.state]).toEqual(["cheer", "beaten"]);
    tap(1, { light: true }, 30);
    expect(match.phase).toBe("over");
    hold(2, { heavy: true });
    run(2);
    expect([match.phase, match.round, left.wins]).toEqual(["intro", 1, 0]);
    expect([left.health, right.health]).toEqual([FULL_HEALTH, FULL_HEALTH]);
  });

  it("ends a round by time for who has more left, and repeats it when both have the same", () => {
    const { left, match, run } = fight(4);
    run(ROUND_TICKS + KNOCK_OUT_TICKS + INTRO_TICKS);
    expect([match.phase, match.round, left.wins]).toEqual(["fight", 1, 0]);
    left.health = 500;
    run(ROUND_TICKS);
    expect(match.winner).toBe("right");
  });

  it("lets nobody act before it begins", () => {
    const { world, left, match, hold, run } = fight();
    for (const _ of world.all("match")) match.phase = "waiting";
    run(1);
    hold(1, { right: true, light: true });
    run(INTRO_TICKS - 2);
    expect([match.phase, left.state, left.vx]).toEqual(["intro", "idle", 0]);
  });

  it("begins anew when somebody takes over a fighter, or leaves one", () => {
    const { world, left, match, run } = fight();
    left.health = 5;
    leaveStage(world, 2);
    expect([match.phase, left.health]).toEqual(["intro", FULL_HEALTH]);
    run(INTRO_TICKS + 600);
    expect(left.health).toBeLessThan(FULL_HEALTH);
    expect(enterStage(world, 3)?.side).toBe(1);
    expect(enterStage(world, 4)).toBeUndefined();
  });
});

describe("rollback", () => {
  it("gives the same world when ticks are stepped again from a copy", () => {
    const world = duel.createWorld();
    const copy = duel.createWorld();
    world.seed = copy.seed = 7;
    setUp(world);
    enterStage(world, 1);
    const row = new Int32Array(duel.input.width);
    const step = (target: typeof world, tick: number): void => {
      const inputs = duel.createInputs();
      duel.input.write(scriptedInputs(tick, 1), row);
      inputs.set(1, row);
      duel.step(target, tick, inputs);
    };
    let tick = 0;
    const seen = new Set<string>();
    for (let turn = 0; turn < 300; turn++) {
      copy.copyFrom(world);
      for (let i = 1; i <= 15; i++) {
        step(world, tick + i);
        for (const { state } of world.all("fighter")) seen.add(state);
      }
      for (let i = 1; i <= 15; i++) step(copy, tick + i);
      expect(copy.hash()).toBe(world.hash());
      expect(copy.events).toEqual(world.events);
      tick += 15;
    }
    // The script has been through most of what there is.
    expect(seen.size).toBeGreaterThan(18);
  });
});
