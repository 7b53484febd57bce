import { defineScenario } from "@tidelock/shared/sync-test";
import { ice } from "../docs/desync-game/mended.ts";

/** Nobody comes. */
export const scenario = defineScenario(ice, { join: () => {} });
