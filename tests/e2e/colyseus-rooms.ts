import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AuthContext, type Client, Server } from "@colyseus/core";
import { schema, type SchemaType, t } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { type PlayerInfo, SimulationRoom, startTransports } from "@tidelock/server";
import { defineGame, entity, input, position, type World } from "@tidelock/shared";
import { field } from "../stepper/field-game.ts";

type WorldOf<G> = G extends { createWorld(): infer W } ? W : World;

/** `beat` goes the unreliable way, the rest the reliable one. */
export const ClubState = schema({
  beat: t.uint32().default(0).unreliable(),
  names: t.map("string"),
  topic: t.string().default(""),
});
export type ClubState = SchemaType<typeof ClubState>;

/** All rooms of this file that are running, by room id. */
export const running = new Map<string, ClubRoom | DriftRoom>();

/** Uses everything that Colyseus gives a room, beside the simulation. */
export class ClubRoom extends SimulationRoom(field)<{ state: ClubState }> {
  override reconnectionSeconds = 5;
  override state = new ClubState();
  readonly errors: unknown[] = [];
  /** Makes the next step throw. */
  broken = false;
  override messages = {
    topic: (client: Client, text: unknown) => {
      this.state.topic = String(text);
      client.send("heard", { text });
      this.broadcast("said", { by: client.sessionId, text }, { except: client });
    },
  };

  override onAuth(_client: Client, options: unknown, _context: AuthContext): unknown {
    const key: unknown = typeof options === "object" && options !== null ? Reflect.get(options, "key") : "";
    return key === "wrong" ? false : { key };
  }

  override async onCreate(options?: unknown): Promise<void> {
    await super.onCreate(options);
    running.set(this.roomId, this);
    this.clock.setInterval(() => this.state.beat++, 40);
    const { step } = this.simulation.game;
    Object.defineProperty(this.simulation, "game", {
      value: Object.assign(Object.create(field), {
        step: (...args: Parameters<typeof step>) => {
          if (this.broken) throw new Error("a bug in the step");
          return field.step(...args);
        },
      }),
    });
  }

  override onPlayerJoin(world: WorldOf<typeof field>, player: PlayerInfo, options: unknown): void {
    const key: unknown = Reflect.get(Object(player.client.auth), "key");
    this.state.names.set(player.client.sessionId, String(key));
    world.spawn("player", { owner: player.number, x: player.number });
    if (Reflect.get(Object(options), "stumble") === true) throw new Error("a bug in onPlayerJoin");
  }

  override onPlayerLeave(world: WorldOf<typeof field>, player: PlayerInfo): void {
    super.onPlayerLeave(world, player);
    this.state.names.delete(player.client.sessionId);
  }

  override onBroken(error: unknown): void {
    this.errors.push(error);
    super.onBroken(error);
  }

  override onDispose(): void | Promise<void> {
    running.delete(this.roomId);
    return super.onDispose();
  }
}

/** Another game altogether, at another pace. */
export const drift = defineGame({
  name: "drift",
  tickRate: 20,
  entities: { raft: entity({ x: position({ min: 0, max: 100, grid: 1 / 1024 }) }) },
  input: input({}),
  step(world) {
    for (const raft of world.all("raft")) raft.x += world.dt;
  },
});

export class DriftRoom extends SimulationRoom(drift) {
  override onPlayerJoin(world: WorldOf<typeof drift>, player: PlayerInfo): void {
    running.set(this.roomId, this);
    world.spawn("raft", { owner: player.number, x: 1 });
  }

  override onDispose(): void | Promise<void> {
    running.delete(this.roomId);
    return super.onDispose();
  }
}

/** A server with both kinds of rooms, WebRTC included. */
export async function startClubServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const transports = await startTransports({
    udpPort: 0,
    publicAddress: "",
    transport: "direct",
    condition: "",
    snapshotRate: 30,
    bindAddress: "127.0.0.1",
  });
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define("club", ClubRoom);
  server.define("drift", DriftRoom);
  await server.listen(0, "127.0.0.1");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await server.gracefullyShutdown(false);
      await transports.close();
    },
  };
}
