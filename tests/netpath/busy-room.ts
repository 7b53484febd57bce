import { cos, sin } from "@tidelock/shared";
import { FieldRoom } from "../e2e/field-server.ts";
import type { Truth } from "../picture/picture.ts";
import { Wanderers } from "../picture/wanderers.ts";
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
  override onCreate(options?: unknown): void | Promise<void> {
    void super.onCreate(options);
    const { simulation } = this;
    this.spawnMovers();
    const tick = simulation.tick.bind(simulation);
    simulation.tick = (number, behind, nowMs) => {
      tickTimesMs[number] = sharedClockMs();
      this.steer(number);
      tick(number, behind, nowMs);
      this.stepped(number);
      for (const player of simulation.players.values()) {
        const { bytesPerSecond, queueMs, rttMs, loss } = player.budget(nowMs);
        budgetRows.push([tickTimesMs[number], bytesPerSecond, queueMs, rttMs, loss]);
      }
    };
  }

  protected spawnMovers(): void {
    for (let i = 0; i < 20; i += 1) this.world.spawn("player", { x: i * 2 - 20, y: (i % 5) * 4 - 8 });
  }

  protected steer(tick: number): void {
    let phase = 0;
    for (const mover of this.world.all("player")) {
      if (mover.owner !== 0) continue;
      phase += 1;
      mover.vx = SPEED * cos(tick / 40 + phase);
      mover.vy = SPEED * sin(tick / 60 + phase * phase);
    }
  }

  protected stepped(_tick: number): void {}
}

let wanderers: Wanderers | undefined;

/** Where the crowd was in the process' only room; undefined: there was none. */
export const crowdTruth = (): Truth | undefined => wanderers?.truth;

/** A field with four hundred: more than a packet holds in every tick. */
export class CrowdedRoom extends BusyRoom {
  protected override spawnMovers(): void {
    wanderers = new Wanderers(this.world, 400);
  }

  protected override steer(tick: number): void {
    wanderers?.steer(tick);
  }

  protected override stepped(tick: number): void {
    wanderers?.record(tick);
  }
}
