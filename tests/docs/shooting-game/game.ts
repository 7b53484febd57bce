import {
  angle,
  axis,
  button,
  cos,
  defineGame,
  entity,
  type EntityOf,
  gridWalls,
  input,
  ownerOnly,
  position,
  rewind,
  sin,
  StaticGrid,
  uint,
  velocity,
  type World,
} from "@tidelock/shared";

const place = position({ min: -100, max: 100, grid: 1 / 4096, shown: 1 / 64 });
const ROCKET_SPEED = 40;
const ARROW_SPEED = 30;
const LAG_STEPS = 64;

const entities = {
  player: entity({
    x: place,
    y: place,
    vx: velocity("x", { max: 8 }),
    vy: velocity("y", { max: 8 }),
    hp: uint({ max: 100, initial: 100 }),
    shielded: button(),
    readyAt: ownerOnly(uint({ max: 2 ** 29 })),
  }),
  rocket: entity({ x: place, y: place, vx: velocity("x", { max: 50 }), vy: velocity("y", { max: 50 }) }),
  arrow: entity({
    x: place,
    y: place,
    vx: velocity("x", { max: 50 }),
    vy: velocity("y", { max: 50 }),
    lag: ownerOnly(uint({ max: 20 * LAG_STEPS })),
  }),
};

type Yard = World<typeof entities>;
type Player = EntityOf<typeof entities, "player">;
type Arrow = EntityOf<typeof entities, "arrow">;

const walls = gridWalls(new StaticGrid([{ minX: 4, minY: -6, maxX: 5, maxY: 2 }]));

/** A rifle: a ray through where the shooter saw the others. */
function fireRifle(world: Yard, shooter: Player, aim: number): void {
  const { x, y } = shooter;
  const hit = rewind(world, shooter, { maxMs: 250 }).ray("player", {
    from: { x, y },
    to: { x: x + 60 * cos(aim), y: y + 60 * sin(aim) },
    target: 0.5,
    where: ({ shielded }) => !shielded,
    walls,
    coverMs: 120,
  });
  if (hit?.entity) hurt(hit.entity, 34);
}

/** A sword: everybody in an arc before the one who swings it. */
function swingSword(world: Yard, fighter: Player, aim: number): void {
  const hits = rewind(world, fighter, { maxMs: 150 }).touching("player", {
    center: { x: fighter.x, y: fighter.y },
    radius: 2,
    facing: { x: cos(aim), y: sin(aim) },
    arc: 1.6,
    target: 0.5,
  });
  for (const { entity: victim } of hits) if (victim) hurt(victim, 50);
}

/** A rocket: flies through the past until now, then on in the present, where everybody can see it come. */
function fireRocket(world: Yard, shooter: Player, aim: number): void {
  const velocity = { x: ROCKET_SPEED * cos(aim), y: ROCKET_SPEED * sin(aim) };
  const shot = rewind(world, shooter, { maxMs: 250 }).advance("player", {
    from: { x: shooter.x, y: shooter.y },
    velocity,
    radius: 0.2,
    target: 0.5,
    walls,
  });
  if (shot.hit?.entity) hurt(shot.hit.entity, 80);
  if (shot.hit || shot.blocked) return;
  world.spawn("rocket", { owner: shooter.owner, x: shot.x, y: shot.y, vx: velocity.x, vy: velocity.y });
}

/** An arrow: remembers how far back its shooter saw, and meets the others there all the way. */
function shootArrow(world: Yard, archer: Player, aim: number): void {
  const lag = Math.round(rewind(world, archer, { maxMs: 250 }).ticks * LAG_STEPS);
  const [vx, vy] = [ARROW_SPEED * cos(aim), ARROW_SPEED * sin(aim)];
  world.spawn("arrow", { owner: archer.owner, x: archer.x, y: archer.y, vx, vy, lag });
}

function fly(world: Yard, arrow: Arrow): void {
  const { x, y, vx, vy, lag } = arrow;
  const to = { x: x + vx * world.dt, y: y + vy * world.dt };
  const seen = rewind(world, arrow, { ticks: lag / LAG_STEPS });
  const hit = seen.sweep("player", { from: { x, y }, to, radius: 0.1, target: 0.5, walls });
  if (hit?.entity) hurt(hit.entity, 25);
  if (hit || walls.reach({ x, y }, to, 0.1) < 1) return world.despawn(arrow);
  arrow.x = to.x;
  arrow.y = to.y;
}

function hurt(victim: { hp: number }, damage: number): void {
  victim.hp = Math.max(0, victim.hp - damage);
}

export const yard = defineGame({
  name: "yard",
  tickRate: 60,
  entities,
  input: input({
    moveX: axis(),
    moveY: axis(),
    aim: angle({ bits: 14 }),
    rifle: button(),
    sword: button(),
    rocket: button(),
    bow: button(),
  }),
  lagCompensation: { maxRewindMs: 250 },
  step(world, inputs) {
    for (const player of world.all("player")) {
      const { moveX, moveY, aim, rifle, sword, rocket, bow } = inputs.of(player);
      player.vx = moveX * 7;
      player.vy = moveY * 7;
      player.x += player.vx * world.dt;
      player.y += player.vy * world.dt;
      if (world.tick < player.readyAt || !(rifle || sword || rocket || bow)) continue;
      player.readyAt = world.tick + 30;
      if (rifle) fireRifle(world, player, aim);
      else if (sword) swingSword(world, player, aim);
      else if (rocket) fireRocket(world, player, aim);
      else shootArrow(world, player, aim);
    }
    for (const rocket of world.all("rocket")) {
      rocket.x += rocket.vx * world.dt;
      rocket.y += rocket.vy * world.dt;
    }
    for (const arrow of world.all("arrow")) fly(world, arrow);
  },
});
