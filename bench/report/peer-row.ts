import type { Row } from "./table.ts";

/** The figures that every peer has. */
export interface PublishedFigures {
  bytesPerObjectUpdate: number;
  bytesPerClientTick: number;
  encodeMsPerTick: number;
  encodeMsP95: number;
  mismatches: number;
}

/** A peer's figures as a line to read. */
export function peerRow(peer: string, figures: PublishedFigures): Row {
  return {
    peer,
    "bytes per object-update": figures.bytesPerObjectUpdate,
    "bytes per client and tick": figures.bytesPerClientTick,
    "encode ms": figures.encodeMsPerTick,
    "p95 ms": figures.encodeMsP95,
    mismatches: figures.mismatches,
  };
}
