import type { AmbientCall } from "./ambient-calls.ts";

const WHY: Record<AmbientCall["answer"], string> = {
  "other each time": "whose answer is another one each time",
  "other per engine": "whose last bit is another one in other engines: take the one of @tidelock/shared",
};

/** A call as one sentence. */
export function callText({ name, tick, at, answer }: AmbientCall): string {
  return `tick ${tick}: the step called ${name}${at === "" ? "" : ` at ${at}`}, ${WHY[answer]}`;
}
