import {
  angle,
  angularVelocity,
  bool,
  defineGame,
  entity,
  enumeration,
  input,
  int,
  ownerOnly,
  position,
  position2d,
  position3d,
  quaternion,
  type Rng,
  rotateQuaternion,
  teamOnly,
  uint,
  type Vector2,
  velocity,
  velocity2d,
  velocity3d,
} from "@tidelock/shared";

/** Falls, is slowed by the air, and lies on the ground. */
function fall(ball: { at: Vector2; going: Vector2; bounces: boolean }, dt: number): void {
  ball.going.x *= 0.99;
  ball.going.y -= 9.81 * dt;
  ball.at.x += ball.going.x * dt;
  ball.at.y += ball.going.y * dt;
  if (ball.at.y > 0) return;
  ball.at.y = 0;
  ball.going.y = ball.bounces ? -0.7 * ball.going.y : 0;
}

/** A board's fields beside its hand. */
const LANES = 26;
const lanes = (from: number, to: number) =>
  Object.fromEntries(
    Array.from({ length: to - from }, (_, i) => [
      `lane${from + i}`,
      int({ min: -300 * i, max: 20 + 100 * i }),
    ]),
  );

/** A game whose entities move steadily, turn, jump, spawn and die at random: every path of the codec. */
export const wandering = defineGame({
  name: "wandering",
  tickRate: 30,
  entities: {
    mover: entity({
      x: position({ min: -60, max: 60, grid: 1 / 1024, shown: 1 / 64 }),
      y: position({ min: -60, max: 60, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 20, slowest: 0.1 }),
      vy: velocity("y", { max: 20, slowest: 0.1 }),
      heading: angle({ bits: 8 }),
      hp: uint({ max: 100, initial: 100 }),
      secret: ownerOnly(uint({ max: 1000 })),
    }),
    prop: entity(
      {
        at: position2d({ min: 0, max: 60, grid: 0.01 }),
        going: velocity2d("at", { max: 10, slowest: 0.5 }),
        turn: quaternion({ bits: 9 }),
      },
      { predicted: "everyone" },
    ),
    rock: entity(
      {
        at: position3d({ min: -60, max: 60, grid: 1 / 512, shown: 1 / 32 }),
        going: velocity3d("at", { max: 20, slowest: 0.1 }),
        spin: angularVelocity("turn", { max: 4 }),
        turn: quaternion({ bits: 18, shown: 10 }),
        fuel: teamOnly(uint({ max: 500, initial: 500 })),
        goal: teamOnly(position2d({ min: -60, max: 60, grid: 1 / 64, shown: 1 / 4 })),
        drift: teamOnly(velocity2d("goal", { max: 5, slowest: 1 })),
        code: ownerOnly(uint({ max: 9999 })),
      },
      { predicted: "nobody", far: { every: 4, coarser: 8 } },
    ),
    ball: entity(
      {
        at: position2d({ min: -60, max: 60, grid: 1 / 1024, shown: 1 / 64 }),
        going: velocity2d("at", { max: 40, slowest: 0.1 }),
        bounces: bool(),
        colour: enumeration(["red", "green", "blue"]),
        aim: teamOnly(angle({ bits: 10 })),
      },
      { motion: fall, far: { every: 3, coarser: 4 } },
    ),
    // More columns than one mask covers; the rotation is in two of them.
    board: entity(
      { ...lanes(0, 14), hand: quaternion({ bits: 8 }), ...lanes(14, LANES) },
      { predicted: "nobody" },
    ),
  },
  input: input({}),
  step(world) {
    for (const mover of world.all("mover")) {
      const random = world.random(mover);
      if (random.float() < 0.05) {
        mover.vx = random.range(-15, 15);
        mover.vy = random.range(-15, 15);
        mover.heading = random.range(-3, 3);
      }
      if (random.float() < 0.02) mover.hp = random.int(101);
      if (random.float() < 0.1) mover.secret = random.int(1001);
      if (random.float() < 0.01) mover.x = random.range(-60, 60);
      mover.x += mover.vx * world.dt;
      mover.y += mover.vy * world.dt;
      if (random.float() < 0.004) world.despawn(mover);
      else if (random.float() < 0.012)
        world.spawn("prop", {
          owner: mover.owner,
          at: { x: 20, y: 30 },
          going: { x: 3, y: random.range(-9, 9) },
        });
      else if (random.float() < 0.006) world.spawn("mover", { owner: mover.owner, x: mover.x, y: mover.y });
      else if (random.float() < 0.003) world.spawn("rock", { owner: mover.owner, turn: anyRotation(random) });
      else if (random.float() < 0.0035)
        world.spawn("ball", { owner: mover.owner, at: { x: mover.x, y: 30 }, bounces: random.float() < 0.7 });
      else if (random.float() < 0.001) world.spawn("board", { owner: mover.owner });
    }
    for (const prop of world.all("prop")) {
      prop.at.x += prop.going.x * world.dt;
      prop.at.y += prop.going.y * world.dt;
      const random = world.random(prop);
      if (random.float() < 0.1)
        prop.turn = { x: random.float(), y: random.float(), z: random.float(), w: random.float() - 0.5 };
      if (random.float() < 0.02) world.despawn(prop);
    }
    for (const rock of world.all("rock")) {
      const random = world.random(rock);
      if (random.float() < 0.05)
        rock.going = { x: random.range(-9, 9), y: random.range(-9, 9), z: random.range(-9, 9) };
      if (random.float() < 0.05)
        rock.spin = { x: random.range(-2, 2), y: random.range(-2, 2), z: random.range(-2, 2) };
      if (random.float() < 0.02) rock.turn = anyRotation(random);
      if (random.float() < 0.03) rock.spin = { x: 0, y: 0, z: 0 };
      if (random.float() < 0.05) rock.drift = { x: random.range(-4, 4), y: random.range(-4, 4) };
      if (random.float() < 0.1) rock.fuel = random.int(501);
      if (random.float() < 0.1) rock.code = random.int(10_000);
      rock.goal.x += rock.drift.x * world.dt;
      rock.goal.y += rock.drift.y * world.dt;
      rock.at.x += rock.going.x * world.dt;
      rock.at.y += rock.going.y * world.dt;
      rock.at.z += rock.going.z * world.dt;
      const { x, y, z } = rock.spin;
      rotateQuaternion(rock.turn, x, y, z, world.dt);
      if (random.float() < 0.01) world.despawn(rock);
    }
    for (const ball of world.all("ball")) {
      const random = world.random(ball);
      fall(ball, world.dt);
      if (random.float() < 0.05) ball.going.y += random.range(0, 9);
      if (random.float() < 0.02) ball.going.x = random.range(-9, 9);
      if (random.float() < 0.05) ball.colour = "blue";
      if (random.float() < 0.05) ball.aim = random.range(-3, 3);
      // Held up against what its motion says.
      if (ball.colour === "blue" && !ball.bounces) ball.going.y = 0;
      if (random.float() < 0.01) world.despawn(ball);
    }
    for (const board of world.all("board")) {
      const random = world.random(board);
      const changed = random.float() < 0.02 ? LANES : random.int(3);
      for (let i = 0; i < changed; i++)
        Object.assign(board, { [`lane${random.int(LANES)}`]: random.range(-9000, 2000) });
      if (random.float() < 0.1) board.hand = anyRotation(random);
      if (random.float() < 0.01) world.despawn(board);
    }
  },
});

function anyRotation(random: Rng) {
  return { x: random.float(), y: random.float() - 0.5, z: random.float(), w: random.float() - 0.5 };
}
