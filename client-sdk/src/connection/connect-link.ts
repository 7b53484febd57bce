import type { Room } from "@colyseus/sdk";
import {
  ClientLink,
  type Condition,
  conditionChannel,
  Conditioner,
  type DatachannelConnector,
  DropCounter,
  type Link,
  type Scheduler,
  SIGNAL_TYPE,
  type SignalPort,
} from "@tidelock/shared";
import { adaptRoom } from "./colyseus-adapter.ts";
import { timerScheduler } from "./timer-scheduler.ts";
import { type PeerConnectionConstructor, WebRtcConnector } from "./webrtc-connector.ts";
import { WebSocketChannel } from "./websocket-channel.ts";

/** What `connectLink` may be told. */
export interface ConnectLinkOptions {
  /**
   * The constructor of peer connections. Left out: the browser's own, where there is one. Node has none:
   * pass node-datachannel's polyfill. `null`: never try WebRTC.
   */
  readonly rtc?: PeerConnectionConstructor | null | undefined;
  /** Left out: real time. */
  readonly scheduler?: Scheduler | undefined;
  /** Uniform in [0, 1). Left out: Math.random. It spreads retries and drives the emulated conditions. */
  readonly random?: (() => number) | undefined;
}

/** The client's link, with an emulated path in each direction for trying a game on bad networks. */
export interface RoomLink extends Link {
  /** Changes the emulated condition of one direction, as seen from this client. */
  setCondition(direction: "outgoing" | "incoming", condition: Condition): void;
}

/**
 * Makes the client's end of the link of a joined room. It stays bound across Colyseus' own
 * reconnections, and Colyseus' unreliable messages, inputs and fields travel over it.
 */
export function connectLink(room: Room, options: ConnectLinkOptions = {}): RoomLink {
  const scheduler = options.scheduler ?? timerScheduler;
  const random = options.random ?? Math.random;
  const rtc = options.rtc === undefined ? globalThis.RTCPeerConnection : options.rtc;
  const drops = new DropCounter();
  const path = {
    outgoing: new Conditioner({ scheduler, random, drops }),
    incoming: new Conditioner({ scheduler, random, drops }),
  };
  const adapter = adaptRoom(room);

  const signal: SignalPort = {
    send: (message) => {
      if (room.connection.isOpen) room.send(SIGNAL_TYPE, message);
    },
    onMessage: () => {},
  };
  const stopSignals = room.onMessage<unknown>(SIGNAL_TYPE, (message) => signal.onMessage(message));
  let connector: DatachannelConnector | undefined;
  if (rtc) {
    const inner = new WebRtcConnector({ signal, rtc, drops });
    connector = {
      connect: (opened, failed) =>
        inner.connect((channel, token) => opened(conditionChannel(channel, path), token), failed),
    };
  }
  const link = new ClientLink({
    reliable: conditionChannel(new WebSocketChannel(adapter, drops), path),
    scheduler,
    drops,
    connector,
    random,
  });
  link.onColyseusFrame = (frame) => {
    try {
      adapter.inject(frame);
    } catch {
      drops.add("colyseus-frame");
    }
  };
  const restore = adapter.interceptUnreliable((frame) => void link.sendColyseusFrame(frame));

  const end = link.dispose.bind(link);
  return Object.assign(link, {
    setCondition: (direction: "outgoing" | "incoming", condition: Condition) => {
      path[direction].condition = condition;
    },
    dispose: () => {
      restore();
      stopSignals();
      end();
    },
  });
}
