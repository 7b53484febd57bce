import type { Picture } from "../peers/picture.ts";
import {
  HEADING_STEPS,
  HP_MAX,
  type IoWorld,
  MOVER_COUNT,
  SHOWN_PER_METRE,
  WORLD_METRES,
} from "./io-world.ts";

const fields = [
  { name: "x", bits: bitsFor(WORLD_METRES * SHOWN_PER_METRE) },
  { name: "y", bits: bitsFor(WORLD_METRES * SHOWN_PER_METRE) },
  { name: "heading", bits: bitsFor(HEADING_STEPS - 1) },
  { name: "hp", bits: bitsFor(HP_MAX) },
];

/** The io-world's movers at the shown step. */
export function ioWorldPicture(world: IoWorld): Picture {
  return {
    fields,
    count: MOVER_COUNT,
    value(mover, field) {
      if (field === 0) return world.shownX(mover);
      if (field === 1) return world.shownY(mover);
      return field === 2 ? world.heading[mover] : world.hp[mover];
    },
  };
}

function bitsFor(max: number): number {
  return Math.ceil(Math.log2(max + 1));
}
