import { join } from "@tidelock/client";
import { BitWriter, END, NO_MARGIN, writeHeader, writeSymbol } from "@tidelock/shared";
import { expect, it } from "vitest";
import { rooms, startFieldServer } from "../e2e/field-server.ts";
import { field } from "../stepper/field-game.ts";

/** An empty snapshot of a time that is far off: whoever takes it refuses all that follow. */
function farOff(sequence: number, tick: number): Uint8Array {
  const writer = new BitWriter(64);
  writeHeader(writer, {
    sequence,
    tick,
    newestInput: 0,
    margin: NO_MARGIN,
    baselineAge: 0,
    allOwned: false,
    runOrder: 0,
  });
  writer.writeVariable(0, 0);
  writeSymbol(writer, END);
  return writer.bytes().slice();
}

it("a client that took a snapshot of another time for a good one asks for a new stream and plays on", async () => {
  const server = await startFieldServer();
  const session = await join(server.url, field, { rtc: null });
  const states: string[] = [];
  session.onStateChange = (state) => states.push(state);
  const own = () => session.frame(performance.now()).player.find(({ mine }) => mine);
  const until = async (done: () => boolean): Promise<void> => {
    for (const end = performance.now() + 10_000; !done();) {
      if (performance.now() > end) throw new Error("it did not happen in time");
      own();
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
  };
  await until(() => own() !== undefined);
  const { player } = session;
  const id = own()!.id;
  const [room] = rooms;
  const { link } = room.simulation.players.get(player)!;
  link.sendUnreliable(farOff(20_000, room.world.tick + 20_000));
  await until(() => states.length === 2);
  expect(states).toEqual(["reconnecting", "playing"]);
  await until(() => own() !== undefined);
  expect([session.player, own()!.id]).toEqual([player, id]);
  const { x } = own()!;
  session.input.moveX = 1;
  await until(() => own()!.x > x + 2 && room.world.get("player", id)!.x > x + 1);
  expect(link.drops.get("ready-rate")).toBe(0);
  await session.leave();
  await server.close();
});
