import { type Condition, NO_CONDITION } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { measureForgedViews } from "./forged-views.ts";
import { playShots, type ShotFigures } from "./play-shots.ts";

const PATH: Condition = { ...NO_CONDITION, latencyMs: 75 };

function play(shots: number, changes: Partial<Parameters<typeof playShots>[0]> = {}): ShotFigures {
  return playShots({
    shots,
    seed: 5,
    path: PATH,
    compensated: true,
    framesPerSecond: 60,
    moving: false,
    aside: [0, 1.5],
    ...changes,
  });
}

describe("shots at moving targets, 150 ms away", () => {
  it("hit what the shooter's screen showed, but for shots that miss the edge by less than a 64th of a tick's way", () => {
    const { hitAgreement, hitsShown, capped } = play(600);
    expect(hitsShown).toBeGreaterThan(200);
    expect(hitAgreement).toBeGreaterThan(0.995);
    expect(capped).toBe(0);
  });

  it("hit what it showed but for a few, when 2% is lost each way", () => {
    const { hitAgreement, shotsLost } = play(600, { path: { ...PATH, lossPercent: 2 } });
    expect(hitAgreement).toBeGreaterThan(0.98);
    expect(shotsLost).toBe(0);
  });

  it("hit what it showed at 144 frames a second", () => {
    expect(play(300, { framesPerSecond: 144 }).hitAgreement).toBeGreaterThan(0.99);
  });

  it("mostly miss it without compensation", () => {
    expect(play(300, { compensated: false }).hitAgreement).toBeLessThan(0.6);
  });

  it("are foretold by the shooter's own prediction", () => {
    expect(play(300).foretoldShare).toBeGreaterThan(0.99);
  });

  it("from too far away are judged at the limit, and say so", () => {
    const { capped, shots, rewindMs } = play(200, { path: { ...PATH, latencyMs: 200 } });
    expect(capped).toBe(shots);
    expect(rewindMs.most).toBe(300);
  });
});

describe("forged claims of what was seen", () => {
  it("are never judged as claimed, nor beyond the limit, and all counted as what they are", () => {
    const { forgedTried, forgedAccepted, forgedCounted } = measureForgedViews({ shots: 200, seed: 7 });
    expect([forgedTried, forgedAccepted, forgedCounted]).toEqual([200, 0, 200]);
  });
});
