const query = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the player has asked the system for less movement; asked anew each time, since it can change. */
export function reducedMotion(): boolean {
  return query.matches;
}
