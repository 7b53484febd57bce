import type { EntityId, PlayerNumber, Tick } from "@tidelock/shared";
import type { HandoffId, RegionId } from "./transfer.ts";

/** An entity in a trace: id, epoch, and the id of its group. */
export type TracedEntity = readonly [id: EntityId, epoch: number, group: EntityId];

/** What a region did, for an offline check that nothing was lost, doubled or done twice. */
export type RegionEvent =
  | { readonly kind: "owns"; readonly resumed: boolean }
  | { readonly kind: "lapsed" }
  | { readonly kind: "lost" }
  | { readonly kind: "restored"; readonly tick: Tick; readonly entities: readonly EntityId[] }
  | { readonly kind: "simulated"; readonly tick: Tick; readonly entities: readonly TracedEntity[] }
  | { readonly kind: "born"; readonly id: EntityId }
  | { readonly kind: "died"; readonly id: EntityId }
  /** Written down: may not be lost from now on. */
  | { readonly kind: "stored"; readonly id: EntityId }
  | {
      readonly kind: "decided";
      readonly hid: HandoffId;
      readonly tick: Tick;
      readonly group: EntityId;
      readonly to: RegionId;
    }
  | {
      readonly kind: "frozen";
      readonly hid: HandoffId;
      readonly tick: Tick;
      readonly members: readonly EntityId[];
    }
  | {
      readonly kind: "committed";
      readonly hid: HandoffId;
      readonly tick: Tick;
      readonly to: RegionId;
      readonly members: readonly EntityId[];
      /** The newest tick when the commit was known. */
      readonly known: Tick;
    }
  | { readonly kind: "called-off"; readonly hid: HandoffId }
  | {
      readonly kind: "promoted";
      readonly hid: HandoffId;
      /** The last tick at the old owner, and the first at the new one. */
      readonly tick: Tick;
      readonly first: Tick;
      readonly members: readonly (readonly [id: EntityId, epoch: number])[];
    }
  | { readonly kind: "yielded"; readonly id: EntityId; readonly epoch: number }
  | { readonly kind: "input"; readonly player: PlayerNumber; readonly number: number }
  | {
      readonly kind: "sizes";
      readonly shadows: number;
      readonly tombstones: number;
      readonly inbox: number;
      readonly ghosts: number;
      readonly inputs: number;
    }
  /** What the region owns at the end of a run. */
  | { readonly kind: "census"; readonly entities: readonly TracedEntity[] };

/** An event, when and by whom. `ms` is one clock for all processes of a trace. */
export type TraceLine = RegionEvent & {
  readonly ms: number;
  readonly process: string;
  readonly region: RegionId;
  readonly regionEpoch: number;
};
