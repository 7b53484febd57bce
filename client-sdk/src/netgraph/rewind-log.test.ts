import { expect, test } from "vitest";
import { RewindLog } from "./rewind-log.ts";

test("hits made and hits taken are kept apart, with the last, the furthest and the capped", () => {
  const log = new RewindLog();
  log.add({ wasHit: false, rewindMs: 240, capped: true });
  log.add({ wasHit: false, rewindMs: 180, capped: false });
  log.add({ wasHit: true, rewindMs: 90, capped: false });
  expect(log.made).toEqual({ hits: 2, capped: 1, lastMs: 180, mostMs: 240 });
  expect(log.taken).toEqual({ hits: 1, capped: 0, lastMs: 90, mostMs: 90 });
});
