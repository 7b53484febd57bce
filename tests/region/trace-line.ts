import type { EntityRecord, TraceLine } from "@tidelock/server/region";

/** What a test adds to the regions' own traces: what was done to them, and what clients saw. */
export type ObservedLine = { readonly ms: number } & (
  | {
      readonly kind: "fault";
      readonly what: "kill" | "pause" | "partition" | "store" | "bus";
      /** Until when it may show, recovery included. */
      readonly untilMs: number;
      /** The step of the protocol at which it struck. */
      readonly step?: string;
    }
  /** A client's authoritative frame about its own entity. */
  | { readonly kind: "frame"; readonly player: number; readonly tick: number }
  /** A client's merged view at a tick: itself first. */
  | {
      readonly kind: "view";
      readonly player: number;
      readonly tick: number;
      readonly seen: readonly (readonly [id: number, x: number, y: number])[];
    }
  /** This group swings over a border by less than the hysteresis. */
  | { readonly kind: "swing"; readonly group: number }
  /** What an entity had when it began to exist. */
  | { readonly kind: "minted"; readonly entity: number; readonly items: readonly number[] }
  /** What it has at the end of the run. */
  | { readonly kind: "items"; readonly entity: number; readonly items: readonly number[] }
  /** The store at the end of the run. */
  | { readonly kind: "records"; readonly records: readonly EntityRecord[] }
);

export type CheckedLine = TraceLine | ObservedLine;
