import type { InputType } from "@tidelock/shared";
import { MissingInput } from "../input/missing-input.ts";

/** What each column of a game's input does while a player's input is missing, from how it was declared. */
export function missingKinds(input: InputType): Uint8Array {
  const kinds = new Uint8Array(input.width).fill(MissingInput.keep);
  for (const { first, kind, reading } of input.record.properties) {
    if (kind === "axis") kinds[first] = MissingInput.fade;
    else if (reading.as === "boolean") kinds[first] = MissingInput.release;
  }
  return kinds;
}
