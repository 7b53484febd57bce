import type { Client, Room } from "@colyseus/core";
import {
  conditionChannel,
  Conditioner,
  DropCounter,
  type Link,
  NO_CONDITION,
  type PathCondition,
  ServerLink,
  type Scheduler,
  type SignalPort,
} from "@tidelock/shared";
import { adaptClient, type ClientAdapter, listenToRoom } from "./colyseus-adapter.ts";
import { timerScheduler } from "./timer-scheduler.ts";
import type { DatachannelHost } from "./webrtc/datachannel-host.ts";
import { WebSocketChannel } from "./ws/websocket-channel.ts";

/** What `openRoomLinks` may be told. */
export interface RoomLinkOptions {
  /** The process-wide WebRTC endpoint; without one the room stays on the WebSocket. */
  readonly host?: DatachannelHost | undefined;
  /** An emulated path for the frames of every player; see `parsePathCondition`. */
  readonly condition?: PathCondition | undefined;
  /** The address of a client, for limits: override it behind a proxy. Left out: the socket's. */
  readonly addressOf?: ((client: Client) => string) | undefined;
  /** Where this room's drops are counted too, for figures of the whole process. */
  readonly drops?: DropCounter | undefined;
  /** Left out: real time. */
  readonly scheduler?: Scheduler | undefined;
}

/**
 * The links of one room. In onCreate: `this.links = openRoomLinks(this, { host })`;
 * in onJoin: `const link = this.links.attach(client)`; in onReconnect: `this.links.rebind(client)`;
 * when the player is gone for good: `link.dispose()`; in onDispose: `this.links.dispose()`.
 */
export interface RoomLinks {
  /** What the links of this room dropped, by reason, those of players who left included. */
  readonly drops: DropCounter;
  /** Makes the link of a client that joins. */
  attach(client: Client): Link;
  /** Gives the link of a client that came back its new WebSocket; the same link goes on. Undefined: it has none. */
  rebind(client: Client): Link | undefined;
  /** Disposes of every link that is left. */
  dispose(): void;
}

/**
 * A client with this much unread is cut off: frames are dropped long before, but Colyseus' own patches
 * and messages queue without bound. It may reconnect, and then gets the state whole.
 */
const MAX_SOCKET_BACKLOG_BYTES = 1024 * 1024;
/** How often sockets are looked at. */
const SWEEP_MS = 1000;

/** Signalling is not sent to a client with this much unread. */
const MAX_SIGNAL_BACKLOG_BYTES = 64 * 1024;

const UNCONDITIONED: PathCondition = { name: "off", up: NO_CONDITION, down: NO_CONDITION };

interface Seat {
  /** Cuts the client off when too much waits for it. */
  readonly sweep: () => void;
  readonly link: ServerLink;
  readonly bind: (client: Client) => void;
  websocket: WebSocketChannel;
  signal: SignalPort;
}

/** Prepares a room for links; call it in onCreate, once. */
export function openRoomLinks(room: Room, options: RoomLinkOptions = {}): RoomLinks {
  const scheduler = options.scheduler ?? timerScheduler;
  const roomDrops = new DropCounter(options.drops);
  const seats = new Map<string, Seat>();

  listenToRoom(room, {
    frame: (client, frame) => {
      const seat = seats.get(client.sessionId);
      if (seat === undefined) roomDrops.add("no-link");
      else seat.websocket.receive(frame);
    },
    signal: (client, message) => {
      const seat = seats.get(client.sessionId);
      if (seat === undefined) roomDrops.add("no-link");
      else seat.signal.onMessage(message);
    },
  });

  const attach = (client: Client): Link => {
    seats.get(client.sessionId)?.link.dispose();
    const drops = new DropCounter(roomDrops);
    const path = emulatedPath(options.condition ?? UNCONDITIONED, scheduler, drops);
    let adapter: ClientAdapter = adaptClient(client);
    let websocket = new WebSocketChannel(adapter, drops);
    const link = new ServerLink({ reliable: conditionChannel(websocket, path), scheduler, drops });
    link.onColyseusFrame = (frame) => {
      try {
        adapter.inject(frame);
      } catch {
        drops.add("colyseus-frame");
      }
    };
    link.countReliableBytes = () => adapter.writtenBytes;
    const signal: SignalPort = {
      // Neither queued before the client has joined, nor for one that does not read.
      send: (message) => {
        if (adapter.joined && adapter.bufferedBytes < MAX_SIGNAL_BACKLOG_BYTES) adapter.sendSignal(message);
        else drops.add("signal-unsent");
      },
      onMessage: () => {},
    };
    adapter.provideUnreliable((frame) => void link.sendColyseusFrame(frame));
    const stopSignals = options.host?.accept(signal, {
      address: options.addressOf?.(client) ?? adapter.address,
      onChannel: (channel, token) => link.offer(conditionChannel(channel, path), token),
    });
    if (stopSignals === undefined) signal.onMessage = (message) => refuseAll(signal, message);

    const seat: Seat = {
      sweep: () => {
        if (adapter.bufferedBytes <= MAX_SOCKET_BACKLOG_BYTES) return;
        drops.add("slow-consumer");
        adapter.terminate();
      },
      link,
      signal,
      websocket,
      bind: (returned) => {
        adapter = adaptClient(returned);
        websocket = new WebSocketChannel(adapter, drops);
        seat.websocket = websocket;
        link.rebind(conditionChannel(websocket, path));
        adapter.provideUnreliable((frame) => void link.sendColyseusFrame(frame));
      },
    };
    seats.set(client.sessionId, seat);
    const end = link.dispose.bind(link);
    link.dispose = () => {
      if (seats.get(client.sessionId) === seat) seats.delete(client.sessionId);
      stopSignals?.();
      end();
    };
    return link;
  };

  let stopSweeping = (): void => {};
  const sweepLater = (): void => {
    stopSweeping = scheduler.after(SWEEP_MS, () => {
      for (const seat of seats.values()) seat.sweep();
      sweepLater();
    });
  };
  sweepLater();

  return {
    drops: roomDrops,
    attach,
    rebind: (client) => {
      const seat = seats.get(client.sessionId);
      seat?.bind(client);
      return seat?.link;
    },
    dispose: () => {
      stopSweeping();
      for (const seat of seats.values()) seat.link.dispose();
    },
  };
}

function emulatedPath({ up, down }: PathCondition, scheduler: Scheduler, drops: DropCounter) {
  const options = { scheduler, random: Math.random, drops };
  return { outgoing: new Conditioner(options, down), incoming: new Conditioner(options, up) };
}

/** A room without WebRTC says so, once for each attempt, so that clients stop asking. */
function refuseAll(signal: SignalPort, message: unknown): void {
  const attempt: unknown =
    typeof message === "object" && message !== null ? Reflect.get(message, "attempt") : undefined;
  if (typeof attempt === "number") signal.send({ t: "refuse", attempt, reason: "off" });
}
