import { TidelockError } from "@tidelock/shared";

/** One byte per player says which team it is in. */
const MAX_TEAM = 255;

/** One client as interest management sees it: whose it is, whom it plays with and where it looks from. */
export class InterestViewer {
  /** Player number, from 1. Entities with this owner are always visible. */
  readonly player: number;
  /**
   * Where the player looks from; set before each query. NaN is nowhere: nothing is near. (A fraction from the
   * start also keeps the engine from allocating one at each assignment.)
   */
  x = Number.NaN;
  y = Number.NaN;
  /** How it moves, in units per second; NaN is not known. */
  vx = Number.NaN;
  vy = Number.NaN;
  /** Changes when all that was in view is to enter anew. @internal */
  era = 0;
  #team = 0;

  constructor(player: number) {
    this.player = player;
  }

  /** The player's team, 1 to 255; 0: none. */
  get team(): number {
    return this.#team;
  }

  set team(team: number) {
    if (!Number.isInteger(team) || team < 0 || team > MAX_TEAM)
      throw new TidelockError(
        "room/bad-team",
        `team of player ${this.player} is ${team}; allowed are 1 to ${MAX_TEAM}, and 0 for none`,
      );
    this.#team = team;
  }

  /** Makes everything in view enter anew, as after a jump of the camera. */
  forget(): void {
    this.era++;
  }
}
