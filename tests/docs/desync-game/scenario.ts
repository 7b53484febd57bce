import { defineScenario } from "@tidelock/shared/sync-test";
import { ice } from "./game.ts";

export const scenario = defineScenario(ice, {
  join: (world, player) => void world.spawn("runner", { owner: player, x: player * 4 - 10 }),
});
