import { describe, expect, it } from "vitest";
import { VirtualScheduler } from "../testing/virtual-scheduler.ts";
import type { Channel } from "./channel.ts";
import { ClientLink } from "./client-link.ts";
import { condition, NO_CONDITION } from "./condition.ts";
import { conditionChannel, Conditioner } from "./conditioner.ts";
import { helloFrame, TOKEN_BYTES } from "./link-frame.ts";
import { loopbackPair } from "./loopback.ts";
import { ServerLink } from "./server-link.ts";

const DEAD = condition({ lossPercent: 100 });

/** Two ends of a link in virtual time: the path of the datachannel can be cut in each direction. */
function bench() {
  const scheduler = new VirtualScheduler();
  const token = new Uint8Array(TOKEN_BYTES).fill(7);
  const [serverSocket, clientSocket] = loopbackPair(scheduler);
  const up = new Conditioner({ scheduler, random: () => 0.5 });
  const down = new Conditioner({ scheduler, random: () => 0.5 });
  const state = { attempts: 0, connectable: true, refuse: "" };
  const pairs: Channel[][] = [];

  const server = new ServerLink({ reliable: serverSocket, scheduler });
  const client = new ClientLink({
    reliable: clientSocket,
    scheduler,
    random: () => 0.5,
    connector: {
      connect: (opened, failed) => {
        state.attempts += 1;
        return scheduler.after(50, () => {
          if (state.refuse !== "") return failed(state.refuse, state.refuse === "off");
          if (!state.connectable) return;
          const ends = loopbackPair(scheduler, { reliable: false });
          pairs.push(ends);
          server.offer(conditionChannel(ends[0], { outgoing: down }), token);
          opened(conditionChannel(ends[1], { outgoing: up }), token);
        });
      },
    },
  });
  const changes = { server: [] as string[], client: [] as string[] };
  server.onTransportChange = (transport, reason) => changes.server.push(`${transport} ${reason}`);
  client.onTransportChange = (transport, reason) => changes.client.push(`${transport} ${reason}`);
  const seen = { server: 0, client: 0 };
  server.onFrame = () => (seen.server += 1);
  client.onFrame = () => (seen.client += 1);
  /** Plays: a snapshot and an input every 33 ms. */
  const play = (ms: number): void => {
    for (let at = 0; at < ms; at += 33) {
      server.sendUnreliable(Uint8Array.of(1, 0));
      client.sendUnreliable(Uint8Array.of(2, 0));
      scheduler.advance(33);
    }
  };
  const cut = (direction: "up" | "down" | "both"): void => {
    if (direction !== "down") up.condition = DEAD;
    if (direction !== "up") down.condition = DEAD;
  };
  const mend = (): void => {
    up.condition = NO_CONDITION;
    down.condition = NO_CONDITION;
  };
  return {
    scheduler,
    token,
    server,
    client,
    changes,
    seen,
    state,
    pairs,
    play,
    cut,
    mend,
    clientSocket,
    serverSocket,
  };
}

