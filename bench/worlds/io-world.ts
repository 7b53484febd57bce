import { WorldRandom } from "./random.ts";

/** Movers in the world. */
export const MOVER_COUNT = 1000;
/** Clients looking on; client k follows mover k. */
export const CLIENT_COUNT = 100;
/** Movers each client sees, its own among them. */
export const VISIBLE_COUNT = 50;
/** Simulation and send rate in ticks per second. */
export const TICK_RATE = 20;
/** Edge of the square world in metres. */
export const WORLD_METRES = 1000;
/** Slowest and fastest mover in metres per second. */
export const SPEED_MIN = 2;
export const SPEED_MAX = 10;
/** Grid steps per metre the world lives on. */
export const GRID_PER_METRE = 1024;
/** Shown steps per metre: what a client has to end up with. */
export const SHOWN_PER_METRE = 64;
/** Steps of a full turn of the shown heading (8 bits). */
export const HEADING_STEPS = 256;
/** Hit points are 0 to this (7 bits). */
export const HP_MAX = 127;

const TURN_SECONDS = 2;
const HP_SECONDS = 10;
const WORLD_GRID = WORLD_METRES * GRID_PER_METRE;
const TURN_CHANCE = 1 / (TURN_SECONDS * TICK_RATE);
const HP_CHANCE = 1 / (HP_SECONDS * TICK_RATE);

/**
 * 1000 movers on 1000 x 1000 m that wander at 2 to 10 m/s, turn at once to a random heading every 2 s on
 * average, bounce off the edges and change their hit points every 10 s on average.
 *
 * Positions are whole grid steps and velocities whole grid steps per tick, so every peer is handed
 * exactly the same numbers and a mover that keeps its course advances by the same amount each tick.
 */
export class IoWorld {
  /** Ticks stepped so far. */
  tick = 0;
  /** Position in grid steps. */
  readonly x = new Int32Array(MOVER_COUNT);
  readonly y = new Int32Array(MOVER_COUNT);
  /** Velocity in grid steps per tick. */
  readonly vx = new Int32Array(MOVER_COUNT);
  readonly vy = new Int32Array(MOVER_COUNT);
  /** Heading in 1/256 turns. */
  readonly heading = new Uint8Array(MOVER_COUNT);
  readonly hp = new Uint8Array(MOVER_COUNT);

  private readonly speed = new Float64Array(MOVER_COUNT);
  /** Heading in turns, before rounding. */
  private readonly turns = new Float64Array(MOVER_COUNT);
  private readonly random: WorldRandom;

  constructor(seed: number) {
    this.random = new WorldRandom(seed);
    for (let i = 0; i < MOVER_COUNT; i++) {
      this.x[i] = this.random.below(WORLD_GRID + 1);
      this.y[i] = this.random.below(WORLD_GRID + 1);
      this.speed[i] = this.random.between(SPEED_MIN, SPEED_MAX);
      this.hp[i] = this.random.below(HP_MAX + 1);
      this.face(i, this.random.unit());
    }
  }

  /** Advances the world by one tick. */
  step(): void {
    this.tick++;
    for (let i = 0; i < MOVER_COUNT; i++) {
      if (this.random.unit() < TURN_CHANCE) this.face(i, this.random.unit());
      if (this.random.unit() < HP_CHANCE) this.hp[i] = this.otherHp(this.hp[i]);
      this.move(i);
    }
  }

  /** The position a client must show, in 1/64 m: the nearest shown step. */
  shownX(mover: number): number {
    return toShown(this.x[mover]);
  }

  shownY(mover: number): number {
    return toShown(this.y[mover]);
  }

  private move(i: number): void {
    const x = this.x[i] + this.vx[i];
    const y = this.y[i] + this.vy[i];
    this.x[i] = reflect(x);
    this.y[i] = reflect(y);
    // A wall mirrors the course; the velocity is mirrored exactly so that speed never drifts.
    if (x !== this.x[i]) this.mirror(i, -this.vx[i], this.vy[i], 0.5 - this.turns[i]);
    if (y !== this.y[i]) this.mirror(i, this.vx[i], -this.vy[i], -this.turns[i]);
  }

  private mirror(i: number, vx: number, vy: number, turns: number): void {
    this.vx[i] = vx;
    this.vy[i] = vy;
    this.setTurns(i, turns);
  }

  private face(i: number, turns: number): void {
    const perTick = (this.speed[i] * GRID_PER_METRE) / TICK_RATE;
    this.vx[i] = Math.round(Math.cos(turns * 2 * Math.PI) * perTick);
    this.vy[i] = Math.round(Math.sin(turns * 2 * Math.PI) * perTick);
    this.setTurns(i, turns);
  }

  private setTurns(i: number, turns: number): void {
    this.turns[i] = turns - Math.floor(turns);
    this.heading[i] = Math.round(this.turns[i] * HEADING_STEPS) % HEADING_STEPS;
  }

  private otherHp(hp: number): number {
    return (hp + 1 + this.random.below(HP_MAX)) % (HP_MAX + 1);
  }
}

function reflect(position: number): number {
  if (position < 0) return -position;
  return position > WORLD_GRID ? 2 * WORLD_GRID - position : position;
}

function toShown(grid: number): number {
  return Math.round((grid * SHOWN_PER_METRE) / GRID_PER_METRE);
}
