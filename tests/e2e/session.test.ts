import { join, type Session } from "@tidelock/client";
import type { Game } from "@tidelock/shared";
import { RTCPeerConnection } from "node-datachannel/polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { field } from "../stepper/field-game.ts";
import { type FieldServer, rooms, startFieldServer } from "./field-server.ts";

type FieldSession = Awaited<ReturnType<typeof joinField>>;
const joinField = (url: string, rtc: typeof RTCPeerConnection | null) =>
  join(url, field, { rtc: rtc as never });

/** Runs the frames of some sessions, as pages would, until `done` or the time is up. */
async function play(sessions: readonly FieldSession[], done: () => boolean, ms = 8000): Promise<void> {
  const end = performance.now() + ms;
  while (!done()) {
    if (performance.now() > end) throw new Error("it did not happen in time");
    for (const session of sessions) session.frame(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

const own = (session: FieldSession) => session.frame(performance.now()).player.find(({ mine }) => mine);
const other = (session: FieldSession) => session.frame(performance.now()).player.find(({ mine }) => !mine);

describe("a session", () => {
  let server: FieldServer;
  beforeAll(async () => {
    server = await startFieldServer();
  });
  afterAll(async () => {
    await server.close();
  });

  it.each([
    ["webrtc-direct", RTCPeerConnection],
    ["websocket", null],
  ] as const)("over %s: two players see each other move", async (transport, rtc) => {
    const sessions = [await joinField(server.url, rtc), await joinField(server.url, rtc)];
    const [a, b] = sessions;
    await play(sessions, () =>
      sessions.every(
        (session) =>
          session.transport === transport && own(session) !== undefined && other(session) !== undefined,
      ),
    );
    const before = other(b)!.x;
    a.input.moveX = 1;
    await play(sessions, () => other(b)!.x > before + 2);
    expect(own(a)!.x).toBeGreaterThan(before + 2);
    expect(a.stats.rttMs).toBeLessThan(200);
    const received = { ...a.received };
    await play(
      sessions,
      () => a.received.websocket + a.received.datachannel > received.websocket + received.datachannel + 20,
    );
    if (rtc === null) expect(a.received.datachannel).toBe(0);
    else expect(a.received.websocket).toBe(received.websocket);
    await Promise.all(sessions.map((session) => session.leave()));
  });

  it("refuses a client with another definition of the game, by a code that a page can show", async () => {
    const other = {
      ...field,
      name: "field",
      schemaHash: 1,
      types: field.types,
      input: field.input,
      tickRate: 60,
    } as unknown as Game;
    await expect(join(server.url, other, { rtc: null })).rejects.toMatchObject({
      code: "join/schema-mismatch",
    });
    await expect(join("http://127.0.0.1:9", field, { rtc: null })).rejects.toMatchObject({
      code: "join/unreachable",
    });
    await expect(join(server.url, field, { rtc: null, room: "nowhere" })).rejects.toMatchObject({
      code: "join/refused",
    });
  });

  it("goes on as the same player after its connection broke", async () => {
    const session: Session = (await joinField(server.url, null)) as never;
    const states: string[] = [];
    session.onStateChange = (state) => states.push(state);
    const typed = session as unknown as FieldSession;
    await play([typed], () => own(typed) !== undefined);
    // Colyseus reconnects only what has been up for a while.
    session.room.reconnection.minUptime = 0;
    const { player } = session;
    const id = own(typed)!.id;
    session.room.connection.transport.close(4010);
    await play([typed], () => states.includes("playing") && own(typed) !== undefined, 15_000);
    expect(states).toEqual(["reconnecting", "playing"]);
    expect([session.player, own(typed)!.id]).toEqual([player, id]);
    await session.leave();
  });

  it("takes its entities with it when it leaves", async () => {
    const session = await joinField(server.url, null);
    await play([session], () => own(session) !== undefined);
    const [room] = rooms;
    expect(room.world.countOf("player")).toBe(1);
    await session.leave();
    await play([], () => rooms.size === 0 || room.world.countOf("player") === 0);
  });
});
