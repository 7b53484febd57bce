/**
 * The mechanisms that hide the network, each with a switch: for teaching, and for finding out which of them is to blame for what you see. A
 * game that is played leaves all of them on. They may be changed at any time and take effect in the next frame.
 */
export interface Mechanisms {
  /** Off: own entities are shown as the server told of them, so a key takes a round trip to act. */
  prediction: boolean;
  /**
   * Off: the server's state of the past is put in the place of what was predicted for now, and no input is replayed upon it. What is predicted
   * is drawn back by each snapshot.
   */
  reconciliation: boolean;
  /** Off: entities that are not predicted are shown where the newest snapshot had them, and stand there until the next one. */
  interpolation: boolean;
  /** Off: shots carry no view moment, so the server judges them by where everything is when they reach it. */
  lagCompensation: boolean;
}

/** Everything on, as in a game. */
export function allMechanisms(): Mechanisms {
  return { prediction: true, reconciliation: true, interpolation: true, lagCompensation: true };
}
