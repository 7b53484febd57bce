import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { type Client, Room, Server } from "@colyseus/core";
import { schema, t } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { type DatachannelHost, openRoomLinks } from "@tidelock/server";
import { DropCounter, type Link } from "@tidelock/shared";

/** `beat` travels on Colyseus' unreliable path, `joined` on the reliable one. */
export const EchoState = schema({ beat: t.uint32().default(0).unreliable(), joined: t.uint32().default(0) });

/** What the tests look at from outside. */
export interface EchoServer {
  readonly url: string;
  /** What was dropped, of all players, those who left included. */
  readonly drops: DropCounter;
  /** The links of the players in the room, oldest first. */
  readonly links: Link[];
  /** Frames of kind input that arrived, of all players. */
  readonly inputs: { count: number };
  close(): Promise<void>;
}

/** A real Colyseus server with one room that sends a snapshot frame 30 times a second and counts inputs. */
export async function startEchoServer(host: DatachannelHost | undefined): Promise<EchoServer> {
  const links: Link[] = [];
  const inputs = { count: 0 };
  const drops = new DropCounter();

  class EchoRoom extends Room {
    #links = openRoomLinks(this, { host, drops });
    #byClient = new Map<string, Link>();
    override state = new EchoState();

    override onCreate(): void {
      let tick = 0;
      this.clock.setInterval(() => {
        tick += 1;
        this.state.beat = tick;
        const frame = Uint8Array.of(0x01, tick & 0xff, tick >> 8);
        for (const link of this.#byClient.values()) link.sendUnreliable(frame);
      }, 33);
    }

    override messages = {
      word: (client: Client, word: unknown) => client.send("word", word),
    };

    override onJoin(client: Client): void {
      const link = this.#links.attach(client);
      link.onFrame = (frame) => {
        if (frame[0] === 0x02) inputs.count += 1;
        if (frame[0] === 0x04) link.sendUnreliable(Uint8Array.of(0x05, ...frame.subarray(1)));
      };
      this.#byClient.set(client.sessionId, link);
      links.push(link);
      this.state.joined += 1;
    }

    override async onDrop(client: Client): Promise<void> {
      await this.allowReconnection(client, 5);
    }

    override onReconnect(client: Client): void {
      this.#links.rebind(client);
    }

    override onLeave(client: Client): void {
      const link = this.#byClient.get(client.sessionId);
      link?.dispose();
      if (link !== undefined) links.splice(links.indexOf(link), 1);
      this.#byClient.delete(client.sessionId);
    }

    override onDispose(): void {
      this.#links.dispose();
    }
  }

  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define("echo", EchoRoom);
  await server.listen(0, "127.0.0.1");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    drops,
    links,
    inputs,
    close: () => server.gracefullyShutdown(false),
  };
}
