import { TidelockError } from "@tidelock/shared";
import { RegionGrid, type GridDefinition } from "./region-grid.ts";

export interface WorldOptions extends GridDefinition {
  /** Ticks per second; the game's. */
  readonly tickRate: number;
  /** How far an entity is seen. */
  readonly interestRadius: number;
  /** The greatest speed of anything that crosses borders, in units of length per second. */
  readonly topSpeed: number;
  /** Names this layout: regions of different maps exchange nothing. Default 1. */
  readonly mapVersion?: number;
  /** Entities that a region takes over from its neighbours at most, those included that are its own. Default 2000. */
  readonly capacity?: number;
}

/** Beyond what is seen from the other side, ghosts of what gets there within this time are streamed. */
const GHOST_LEAD_S = 1.5;
/** A player who would be at the border within this time gets a second channel: handshake and first snapshot take a few 100 ms. */
const PRECONNECT_LEAD_S = 1.5;
/** Ghosts a second. */
const GHOST_RATE = 15;
/** A border counts as crossed at this depth, or at the distance made in this time, whichever is more. */
const HYSTERESIS = 2.5;
const HYSTERESIS_S = 0.25;

/** A grid of regions over one game, and the widths of its bands. */
export class WorldDefinition {
  readonly grid: RegionGrid;
  readonly topSpeed: number;
  readonly tickRate: number;
  readonly mapVersion: number;
  readonly capacity: number;
  /** An entity within this distance of a neighbour is shown to it. */
  readonly ghostBand: number;
  /** A player within this distance of a neighbour, and on the way to it, gets a channel to it. */
  readonly preconnectBand: number;
  /** Ticks between two frames of ghosts. */
  readonly ghostEvery: number;
  /** An owner whose neighbour is away goes on so far beyond the border. */
  readonly overlap: number;

  /** @throws TidelockError `region/bad-world` when a band would be wider than a region: an entity would concern regions that are no neighbours. */
  constructor(options: WorldOptions) {
    const { tickRate, interestRadius, topSpeed, regionSize } = options;
    this.grid = new RegionGrid(options);
    this.tickRate = tickRate;
    this.topSpeed = topSpeed;
    this.mapVersion = options.mapVersion ?? 1;
    this.capacity = options.capacity ?? 2000;
    this.ghostBand = interestRadius + topSpeed * GHOST_LEAD_S;
    this.preconnectBand = topSpeed * PRECONNECT_LEAD_S;
    this.ghostEvery = Math.max(1, Math.round(tickRate / GHOST_RATE));
    this.overlap = this.ghostBand / 2;
    if (!(interestRadius > 0) || !(topSpeed > 0) || this.ghostBand > regionSize)
      throw new TidelockError(
        "region/bad-world",
        `regions of size ${regionSize} with an interest radius of ${interestRadius} and a top speed of ${topSpeed} need a band of ${this.ghostBand} along each border; both must be above 0, and the band no wider than a region: make regions larger`,
      );
  }

  /** How deep in the neighbour an entity of this speed has crossed the border for good. */
  hysteresis(speed: number): number {
    return Math.max(HYSTERESIS, speed * HYSTERESIS_S);
  }
}
