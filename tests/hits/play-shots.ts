import { type Condition, Rng } from "@tidelock/shared";
import { Stepper, type SteppedClient } from "../stepper/stepper.ts";
import { RANGE, rangeGame, TARGET_RADIUS, type Verdict } from "./range-game.ts";

export interface ShotOptions {
  readonly shots: number;
  readonly seed: number;
  /** One direction of the path of every client. */
  readonly path: Condition;
  /** False: every shot is judged in the present, to compare with. */
  readonly compensated: boolean;
  readonly framesPerSecond: number;
  /** Shooters run about too. */
  readonly moving: boolean;
  /** How far beside the middle of a target shots are aimed, in its radii: evenly between these. */
  readonly aside: readonly [least: number, most: number];
}

export interface ShotFigures {
  /** Shots of which the server decided what the shooter's screen showed, as a share of all. */
  readonly hitAgreement: number;
  readonly shots: number;
  /** Shots that hit on the screen. */
  readonly hitsShown: number;
  /** Shots that hit on the screen and not on the server, and the other way round, and those that hit another target. */
  readonly hitsDenied: number;
  readonly hitsGiven: number;
  readonly hitsElsewhere: number;
  /** Shots of which the server never heard in time. */
  readonly shotsLost: number;
  readonly rewindMs: { readonly mean: number; readonly most: number };
  readonly capped: number;
  /** Shots of which the shooter's own prediction said the same as the server, as a share of all. */
  readonly foretoldShare: number;
}

const SHOOTERS = 8;
const TARGETS = 24;
/** Frames between two shots of one shooter, not a multiple of what snapshots come in. */
const FRAMES_PER_SHOT = 5;
const WARM_UP_MS = 3000;

interface Body {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

interface Shot {
  /** The id of what was hit on the screen, 0 for nothing. */
  shown: number;
  /** Predicted ticks when the trigger was pulled: it is given to the next. */
  tick: number;
}

/** Plays scripted shots at moving targets, and compares what each shooter's screen showed with what the server decided. */
export function playShots(options: ShotOptions): ShotFigures {
  const verdicts = new Map<string, Verdict>();
  const shots = new Map<string, Shot>();
  const random = new Rng(options.seed);
  const game = rangeGame((verdict) => verdicts.set(`${verdict.by}:${verdict.shot}`, verdict));
  const stepper = new Stepper({ game, seed: options.seed, framesPerSecond: options.framesPerSecond });
  const { world } = stepper.simulation;
  const anywhere = (): { x: number; y: number } => ({ x: random.range(-35, 35), y: random.range(-35, 35) });
  for (let i = 0; i < TARGETS; i++) world.spawn("target", anywhere());
  for (let i = 0; i < SHOOTERS; i++) {
    const { mechanisms } = stepper.join(
      options.path,
      (owner) => void world.spawn("shooter", { owner, ...anywhere() }),
    );
    mechanisms.lagCompensation = options.compensated;
  }

  const frames = new Map<number, number>();
  const pulled = new Map<number, Shot>();
  stepper.onFrame = (client, nowMs) => {
    const frame = (frames.get(client.number) ?? client.number) + 1;
    frames.set(client.number, frame);
    if (nowMs < WARM_UP_MS) return;
    if (options.moving && frame % 23 === 0) {
      client.input.moveX = random.range(-1, 1);
      client.input.moveY = random.range(-1, 1);
    }
    const waiting = pulled.get(client.number);
    // The trigger is read with the next tick. While none was due the player goes on aiming by what is shown.
    if (waiting !== undefined && client.netcode.tick === waiting.tick)
      return void (waiting.shown = aim(client, random, options.aside));
    pulled.delete(client.number);
    client.input.fire = false;
    if (frame % FRAMES_PER_SHOT !== 0 || shots.size >= options.shots) return;
    client.input.fire = true;
    client.input.shot = (client.input.shot + 1) & 0xffff;
    const shot = { shown: aim(client, random, options.aside), tick: client.netcode.tick };
    shots.set(`${client.number}:${client.input.shot}`, shot);
    pulled.set(client.number, shot);
  };
  while (shots.size < options.shots) stepper.run(1000);
  stepper.run(1000);
  const foretold = stepper.clients.flatMap(({ number, events }) =>
    events.filter(({ data }) => {
      const { shot, target } = data as { shot: number; target: number };
      return verdicts.get(`${number}:${shot}`)?.target === target;
    }),
  );
  return { ...compare(shots, verdicts), foretoldShare: foretold.length / shots.size };
}

/** Aims past a target that is shown, so that hitting it or not is a near thing, and says what the shot hits on the screen. */
function aim(
  client: SteppedClient<ReturnType<typeof rangeGame>["inputFields"]>,
  random: Rng,
  [least, most]: ShotOptions["aside"],
): number {
  const [own] = client.shown.shooter.filter(({ mine }) => mine) as unknown as Body[];
  const targets = client.shown.target as unknown as Body[];
  const inRange = targets.filter(({ x, y }) => Math.hypot(x - own.x, y - own.y) < RANGE / 2);
  const target = inRange[random.int(inRange.length)] ?? targets[0];
  const distance = Math.hypot(target.x - own.x, target.y - own.y);
  const aside = random.range(least, most) * (random.float() < 0.5 ? 1 : -1);
  const angle = Math.atan2(target.y - own.y, target.x - own.x) + Math.atan2(aside * TARGET_RADIUS, distance);
  client.input.aim = angle;
  return hitOnScreen(own, angle, targets);
}

/** The first circle that a ray meets, by the geometry of chords: the product's own code has no part in it. */
function hitOnScreen(own: Body, angle: number, targets: readonly Body[]): number {
  let first = { id: 0, at: RANGE };
  for (const { id, x, y } of targets) {
    const along = (x - own.x) * Math.cos(angle) + (y - own.y) * Math.sin(angle);
    const beside = (y - own.y) * Math.cos(angle) - (x - own.x) * Math.sin(angle);
    if (Math.abs(beside) > TARGET_RADIUS) continue;
    const half = Math.sqrt(TARGET_RADIUS ** 2 - beside ** 2);
    if (along + half < 0) continue;
    const at = Math.max(0, along - half);
    if (at < first.at) first = { id, at };
  }
  return first.id;
}

function compare(
  shots: ReadonlyMap<string, Shot>,
  verdicts: ReadonlyMap<string, Verdict>,
): Omit<ShotFigures, "foretoldShare"> {
  const figures = { hitsShown: 0, hitsDenied: 0, hitsGiven: 0, hitsElsewhere: 0, shotsLost: 0, capped: 0 };
  let [agreed, sum, most] = [0, 0, 0];
  for (const [key, { shown }] of shots) {
    const verdict = verdicts.get(key);
    if (shown !== 0) figures.hitsShown++;
    if (verdict === undefined) figures.shotsLost++;
    else if (verdict.target === shown) agreed++;
    else if (verdict.target === 0) figures.hitsDenied++;
    else if (shown === 0) figures.hitsGiven++;
    else figures.hitsElsewhere++;
    if (verdict === undefined) continue;
    if (verdict.capped) figures.capped++;
    sum += verdict.rewindTicks;
    most = Math.max(most, verdict.rewindTicks);
  }
  const toMs = (ticks: number): number => Math.round((ticks * 1000) / 60);
  return {
    hitAgreement: agreed / shots.size,
    shots: shots.size,
    ...figures,
    rewindMs: { mean: toMs(sum / verdicts.size), most: toMs(most) },
  };
}
