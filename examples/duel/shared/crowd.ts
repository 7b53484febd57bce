import type { DuelWorld, Fighter } from "./entities.ts";
import { startMatch } from "./rounds.ts";

/** Puts the match on the stage, with a fighter of nobody's on either side. */
export function setUp(world: DuelWorld): void {
  world.spawn("match", {});
  for (const side of [0, 1]) world.spawn("fighter", { side });
}

/** Gives a player a fighter in place of one without a player, and begins anew. Nothing when both sides are taken. */
export function enterStage(world: DuelWorld, owner: number): Fighter | undefined {
  const free = [...world.all("fighter")].find((fighter) => fighter.owner === 0);
  if (free === undefined) return undefined;
  return takeOver(world, free, owner);
}

/** Leaves a player's fighter to chance, and begins anew. */
export function leaveStage(world: DuelWorld, owner: number): void {
  for (const fighter of world.all("fighter")) if (fighter.owner === owner) takeOver(world, fighter, 0);
}

function takeOver(world: DuelWorld, from: Fighter, owner: number): Fighter {
  const { side } = from;
  world.despawn(from);
  const fighter = world.spawn("fighter", { owner, side });
  const others = [...world.all("fighter")].filter((other) => other.side !== side);
  for (const match of world.all("match")) startMatch(world, match, [...others, fighter]);
  return fighter;
}
