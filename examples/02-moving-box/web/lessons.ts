import type { Mechanisms } from "@tidelock/client";

/** One rung of the ladder: what is on, and what to do in order to see it. */
export interface Lesson {
  readonly title: string;
  readonly on: Mechanisms;
  readonly text: string;
}

const nothing: Mechanisms = {
  prediction: false,
  reconciliation: false,
  interpolation: false,
  lagCompensation: false,
};

export const lessons: readonly Lesson[] = [
  {
    title: "Nothing",
    on: nothing,
    text: "Hold D, then let go. A's box waits for the round trip, both when it starts and when it stops, and everything moves in steps, one for each snapshot.",
  },
  {
    title: "+ prediction",
    on: { ...nothing, prediction: true },
    text: "Hold D: the box starts at once, because A's page runs the same step as the server. But each snapshot puts the past in its place, so it is pulled back. Let go: it slides back.",
  },
  {
    title: "+ reconciliation",
    on: { ...nothing, prediction: true, reconciliation: true },
    text: "Hold D: it starts at once and is never pulled back, because what the server says of the past is compared with the prediction of that same tick. Press E: the push could not be foreseen, so the past is put right and A's inputs are replayed on it.",
  },
  {
    title: "+ interpolation",
    on: { prediction: true, reconciliation: true, interpolation: true, lagCompensation: false },
    text: "Look at B's box and at the targets: they glide instead of jumping. They are shown a little in the past, between two snapshots that have come. Now shoot at a target: you hit it on your screen, and the server, where it has moved on, says you missed.",
  },
  {
    title: "+ lag compensation",
    on: { prediction: true, reconciliation: true, interpolation: true, lagCompensation: true },
    text: "Shoot at a target again. The server looks at the targets where they were on your screen when you pressed the key, and decides what you saw. Make the round trip 600 ms: what you saw is then further back than the server will look, and you have to aim ahead again.",
  },
];
