import { type Replica, SnapshotDecoder } from "@tidelock/client";
import { isExact, isSent, unpackQuaternion, type World } from "@tidelock/shared";
import type { ReplicatedWorld } from "../worlds/replicated-world.ts";
import { FieldBits } from "./field-bits.ts";
import { type Arrival, receiveArrival } from "./arrival.ts";
import type { PathConditions } from "./path.ts";
import { Recovery } from "./recovery.ts";

/** The client's side of a scene, played back after the run: decodes what arrived and compares it with the world. */
export class SceneClient {
  /** Wrong fields, refused packets, entities missing or shown too long. */
  mismatches = 0;
  /** In counted ticks: entities whose news had to wait, as packets were full or had been lost. What is shown is right, and old. */
  late = 0;
  /** Where the bits of the counted ticks went. */
  readonly fieldBits: FieldBits;
  private readonly decoder: SnapshotDecoder;
  private readonly recovery: Recovery;

  constructor({ types, tickRate }: ReplicatedWorld, conditions: PathConditions) {
    this.recovery = new Recovery(conditions, tickRate);
    this.decoder = new SnapshotDecoder(types);
    this.fieldBits = new FieldBits(types);
  }

  /** Takes one tick's packets. The world must be at that tick again. */
  receive(arrival: Arrival, world: World, counted: boolean): void {
    const { decoder, fieldBits } = this;
    const { packets, sent, crowded = false } = arrival;
    fieldBits.listen(counted);
    this.mismatches += receiveArrival(decoder, arrival, (frame) => {
      if (counted) fieldBits.count(frame, decoder.updated);
    });
    const missed = this.compare(world);
    const complete = this.recovery.isComplete(packets.length === sent);
    if (complete && !crowded) this.mismatches += missed;
    else if (counted && packets.length === sent) this.late += missed;
  }

  /** Counts wrong fields; returns how many entities it has not heard of in this tick, or still has though they are gone. */
  private compare(world: World): number {
    let missed = world.tables.reduce((sum, { count }) => sum + count, 0);
    for (const replica of this.decoder.replicas()) {
      const slot = world.tables[replica.type.index].find(replica.id);
      if (slot < 0) missed++;
      else if (replica.has(world.tick)) {
        missed--;
        this.mismatches += wrongFields(world, slot, replica);
      }
    }
    return missed;
  }
}

/** How many fields are further off than the client's precision allows. */
export function wrongFields(world: World, slot: number, { type, level, rows, row }: Replica): number {
  const { quantised } = world.tables[type.index];
  const at = row(world.tick);
  let wrong = 0;
  const rotating = new Set<number>();
  for (const { first } of type.rotations) {
    for (let part = first; part < first + 4; part++) rotating.add(part);
    if (isSent(type.columns[first], level))
      wrong += wrongRotation(quantised, slot, rows, at, first, type, level);
  }
  for (const column of type.columns) {
    if (!isSent(column, level) || rotating.has(column.index)) continue;
    const off = Math.abs(rows[column.index][at] - quantised[column.index][slot]);
    const exact = column.shownSteps === 1 || isExact(level);
    if (exact ? off !== 0 : off * 2 > column.shownSteps) wrong++;
  }
  return wrong;
}

/** 1 if a rotation shown is off by more than half a shown step in any of the components sent. */
function wrongRotation(
  quantised: readonly Int32Array[],
  slot: number,
  rows: readonly Int32Array[],
  at: number,
  first: number,
  { columns }: Replica["type"],
  level: number,
): number {
  const { shownSteps, highest } = columns[first + 1];
  const shown = unpacked(rows, at, first, highest);
  const truth = unpacked(quantised, slot, first, highest);
  const sign = shown.reduce((sum, part, i) => sum + part * truth[i], 0) < 0 ? -1 : 1;
  const step = Math.SQRT1_2 / highest;
  const tolerance = isExact(level) || shownSteps === 1 ? 0 : (shownSteps / 2 + 1) * step;
  const largest = quantised[first][slot];
  return shown.some((part, i) => i !== largest && Math.abs(part * sign - truth[i]) > tolerance) ? 1 : 0;
}

function unpacked(rows: readonly Int32Array[], row: number, first: number, highest: number): number[] {
  const q = { x: 0, y: 0, z: 0, w: 1 };
  const [largest, a, b, c] = [0, 1, 2, 3].map((part) => rows[first + part][row]);
  unpackQuaternion(largest, a, b, c, highest, q);
  return [q.x, q.y, q.z, q.w];
}
