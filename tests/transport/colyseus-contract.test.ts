import { Client as SdkClient, type Room as SdkRoom } from "@colyseus/sdk";
import { connectLink, type RoomLink } from "@tidelock/client";
import { type DatachannelHost, openDirectHost } from "@tidelock/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type EchoServer, startEchoServer } from "../browser/harness/echo-server.ts";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import { nodePeerConnection } from "./node-peer.ts";

/**
 * What the two adapter files rely on in the pinned Colyseus, seen from outside: if one of these fails after
 * an upgrade, an adapter has to change.
 */
describe.each(["websocket", "webrtc-direct"] as const)(
  "Colyseus' own unreliable path over %s",
  (transport) => {
    let host: DatachannelHost;
    let server: EchoServer;
    let room: SdkRoom;
    let link: RoomLink;
    const words: unknown[] = [];
    const frames = { count: 0 };
    let beat = 0;

    beforeAll(async () => {
      host = openDirectHost({ port: await freeUdpPort(), bindAddress: "127.0.0.1" });
      server = await startEchoServer(host);
      room = await new SdkClient(server.url).joinOrCreate("echo");
      room.reconnection.minUptime = 0;
      room.onMessage("word", (word: unknown) => words.push(word));
      room.onStateChange((state: { beat: number }) => (beat = state.beat));
      link = connectLink(room, { rtc: transport === "websocket" ? null : nodePeerConnection });
      link.onFrame = () => (frames.count += 1);
      await vi.waitFor(() => expect(link.transport).toBe(transport), { timeout: 3000 });
    });
    afterAll(async () => {
      link.dispose();
      await room.leave();
      await server.close();
      await host.close();
    });

    it("has the members that the client's adapter replaces and feeds", () => {
      expect(typeof room.connection.transport.sendUnreliable).toBe("function");
      expect(typeof room.connection.events.onmessage).toBe("function");
      expect(room.connection.transport).toHaveProperty("ws.bufferedAmount");
    });

    it("brings unreliable fields of the state to the client", async () => {
      const before = beat;
      await expect.poll(() => beat, { timeout: 3000 }).toBeGreaterThan(before + 5);
    });

    it("brings the client's unreliable messages to the room", async () => {
      room.sendUnreliable("word", { hello: "there" });
      await expect.poll(() => words, { timeout: 3000 }).toContainEqual({ hello: "there" });
    });

    it("does not mix its frames with the game's", async () => {
      const before = frames.count;
      await expect.poll(() => frames.count, { timeout: 3000 }).toBeGreaterThan(before + 10);
      expect(link.drops.snapshot()).toEqual({});
    });

    it("goes on after Colyseus has reconnected, over the same link", async () => {
      const old = server.links.at(-1);
      const reconnected = new Promise<void>((resolve) => room.onReconnect(resolve));
      room.connection.close(4010);
      await reconnected;
      await expect.poll(() => link.transport, { timeout: 5000 }).toBe(transport);
      const before = { beat, words: words.length, frames: frames.count };
      room.sendUnreliable("word", 1);
      await expect.poll(() => beat, { timeout: 3000 }).toBeGreaterThan(before.beat + 5);
      await expect.poll(() => words.length, { timeout: 3000 }).toBeGreaterThan(before.words);
      await expect.poll(() => frames.count, { timeout: 3000 }).toBeGreaterThan(before.frames + 10);
      expect(server.links.at(-1)).toBe(old);
    });

    it("puts Colyseus back as it was when the link is disposed of", () => {
      const replaced = room.connection.transport.sendUnreliable;
      link.dispose();
      expect(room.connection.transport.sendUnreliable).not.toBe(replaced);
    });
  },
);
