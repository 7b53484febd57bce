import { type Condition, NO_CONDITION } from "@tidelock/shared";
import { type ForgedFigures, measureForgedViews } from "../../../tests/hits/forged-views.ts";
import { playShots, type ShotFigures } from "../../../tests/hits/play-shots.ts";

export interface HitOptions {
  readonly shots: number;
  readonly seed: number;
}

export interface HitFigures extends ShotFigures, Omit<ForgedFigures, "counts"> {
  /** The agreement of shots that are all aimed at the edge of their target, within a tenth of its width: a near thing each. */
  readonly edgeAgreement: number;
  /** The agreement of the same shots when each is judged in the present. */
  readonly uncompensatedAgreement: number;
  /** The agreement while the shooters run about as well: their own place moves within the tick that the trigger is read in. */
  readonly movingAgreement: number;
  readonly forgedCounts: Readonly<Record<string, number>>;
}

/** 150 ms there and back, 2% lost each way. */
const PATH: Condition = { ...NO_CONDITION, latencyMs: 75, lossPercent: 2 };
/** Shots are aimed from the middle of a target to half a radius beside it. */
const ASIDE = [0, 1.5] as const;
const EDGE = [0.8, 1.2] as const;
/** What is only compared with takes a part of the shots. */
const COMPARED_SHARE = 0.1;

/** How well what shooters saw and what the server decided agree, and what forged claims of having seen something come to. */
export function measureHits({ shots, seed }: HitOptions): HitFigures {
  const usual = {
    shots,
    seed,
    path: PATH,
    compensated: true,
    framesPerSecond: 60,
    moving: false,
    aside: ASIDE,
  };
  const fewer = { ...usual, shots: Math.ceil(shots * COMPARED_SHARE) };
  const { counts, ...forged } = measureForgedViews({ shots: fewer.shots, seed });
  return {
    ...playShots(usual),
    edgeAgreement: playShots({ ...fewer, aside: EDGE }).hitAgreement,
    uncompensatedAgreement: playShots({ ...fewer, compensated: false }).hitAgreement,
    movingAgreement: playShots({ ...fewer, moving: true }).hitAgreement,
    ...forged,
    forgedCounts: counts,
  };
}
