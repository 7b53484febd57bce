import { type Room, Server } from "@colyseus/core";
import { join } from "@tidelock/client";
import { type Game, JOIN_REQUEST_KEY, joinRequest, READY_TYPE, WELCOME_TYPE } from "@tidelock/shared";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import { field } from "../stepper/field-game.ts";
import { nodePeerConnection } from "../transport/node-peer.ts";
import { ClubRoom, type ClubState, drift, DriftRoom, running, startClubServer } from "./colyseus-rooms.ts";

type Parts = typeof field extends Game<infer E, infer I, infer V> ? [E, I, V] : never;
const joinClub = (url: string, options: Parameters<typeof join>[2] = {}) =>
  join<Parts[0], Parts[1], Parts[2], ClubState>(url, field, { room: "club", rtc: null, ...options });
type ClubSession = Awaited<ReturnType<typeof joinClub>>;

/** Runs sessions as pages would until `done`. */
async function play(
  sessions: readonly { frame(nowMs: number): unknown }[],
  done: () => boolean,
  ms = 8000,
): Promise<void> {
  for (const end = performance.now() + ms; !done();) {
    if (performance.now() > end) throw new Error("it did not happen in time");
    for (const session of sessions) session.frame(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

const own = (session: ClubSession) => session.frame(performance.now()).player.find(({ mine }) => mine);
const clubOf = (session: { room: { roomId: string } }): ClubRoom => {
  const room = running.get(session.room.roomId);
  if (room instanceof ClubRoom) return room;
  throw new Error("The room is not running.");
};

describe("what Colyseus promises holds in a simulation room:", () => {
  let url = "";
  let close: () => Promise<void>;
  const sessions: ClubSession[] = [];
  const enter = async (options: Parameters<typeof joinClub>[1] = {}): Promise<ClubSession> => {
    const session = await joinClub(url, options);
    sessions.push(session);
    return session;
  };
  beforeAll(async () => {
    ({ url, close } = await startClubServer());
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.leave().catch(() => {});
    await vi.waitFor(() => expect(running.size).toBe(0), { timeout: 8000 });
  });
  afterAll(() => close());

  it("schema state reaches every client and changes with the server's", async () => {
    const [a, b] = [await enter({ options: { key: "ann" } }), await enter({ options: { key: "bob" } })];
    await play([a, b], () => a.room.state.names.size === 2 && b.room.state.names.size === 2);
    expect([...b.room.state.names.values()].toSorted()).toEqual(["ann", "bob"]);
    clubOf(a).state.topic = "weather";
    await play([a, b], () => b.room.state.topic === "weather");
  });

  it("messages go both ways, to one and to all others", async () => {
    const [a, b] = [await enter(), await enter()];
    const heard: unknown[] = [];
    const said: unknown[] = [];
    a.room.onMessage("heard", (message: unknown) => heard.push(message));
    a.room.onMessage("said", (message: unknown) => said.push(message));
    b.room.onMessage("said", (message: unknown) => said.push(message));
    a.room.send("topic", "boats");
    await play([a, b], () => heard.length > 0 && said.length > 0);
    expect(heard).toEqual([{ text: "boats" }]);
    expect(said).toEqual([{ by: a.room.sessionId, text: "boats" }]);
  });

  it("onAuth decides who comes in, and what it returns is the client's auth", async () => {
    await expect(joinClub(url, { options: { key: "wrong" } })).rejects.toMatchObject({
      code: "join/refused",
    });
    const session = await enter({ options: { key: "right" } });
    expect(clubOf(session).clients[0].auth).toEqual({ key: "right" });
    expect(clubOf(session).simulation.players.size).toBe(1);
  });

  it.each([
    ["webrtc-direct", nodePeerConnection],
    ["websocket", null],
  ] as const)("unreliable fields of the state arrive over %s", async (transport, rtc) => {
    const session = await enter({ rtc });
    await play([session], () => session.transport === transport);
    const before = session.room.state.beat;
    await play([session], () => session.room.state.beat > before + 10);
    expect(clubOf(session).clients[0].rawUnreliable).toBeTypeOf("function");
  });

  it.each([
    ["webrtc-direct", nodePeerConnection],
    ["websocket", null],
  ] as const)(
    "a client that comes back within its time is the same player, over %s",
    async (transport, rtc) => {
      const session = await enter({ rtc });
      await play([session], () => own(session) !== undefined && session.transport === transport);
      session.room.reconnection.minUptime = 0;
      const states: string[] = [];
      session.onStateChange = (state) => states.push(state);
      const before = [session.player, own(session)!.id, session.room.sessionId];
      session.room.connection.transport.close(4010);
      await play([session], () => states.includes("playing") && own(session) !== undefined, 15_000);
      expect([session.player, own(session)!.id, session.room.sessionId]).toEqual(before);
      expect(clubOf(session).simulation.players.size).toBe(1);
      // The state goes on as well, and so does the world.
      const { beat } = session.room.state;
      session.input.moveX = 1;
      const { x } = own(session)!;
      await play([session], () => session.room.state.beat > beat + 5 && own(session)!.x > x + 1);
    },
  );

  it("whoever leaves takes its entities along, and the room goes on for the rest", async () => {
    const [a, b] = [await enter(), await enter()];
    await play([a, b], () => a.frame(performance.now()).player.length === 2);
    const club = clubOf(a);
    expect(club.world.countOf("player")).toBe(2);
    await b.leave();
    await play([a], () => a.frame(performance.now()).player.length === 1);
    expect([club.world.countOf("player"), club.simulation.players.size, club.state.names.size]).toEqual([
      1, 1, 1,
    ]);
  });

  it("a join that onPlayerJoin rejects leaves nothing behind", async () => {
    const session = await enter();
    await expect(joinClub(url, { options: { stumble: true } })).rejects.toMatchObject({
      code: "join/refused",
    });
    const club = clubOf(session);
    await play([session], () => club.simulation.players.size === 1);
    expect([club.world.countOf("player"), club.playersBySession.size, club.state.names.size]).toEqual([
      1, 1, 1,
    ]);
  });

  it("a step that throws closes its room and no other, and says which and why", async () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const doomed = await enter();
    const club = clubOf(doomed);
    club.maxClients = 1;
    await club.lock();
    const spared = await enter();
    expect(spared.room.roomId).not.toBe(doomed.room.roomId);
    club.broken = true;
    await play([doomed, spared], () => doomed.state === "left");
    expect(club.errors).toMatchObject([{ message: "a bug in the step" }]);
    expect(report.mock.calls.flat().join()).toContain(club.roomId);
    report.mockRestore();
    expect(running.has(doomed.room.roomId)).toBe(false);
    const { tick } = clubOf(spared).world;
    await play([spared], () => clubOf(spared).world.tick > tick + 60);
    expect(spared.state).toBe("playing");
    const next = await enter();
    expect(next.state).toBe("playing");
  });

  it("rooms of two games run in one process, each at its own pace", async () => {
    const club = await enter();
    const raft = await join(url, drift, { rtc: nodePeerConnection });
    await play(
      [club, raft],
      () =>
        own(club) !== undefined && raft.frame(performance.now()).raft.some(({ mine, x }) => mine && x > 1.5),
    );
    const other = running.get(raft.room.roomId);
    expect(other).toBeInstanceOf(DriftRoom);
    const before = [clubOf(club).world.tick, other!.world.tick];
    await play([club, raft], () => other!.world.tick >= before[1] + 20);
    const ticks = clubOf(club).world.tick - before[0];
    expect(ticks).toBeGreaterThan(50);
    expect(ticks).toBeLessThan(70);
    await expect(join(url, drift, { rtc: null, room: "club" })).rejects.toMatchObject({
      code: "join/schema-mismatch",
    });
    await raft.leave();
  });
});

describe("@colyseus/testing", () => {
  it("boots a simulation room, connects to it and waits for its messages and patches", async () => {
    const { ColyseusTestServer } = await import("@colyseus/testing");
    // What boot() does, on a port of our own instead of always the same.
    const server = new Server({ greet: false, gracefullyShutdown: false });
    server.define("club", ClubRoom);
    await server.listen(await freeUdpPort());
    const colyseus = new ColyseusTestServer(server);
    const room = await colyseus.createRoom<ClubRoom>("club", {});
    const client = await colyseus.connectTo<Room>(room, {
      key: "test",
      [JOIN_REQUEST_KEY]: joinRequest(field),
    });
    expect(client.sessionId).toBe(room.clients[0].sessionId);
    const welcome = client.waitForMessage(WELCOME_TYPE);
    client.send(READY_TYPE);
    expect(await welcome).toMatchObject({ player: 1, sendEvery: 2 });
    const heard = room.waitForMessage("topic");
    client.send("topic", "tests");
    await heard;
    await room.waitForNextPatch();
    expect(room.state.topic).toBe("tests");
    expect(room.world.countOf("player")).toBe(1);
    await colyseus.cleanup();
    await colyseus.shutdown();
  });
});
