import type { EntityShown } from "@tidelock/client";
import type { entities } from "../shared/entities.ts";

/** What the view and the HUD read; the connection provides it, once per picture. */
export type PlayerSight = EntityShown<typeof entities.player.fields>;
export type BulletSight = EntityShown<typeof entities.bullet.fields>;

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
