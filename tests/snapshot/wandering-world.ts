import {
  angle,
  defineGame,
  entity,
  input,
  ownerOnly,
  position,
  position2d,
  quaternion,
  uint,
  velocity,
  velocity2d,
} from "@tidelock/shared";

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
      else if (random.float() < 0.02)
        world.spawn("prop", {
          owner: mover.owner,
          at: { x: 20, y: 30 },
          going: { x: 3, y: random.range(-9, 9) },
        });
      else if (random.float() < 0.006) world.spawn("mover", { owner: mover.owner, x: mover.x, y: mover.y });
    }
    for (const prop of world.all("prop")) {
      prop.at.x += prop.going.x * world.dt;
      prop.at.y += prop.going.y * world.dt;
      const random = world.random(prop);
      if (random.float() < 0.1)
        prop.turn = { x: random.float(), y: random.float(), z: random.float(), w: random.float() - 0.5 };
      if (random.float() < 0.02) world.despawn(prop);
    }
  },
});
