import type { PuckWorld } from "./entities.ts";
import { placeForKickOff } from "./kickoff.ts";
import { CRATE_SIDE, MAX_PLAYERS } from "./rules.ts";

const CRATES_PER_ROW = 7;

/** Puts the match, the ball and `crates` crates on the pitch. */
export function setUp(world: PuckWorld, crates = 0): void {
  world.spawn("match", {});
  world.spawn("ball", {});
  for (let i = 0; i < crates; i++) {
    const column = (i % CRATES_PER_ROW) - (CRATES_PER_ROW - 1) / 2;
    const row = Math.floor(i / CRATES_PER_ROW);
    // From the side lines towards the middle, so that the ball and the spots around it stay free.
    const y = (row % 2 === 0 ? 1 : -1) * (10.5 - Math.floor(row / 2) * CRATE_SIDE * 1.6);
    world.spawn("crate", { x: column * CRATE_SIDE * 2, y });
  }
}

/** Puts a player's craft where its team kicks off. Players are dealt out to the teams in turn. */
export function enter(world: PuckWorld, owner: number): void {
  const taken = [...world.all("craft")].map(({ team, spot }) => `${team}${spot}`);
  const lefts = taken.filter((place) => place.startsWith("left")).length;
  const team = lefts <= taken.length - lefts ? "left" : "right";
  let spot = 0;
  while (spot < MAX_PLAYERS && taken.includes(`${team}${spot}`)) spot++;
  placeForKickOff(world.spawn("craft", { owner, team, spot }));
}
