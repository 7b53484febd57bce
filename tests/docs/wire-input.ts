import type { RecordType } from "@tidelock/shared";
import { WireBits } from "./wire-bits.ts";

/** An input packet as read: rows newest first. */
export interface ReadInput {
  readonly tick: number;
  readonly ack: readonly [newest: number, mask: number] | undefined;
  readonly views: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** Reads an input packet by section 6 of docs/wire-format.md and by nothing else, as short as can be. */
export function readInput(packet: Uint8Array, { columns }: RecordType, hasViews: boolean): ReadInput {
  const bits = new WireBits(packet, 8);
  const tick = bits.u(16);
  const hasAck = bits.u(1) === 1;
  const count = bits.u(5) + 1;
  const ack = hasAck ? ([bits.u(16), bits.u(16) + bits.u(16) * 2 ** 16] as const) : undefined;
  const views: number[] = hasViews ? [bits.u(13)] : [];
  const rows = [columns.map((column) => bits.u(column.bits) + column.lowest)];
  while (rows.length < count) {
    const before = rows[rows.length - 1];
    if (hasViews) {
      const code = bits.eg(0);
      views.push(views[views.length - 1] + (code % 2 === 0 ? code / 2 : -(code + 1) / 2));
    }
    const isSame = bits.u(1) === 0;
    rows.push(
      isSame
        ? before
        : columns.map((column, i) => (bits.u(1) === 0 ? before[i] : bits.u(column.bits) + column.lowest)),
    );
  }
  return { tick, ack, views, rows };
}