describe("a link", () => {
  it("starts on the WebSocket and moves to the datachannel when the hello has gone round", () => {
    const b = bench();
    expect(b.server.transport).toBe("websocket");
    expect(b.client.transport).toBe("websocket");
    b.play(200);
    expect(b.server.transport).toBe("webrtc-direct");
    expect(b.client.transport).toBe("webrtc-direct");
    expect(b.seen.client).toBeGreaterThan(4);
    b.play(1000);
    const before = { ...b.client.received };
    b.play(1000);
    expect(b.client.received.websocket).toBe(before.websocket);
    expect(b.client.received.datachannel).toBeGreaterThan(before.datachannel + 29);
  });

  it("stays on the datachannel while nobody plays", () => {
    const b = bench();
    b.scheduler.advance(60_000);
    expect(b.client.transport).toBe("webrtc-direct");
    expect(b.server.transport).toBe("webrtc-direct");
    expect(b.state.attempts).toBe(1);
  });

  it.each(["up", "down", "both"] as const)(
    "goes on over the WebSocket within a second when the path is cut: %s",
    (way) => {
      const b = bench();
      b.play(500);
      b.cut(way);
      b.play(1500);
      expect(b.client.transport).toBe("websocket");
      const before = { ...b.seen };
      b.play(1000);
      if (way !== "up") expect(b.seen.client - before.client).toBeGreaterThan(28);
      if (way !== "down") expect(b.seen.server - before.server).toBeGreaterThan(28);
    },
  );

  it("comes back to the same datachannel after a short cut", () => {
    const b = bench();
    b.play(500);
    b.cut("both");
    b.play(1500);
    b.mend();
    b.play(500);
    expect(b.client.transport).toBe("webrtc-direct");
    expect(b.server.transport).toBe("webrtc-direct");
    expect(b.state.attempts).toBe(1);
    expect(b.changes.client).toEqual(["webrtc-direct hello", "websocket silence", "webrtc-direct heard"]);
  });

  it("makes a new datachannel after a long cut", () => {
    const b = bench();
    b.play(500);
    b.cut("both");
    b.play(6000);
    b.mend();
    b.play(3000);
    expect(b.state.attempts).toBeGreaterThan(1);
    expect(b.client.transport).toBe("webrtc-direct");
    expect(b.server.transport).toBe("webrtc-direct");
    expect(b.pairs[0].every((end) => !end.open)).toBe(true);
  });

  it("tries again ever more rarely while no datachannel can be made", () => {
    const b = bench();
    b.state.connectable = false;
    b.scheduler.advance(600_000);
    expect(b.client.transport).toBe("websocket");
    expect(b.state.attempts).toBeGreaterThan(8);
    expect(b.state.attempts).toBeLessThan(20);
  });

  it("does not try again once the server has no WebRTC", () => {
    const b = bench();
    b.state.refuse = "off";
    b.scheduler.advance(600_000);
    expect(b.state.attempts).toBe(1);
  });

  it("moves over although the first hellos are lost", () => {
    const b = bench();
    b.cut("up");
    b.play(600);
    expect(b.client.transport).toBe("websocket");
    b.mend();
    b.play(300);
    expect(b.client.transport).toBe("webrtc-direct");
  });

  it("falls back at once when the datachannel is closed", () => {
    const b = bench();
    b.play(500);
    b.pairs[0][0].close("gone");
    b.scheduler.advance(1);
    expect(b.server.transport).toBe("websocket");
    expect(b.client.transport).toBe("websocket");
  });

  it("keeps the datachannel when the WebSocket is lost, and takes a new WebSocket", () => {
    const b = bench();
    b.play(500);
    b.clientSocket.close();
    b.play(500);
    expect(b.client.transport).toBe("webrtc-direct");
    const before = b.seen.server;
    const [server, client] = loopbackPair(b.scheduler);
    b.server.rebind(server);
    b.client.rebind(client);
    b.cut("both");
    b.play(2500);
    expect(b.client.transport).toBe("websocket");
    expect(b.seen.server - before).toBeGreaterThan(30);
  });

  it("says that it is connecting while it has neither", () => {
    const b = bench();
    b.state.connectable = false;
    b.clientSocket.close();
    b.scheduler.advance(10);
    expect(b.client.transport).toBe("connecting");
    expect(b.client.sendUnreliable(Uint8Array.of(2))).toBe(false);
  });

  it("leaves no timer and no channel behind when it is disposed of", () => {
    const b = bench();
    b.play(500);
    b.server.dispose();
    b.client.dispose();
    b.scheduler.advance(100);
    expect(b.scheduler.pending).toBe(0);
    expect(b.pairs.flat().every((end) => !end.open)).toBe(true);
    expect(b.server.sendUnreliable(Uint8Array.of(1))).toBe(false);
  });

  it("refuses the kinds of frame that are its own", () => {
    const b = bench();
    expect(b.client.sendUnreliable(Uint8Array.of(6, 0))).toBe(false);
    expect(b.client.sendUnreliable(Uint8Array.of(3, 0))).toBe(false);
    expect(b.client.drops.get("send-reserved-kind")).toBe(2);
  });

  it("carries Colyseus' frames without their kind byte, over either channel", () => {
    const b = bench();
    const seen: string[] = [];
    b.server.onColyseusFrame = (frame) => seen.push(frame.join());
    b.client.sendColyseusFrame(Uint8Array.of(13, 1));
    b.play(500);
    b.client.sendColyseusFrame(Uint8Array.of(13, 2));
    expect(b.client.sendColyseusFrame(new Uint8Array(1150))).toBe(false);
    b.play(100);
    expect(seen).toEqual(["13,1", "13,2"]);
  });
});

