import { createInterface } from "node:readline";
import { FieldRoom, rooms, startFieldServer } from "./field-server.ts";

/** What the process answers to a line on its standard input, as JSON. */
export interface FieldReport {
  /** Times of day, in milliseconds, between which no tick ran although some were due. */
  readonly stalls: readonly (readonly [fromMs: number, toMs: number])[];
  /** Of each player, totals of ticks that ran without their input, and of inputs that came after their tick. */
  readonly players: readonly { readonly number: number; readonly missed: number; readonly late: number }[];
}

/** Three ticks. */
const STALL_MS = 50;
const stalls: [number, number][] = [];

/** A field that notes when its ticks were late. */
class WatchedRoom extends FieldRoom {
  override onCreate(options?: unknown): void | Promise<void> {
    void super.onCreate(options);
    let lastMs = performance.timeOrigin + performance.now();
    const tick = this.simulation.tick.bind(this.simulation);
    this.simulation.tick = (number, behind, nowMs) => {
      const at = performance.timeOrigin + nowMs;
      if (at - lastMs > STALL_MS) stalls.push([lastMs, at]);
      lastMs = at;
      tick(number, behind, nowMs);
    };
  }
}

// Prints its URL, then answers each line; ends with its standard input.
const server = await startFieldServer({ room: WatchedRoom });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
const lines = createInterface(process.stdin);
lines.on("line", () => {
  const players = [...rooms].flatMap(({ simulation }) => [...simulation.players.values()]);
  const report: FieldReport = {
    stalls,
    players: players.map(({ number, input }) => ({ number, missed: input.missed, late: input.late })),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
});
lines.on("close", () => process.exit());
