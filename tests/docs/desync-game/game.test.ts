import { describeFault, syncTest } from "@tidelock/shared/sync-test";
import { expect, it } from "vitest";
import { ice } from "./mended.ts";

it("runners on ice slip alike however often a tick is computed", () => {
  const { fault } = syncTest({ game: ice, ticks: 2000, players: 2 });
  expect(fault && describeFault(fault)).toBeUndefined();
});
