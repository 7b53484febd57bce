import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, Room, Server } from "@colyseus/core";
import { Client as SdkClient } from "@colyseus/sdk";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { adaptRoom, WebSocketChannel as ClientChannel } from "@tidelock/client/testing";
import { adaptClient, listenToRoom, WebSocketChannel as ServerChannel } from "@tidelock/server/testing";
import { DropCounter } from "@tidelock/shared";
import { channelConformance, type ConnectedPair } from "@tidelock/shared/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

const channels = new Map<string, ServerChannel>();
const serverDrops = new DropCounter();

class PlainRoom extends Room {
  override onCreate(): void {
    listenToRoom(this, {
      frame: (client, frame) => channels.get(client.sessionId)?.receive(frame),
      signal: () => {},
    });
  }
  override onJoin(client: Client): void {
    channels.set(client.sessionId, new ServerChannel(adaptClient(client), serverDrops));
  }
}

describe("the WebSocket keeps the promises of a channel", () => {
  let server: Server;
  let proxy: TcpProxy;
  beforeAll(async () => {
    const http = createServer();
    server = new Server({
      transport: new WebSocketTransport({ server: http }),
      greet: false,
      gracefullyShutdown: false,
    });
    server.define("plain", PlainRoom);
    await server.listen(0, "127.0.0.1");
    proxy = await startTcpProxy((http.address() as AddressInfo).port);
  });
  afterAll(async () => {
    await proxy.close();
    await server.gracefullyShutdown(false);
  });

  const until = (reached: () => boolean) => expect.poll(reached, { timeout: 3000, interval: 5 }).toBe(true);

  const connect = async (): Promise<ConnectedPair> => {
    const room = await new SdkClient(`http://127.0.0.1:${proxy.port}`).create("plain");
    const clientDrops = new DropCounter();
    const client = new ClientChannel(adaptRoom(room), clientDrops);
    const end = channels.get(room.sessionId);
    if (end === undefined) throw new Error("The room has no channel for the player.");
    await until(() => end.open);
    return {
      server: end,
      client,
      serverDrops,
      clientDrops,
      stopReading: () => proxy.stall(),
      dispose: () => {
        room.connection.close();
      },
    };
  };

  const notOurs = "closing the channel leaves the room's WebSocket alone, so the other end is not told";
  const cases = channelConformance({
    connect,
    until,
    skip: {
      "is open until it is closed, and tells both sides once": notOurs,
      "delivers nothing after closing": notOurs,
    },
  });
  for (const each of cases) {
    it.skipIf(each.skip !== undefined)(
      `${each.name}${each.skip === undefined ? "" : ` (skipped: ${each.skip})`}`,
      each.run,
    );
  }
});
