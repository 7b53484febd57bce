import { describe, expect, test } from "vitest";
import { defineGame, entity, input, ownerOnly, teamOnly, uint } from "../index.ts";
import {
  DETAIL_LEVELS,
  EXACT,
  FAR,
  isLevel,
  isOwned,
  isSent,
  levelFor,
  rankOf,
  SHOWN,
  trackOf,
} from "./level.ts";

const fields = {
  hp: uint({ max: 9 }),
  ammo: teamOnly(uint({ max: 9 })),
  hand: ownerOnly(uint({ max: 9 })),
};
const { types } = defineGame({
  name: "levels",
  tickRate: 30,
  entities: {
    player: entity(fields, { far: { every: 2, coarser: 2 } }),
    door: entity(fields, { predicted: "everyone" }),
    ghost: entity(fields, { predicted: "nobody" }),
  },
  input: input({}),
  step: () => {},
});
const [player, door, ghost] = types;

describe("the detail level", () => {
  test("is exact for who predicts, far only where declared, and never far of what is predicted", () => {
    expect(trackOf(levelFor(player, 1, 1, false, true))).toBe(EXACT);
    expect(trackOf(levelFor(player, 1, 2, false, true))).toBe(FAR);
    expect(trackOf(levelFor(player, 1, 2))).toBe(SHOWN);
    expect(trackOf(levelFor(player, 0, 0))).toBe(SHOWN);
    expect(trackOf(levelFor(door, 1, 2, false, true))).toBe(EXACT);
    expect(trackOf(levelFor(ghost, 1, 1, false, true))).toBe(SHOWN);
  });

  test("lets each rank have its fields and those of the ranks before it", () => {
    const got = (owner: number, viewer: number, isMate: boolean) =>
      player.columns
        .filter((column) => isSent(column, levelFor(player, owner, viewer, isMate)))
        .map(({ name }) => name);
    expect(got(1, 2, false)).toEqual(["hp"]);
    expect(got(1, 2, true)).toEqual(["hp", "ammo"]);
    expect(got(1, 1, false)).toEqual(["hp", "ammo", "hand"]);
    expect(isOwned(levelFor(player, 1, 1))).toBe(true);
    expect(rankOf(levelFor(player, 0, 0))).toBe(0);
  });

  test("is none of what four bits could say besides", () => {
    const levels = (type: typeof player) =>
      Array.from({ length: DETAIL_LEVELS }, (_, level) => level).filter((level) => isLevel(type, level));
    expect(levels(player)).toEqual([0, 1, 2, 4, 5, 6, 8, 9, 10]);
    expect(levels(door)).toEqual([0, 1, 4, 5, 8, 9]);
  });
});
