/** What the player wants at this moment, whatever they hold in their hands. */
export interface Command {
  /** -1 to 1; the two together may be longer than 1. */
  moveX: number;
  moveY: number;
  /** Radians, clockwise on the screen, 0 to the right. */
  aim: number;
  fire: boolean;
  reload: boolean;
}

export interface Controls {
  /** Writes what is held right now into `command`; leaves alone what these controls do not touch. */
  read(command: Command): void;
}
