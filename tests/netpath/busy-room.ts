import { cos, sin } from "@tidelock/shared";
import { FieldRoom } from "../e2e/field-server.ts";
import { sharedClockMs } from "./shared-clock.ts";

const MOVERS = 20;
/** Field units per second before the field's own friction. */
const SPEED = 9;

/** When each tick of the process' only room began; the snapshot of a tick is sent at the end of it. */
export const tickTimesMs: number[] = [];

/** A field on which twenty players without a client wander for ever. */
export class BusyRoom extends FieldRoom {
  override onCreate(options?: unknown): void | Promise<void> {
    void super.onCreate(options);
    const { simulation, world } = this;
    for (let i = 0; i < MOVERS; i += 1) world.spawn("player", { x: i * 2 - 20, y: (i % 5) * 4 - 8 });
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
    };
  }
}
