import fc from "fast-check";
import { expect, test } from "vitest";
import { play, schedules } from "./schedule.ts";

/** A run of some seconds by default; more where there is time: REGION_SCHEDULES=5000. */
const RUNS = Number(process.env["REGION_SCHEDULES"] ?? 60);

test(
  "whatever fails and whenever, nothing is lost, doubled or done twice",
  () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(play(schedule).violations).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  RUNS * 2000,
);
