import { cos, sin } from "@tidelock/shared";
import { FieldRoom } from "../e2e/field-server.ts";
import { sharedClockMs } from "./shared-clock.ts";

/** Field units per second before the field's own friction. */
const SPEED = 9;

/** When each tick of the process' only room began; the snapshot of a tick is sent at the end of it. */
export const tickTimesMs: number[] = [];

/** What a player's budget was in a tick. */
export type BudgetRow = readonly [
  atMs: number,
  bytesPerSecond: number,
  queueMs: number,
  rttMs: number,
  loss: number,
];
export const budgetRows: BudgetRow[] = [];

/** A field on which twenty players without a client wander for ever. */
export class BusyRoom extends FieldRoom {
  protected readonly movers: number = 20;

  override onCreate(options?: unknown): void | Promise<void> {
    void super.onCreate(options);
    const { simulation, world } = this;
    for (let i = 0; i < this.movers; i += 1)
      world.spawn("player", { x: (i % 20) * 2 - 20, y: (i % 5) * 4 - 8 });
    const tick = simulation.tick.bind(simulation);
    simulation.tick = (number, behind, nowMs) => {
      tickTimesMs[number] = sharedClockMs();
      let phase = 0;
      for (const mover of world.all("player")) {
        if (mover.owner !== 0) continue;
        phase += 1;
        mover.vx = SPEED * cos(number / 40 + phase);
        mover.vy = SPEED * sin(number / 60 + phase * phase);
      }
      tick(number, behind, nowMs);
      for (const player of simulation.players.values()) {
        const { bytesPerSecond, queueMs, rttMs, loss } = player.budget(nowMs);
        budgetRows.push([tickTimesMs[number], bytesPerSecond, queueMs, rttMs, loss]);
      }
    };
  }
}

/** The same with four hundred: more than a packet holds in every tick. */
export class CrowdedRoom extends BusyRoom {
  protected override readonly movers = 400;
}
