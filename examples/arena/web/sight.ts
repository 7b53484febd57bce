/** What the view and the HUD read. The connection provides it; nothing here knows the network. */

export interface PlayerSight {
  readonly id: number;
  /** Player number; the roster names it. */
  readonly owner: number;
  readonly mine: boolean;
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
  /** Radians, clockwise on the screen, 0 to the right. */
  readonly aim: number;
  /** 0 is dead. */
  readonly hp: number;
  readonly shielded: boolean;
}

export interface BulletSight {
  readonly id: number;
  readonly owner: number;
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
}

/** What only the owner of a ship is told about it. */
export interface CockpitSight {
  readonly ammo: number;
  /** 0 to 1 while the magazine is being filled, otherwise 1. */
  readonly reloaded: number;
  /** Seconds until the respawn; 0 while alive. */
  readonly respawnSeconds: number;
}

export interface ArenaSight {
  readonly players: readonly PlayerSight[];
  readonly bullets: readonly BulletSight[];
  readonly me: PlayerSight | undefined;
  readonly cockpit: CockpitSight;
}

export interface RosterEntry {
  readonly player: number;
  readonly name: string;
  readonly kills: number;
  readonly deaths: number;
}

export interface ChatLine {
  readonly player: number;
  readonly name: string;
  readonly text: string;
}
