import type { NetStats } from "@tidelock/client";
import type { FieldValues } from "@tidelock/shared";
import type { DuelEvents, entities } from "../shared/entities.ts";

type Fields<K extends keyof typeof entities> = Readonly<FieldValues<(typeof entities)[K]["fields"]>>;

/** What of a fighter can be seen. */
export type FighterSight = Pick<
  Fields<"fighter">,
  | "side"
  | "x"
  | "y"
  | "vx"
  | "vy"
  | "facesRight"
  | "state"
  | "since"
  | "stopsUntil"
  | "health"
  | "combo"
  | "wins"
  | "ready"
> & { readonly owner: number };
export type FireballSight = Fields<"fireball"> & { readonly id: number };
export type MatchSight = Fields<"match">;

/** What there is to see at one moment. */
export interface Sight {
  readonly fighters: readonly FighterSight[];
  readonly fireballs: readonly FireballSight[];
  readonly match: MatchSight | undefined;
  /** The moment, in ticks and parts of one. */
  readonly tick: number;
}

export type Held = Record<"left" | "right" | "up" | "down" | "light" | "heavy" | "special" | "dash", boolean>;

export type EventName = keyof DuelEvents;
export type DuelEvent = { [K in EventName]: { readonly name: K; readonly data: DuelEvents[K] } }[EventName];

/** A match that is played or watched, here or on a server. */
export interface Bout {
  /** The player whose fighter is one's own; 0 for who only watches. */
  readonly player: number;
  /** Undefined where there is no network. */
  readonly stats: NetStats | undefined;
  onEvent: (event: DuelEvent) => void;
  /** What `onEvent` was told of has not happened after all. */
  onCancelled: (event: DuelEvent) => void;
  /** Hands over what is held and returns what is to be seen. Called once per picture. */
  frame(held: Held, nowMs: number): Sight;
}
