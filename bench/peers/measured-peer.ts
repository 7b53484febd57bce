import { percentile, rounded } from "../report/percentile.ts";
import type { Sight } from "../worlds/nearest.ts";
import type { ScenePeer } from "./peer.ts";

/** What one peer took, over the measured ticks. */
export interface PeerFigures {
  /** Mean over clients and ticks: everything that is handed to the transport. */
  bytesPerClientTick: number;
  /** What one client gets of one tick: the same, as others count it. */
  bytesPerFrame: number;
  /** Bytes per mover in sight and tick. */
  bytesPerObjectUpdate: number;
  /** Median over ticks of the time to encode for all clients. */
  encodeMsPerTick: number;
  encodeMsP95: number;
  /** Wrong fields, missing and surplus movers in the pictures that clients decoded. */
  mismatches: number;
}

/** A peer with its stop-watch and its counters. */
export class MeasuredPeer<World> {
  readonly peer: ScenePeer<World>;
  private readonly encodeMs: number[] = [];
  private bytes = 0;
  private updates = 0;
  private packets = 0;
  private mismatches = 0;

  constructor(peer: ScenePeer<World>) {
    this.peer = peer;
  }

  /** One tick of the peer. Warm-up ticks are not counted. */
  tick(world: World, clients: readonly Sight[], counted: boolean): void {
    this.peer.write(world);
    const start = performance.now();
    const bytes = this.peer.encode(clients);
    const encodeMs = performance.now() - start;
    this.peer.deliver();
    if (!counted) return;
    this.encodeMs.push(encodeMs);
    this.bytes += bytes;
    this.packets += clients.length;
    for (const { visible } of clients) this.updates += visible.length;
  }

  /** Checks what clients got in the next tick, the warm-up's included. */
  verify(world: World, clients: readonly Sight[]): void {
    this.mismatches += this.peer.verify(world, clients);
  }

  figures(): PeerFigures {
    const bytesPerClientTick = rounded(this.bytes / this.packets, 1);
    return {
      bytesPerObjectUpdate: rounded(this.bytes / this.updates, 3),
      bytesPerClientTick,
      bytesPerFrame: bytesPerClientTick,
      encodeMsPerTick: rounded(percentile(this.encodeMs, 0.5), 4),
      encodeMsP95: rounded(percentile(this.encodeMs, 0.95), 4),
      mismatches: this.mismatches,
    };
  }
}