describe("the server's end of a link", () => {
  it("gives nothing to a datachannel whose hello carries another token, and closes it", () => {
    const b = bench();
    const [ours, theirs] = loopbackPair(b.scheduler, { reliable: false });
    const stranger = new ServerLink({ reliable: b.serverSocket, scheduler: b.scheduler });
    let closed = false;
    let heard = 0;
    theirs.onClose = () => (closed = true);
    theirs.onFrame = () => (heard += 1);
    stranger.offer(ours, b.token);
    theirs.send(helloFrame(new Uint8Array(TOKEN_BYTES).fill(8)));
    theirs.send(Uint8Array.of(2, 0));
    theirs.send(Uint8Array.of(6));
    b.scheduler.advance(100);
    expect(stranger.transport).toBe("websocket");
    expect(stranger.drops.get("before-hello")).toBe(3);
    b.scheduler.advance(10_000);
    expect(closed).toBe(true);
    expect(heard).toBe(0);
    expect(stranger.drops.get("hello-timeout")).toBe(1);
  });

  it("closes a datachannel that has been silent for ten seconds", () => {
    const b = bench();
    b.play(500);
    b.client.dispose = () => {};
    b.cut("both");
    b.scheduler.advance(15_000);
    expect(b.pairs[0][0].open).toBe(false);
  });

  it("keeps the datachannel in use until a new one has brought its hello", () => {
    const b = bench();
    b.play(500);
    const [ours, theirs] = loopbackPair(b.scheduler, { reliable: false });
    const other = new Uint8Array(TOKEN_BYTES).fill(9);
    b.server.offer(ours, other);
    b.play(100);
    expect(b.pairs[0][0].open).toBe(true);
    theirs.send(helloFrame(other));
    b.scheduler.advance(10);
    expect(b.pairs[0][0].open).toBe(false);
    expect(b.server.transport).toBe("webrtc-direct");
  });

  it("ignores handshake frames that come over the WebSocket", () => {
    const b = bench();
    b.clientSocket.send(helloFrame(b.token));
    b.scheduler.advance(1);
    expect(b.server.transport).toBe("websocket");
    expect(b.server.drops.get("link-frame-on-websocket")).toBe(1);
  });

  it("takes no more than 400 frames a second from a client, over both channels together", () => {
    const b = bench();
    b.play(500);
    const before = b.seen.server;
    for (let ms = 0; ms < 2000; ms++) {
      for (let i = 0; i < 5; i++) b.pairs[0][1].send(Uint8Array.of(2, 1));
      b.clientSocket.send(Uint8Array.of(2, 1));
      b.scheduler.advance(1);
    }
    expect(b.seen.server - before).toBeLessThan(1300);
    expect(b.server.drops.get("flood")).toBeGreaterThan(10_000);
    b.play(1500);
    expect(b.server.transport).toBe("webrtc-direct");
  });

  it("counts malformed frames of its own kind and goes on", () => {
    const b = bench();
    b.play(500);
    for (const bytes of [[6], [6, 1], [6, 0, 1], [6, 99], [6, 2, 1]])
      b.pairs[0][1].send(Uint8Array.from(bytes));
    b.play(100);
    expect(b.server.drops.get("bad-link-frame")).toBe(5);
    expect(b.server.transport).toBe("webrtc-direct");
  });
});
