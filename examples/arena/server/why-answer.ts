import type { WhyNotSent } from "@tidelock/server";

/** Why the asking player was or was not told of an entity. */
export interface WhyAnswer {
  readonly entity: number;
  readonly reason: string;
  /** Ticks for which the reason has been the same; left out for what is not in view. */
  readonly during?: number;
  /** Ticks since the player was told last; left out when that was never, or before anyone asked. */
  readonly toldAgo?: number;
}

/** What a player may hear of it: of what is not in view not even whether there is such an entity, or since when there is none. */
export function whyAnswer(entity: number, { reason, tick, since, told }: WhyNotSent): WhyAnswer {
  if (reason === "not-in-view" || reason === "no-such-entity") return { entity, reason: "not-in-view" };
  return { entity, reason, during: tick - since, ...(told >= 0 && { toldAgo: tick - told }) };
}
