import {
  axis,
  button,
  clamp,
  defineGame,
  entity,
  event,
  input,
  position2d,
  real,
  uint,
  velocity2d,
} from "@tidelock/shared";

const WALL = 20;

/** Bodies that push each other and throw pebbles: everybody predicts everything. */
export const push = defineGame({
  name: "push",
  tickRate: 60,
  shareInputs: true,
  entities: {
    body: entity(
      {
        at: position2d({ min: -WALL, max: WALL, grid: 1 / 4096 }),
        going: velocity2d("at", { max: 16 }),
        radius: real({ min: 0, max: 4, grid: 1 / 16, initial: 1 }),
        wait: uint({ max: 60 }),
      },
      { predicted: "everyone" },
    ),
    pebble: entity(
      {
        at: position2d({ min: -WALL, max: WALL, grid: 1 / 4096 }),
        going: velocity2d("at", { max: 16 }),
        ticks: uint({ max: 120 }),
      },
      { predicted: "everyone" },
    ),
  },
  input: input({ x: axis(), y: axis(), throw: button() }),
  events: { thrown: event<{ by: number }>() },
  step(world, inputs) {
    const bodies = [...world.all("body")];
    for (const body of bodies) {
      const { x, y, throw: throws } = inputs.of(body);
      body.going.x += clamp(x * 10 - body.going.x, -2, 2);
      body.going.y += clamp(y * 10 - body.going.y, -2, 2);
      if (body.wait > 0) body.wait--;
      else if (throws) {
        body.wait = 10;
        world.emit("thrown", { by: body.owner });
        world.spawn("pebble", { owner: body.owner, at: body.at, going: { x: 12, y: 0 } });
      }
    }
    for (const a of bodies)
      for (const b of bodies) {
        if (a.id >= b.id) continue;
        const [dx, dy] = [b.at.x - a.at.x, b.at.y - a.at.y];
        const distance = Math.sqrt(dx * dx + dy * dy);
        const overlap = a.radius + b.radius - distance;
        if (overlap <= 0 || distance === 0) continue;
        const [nx, ny] = [dx / distance, dy / distance];
        a.going.x -= nx * overlap * 8;
        a.going.y -= ny * overlap * 8;
        b.going.x += nx * overlap * 8;
        b.going.y += ny * overlap * 8;
      }
    for (const body of bodies) {
      body.at.x += body.going.x * world.dt;
      body.at.y += body.going.y * world.dt;
    }
    for (const pebble of world.all("pebble")) {
      pebble.at.x += pebble.going.x * world.dt;
      pebble.ticks++;
      if (pebble.ticks > 60) world.despawn(pebble);
    }
  },
});
