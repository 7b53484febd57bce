import { rooms, startFieldServer } from "../e2e/field-server.ts";

/** What the attacked process tells of its simulation rooms. */
export interface RoomReport {
  readonly rooms: number;
  readonly tick: number;
  readonly players: readonly { readonly number: number; readonly x: number }[];
  readonly drops: Readonly<Record<string, number>>;
  readonly usedBytes: number;
}

/** A game server in a process of its own, so that whatever ends it is seen. */
const server = await startFieldServer();
process.on("message", (request) => {
  if (request === "report") tell(report());
});
process.on("disconnect", () => process.exit(0));
tell({ url: server.url });

/** Marked, because a dependency of Colyseus sends messages of its own to a parent process. */
function tell(victim: object): void {
  process.send?.({ victim });
}

function report(): RoomReport {
  const [room] = rooms;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    rooms: rooms.size,
    tick: room?.world.tick ?? -1,
    players:
      room === undefined
        ? []
        : Array.from(room.world.all("player"), ({ owner, x }) => ({ number: owner, x })),
    drops: room?.links.drops.snapshot() ?? {},
    usedBytes: heapUsed + arrayBuffers,
  };
}
