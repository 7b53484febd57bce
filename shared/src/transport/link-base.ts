import { type Channel, MAX_FRAME_BYTES, SendDrop } from "./channel.ts";
import { DropCounter } from "./drop-counter.ts";
import { FrameKind } from "./frame-kind.ts";
import type { Link, LinkTransport } from "./link.ts";
import type { Scheduler } from "./scheduler.ts";

/** What both ends of a link need. */
export interface LinkOptions {
  /** The channel that is always there: the WebSocket. */
  readonly reliable: Channel;
  readonly scheduler: Scheduler;
  readonly drops?: DropCounter | undefined;
}

/** What the two ends of a link share: the choice of channel on the way out, the sorting of frames on the way in. */
export abstract class LinkBase implements Link {
  readonly maxFrameBytes = MAX_FRAME_BYTES;
  readonly drops: DropCounter;
  readonly received = { websocket: 0, datachannel: 0 };
  onFrame: (frame: Uint8Array) => void = () => {};
  onTransportChange: (transport: LinkTransport, reason: string) => void = () => {};
  /** Frames of Colyseus' own unreliable path that arrived, without the kind byte. */
  onColyseusFrame: (frame: Uint8Array) => void = () => {};

  /** Counts the bytes written to the WebSocket, for whoever knows it. */
  countReliableBytes: () => number = () => 0;

  protected readonly scheduler: Scheduler;
  /** The datachannel that carries frames out now; undefined while the WebSocket does. */
  protected active: Channel | undefined;
  protected disposed = false;
  #reliable: Channel;
  #announced: LinkTransport;
  readonly #colyseusFrame = new Uint8Array(MAX_FRAME_BYTES);

  constructor(options: LinkOptions) {
    this.scheduler = options.scheduler;
    this.drops = options.drops ?? new DropCounter();
    this.#reliable = options.reliable;
    this.#listen(options.reliable);
    this.#announced = this.transport;
  }

  get transport(): LinkTransport {
    const kind = this.active?.kind;
    if (kind === "webrtc-direct" || kind === "webrtc-geckos") return kind;
    if (kind === "loopback") return "webrtc-direct";
    return this.#reliable.open ? "websocket" : "connecting";
  }

  get bufferedBytes(): number {
    return (this.active ?? this.#reliable).bufferedBytes;
  }

  get reliableBytes(): number {
    return this.countReliableBytes();
  }

  sendUnreliable(frame: Uint8Array): boolean {
    const kind = frame[0];
    if (kind === FrameKind.link || kind === FrameKind.colyseus) {
      this.drops.add("send-reserved-kind");
      return false;
    }
    return this.#send(frame);
  }

  /** Sends a frame of Colyseus' own unreliable path. One that does not fit is dropped: it is the lossy path. */
  sendColyseusFrame(frame: Uint8Array): boolean {
    if (frame.length + 1 > MAX_FRAME_BYTES) {
      this.drops.add(SendDrop.tooLarge);
      return false;
    }
    this.#colyseusFrame[0] = FrameKind.colyseus;
    this.#colyseusFrame.set(frame, 1);
    return this.#send(this.#colyseusFrame.subarray(0, frame.length + 1));
  }

  /** Replaces the reliable channel, after a reconnection. */
  rebind(reliable: Channel): void {
    const old = this.#reliable;
    old.onFrame = () => {};
    old.onClose = () => {};
    this.#reliable = reliable;
    this.#listen(reliable);
    this.announce("rebound");
  }

  abstract dispose(): void;

  /** Sorts a frame that passed the link's own checks. */
  protected deliver(frame: Uint8Array): void {
    if (frame[0] === FrameKind.colyseus) this.onColyseusFrame(frame.subarray(1));
    else this.onFrame(frame);
  }

  /** Whether one more frame is taken from the peer now; what is not is dropped and counted. */
  protected admit(): boolean {
    return true;
  }

  /** A frame of kind `link` came over the WebSocket. The handshake belongs to the datachannel: here it proves nothing. */
  protected receiveReliably(_frame: Uint8Array): void {
    this.drops.add("link-frame-on-websocket");
  }

  /** Sends over the WebSocket, whatever carries frames now. */
  protected sendReliably(frame: Uint8Array): boolean {
    return this.#reliable.send(frame);
  }

  /** Tells of the transport in use when it is no longer the one told last. */
  protected announce(reason: string): void {
    const now = this.transport;
    if (now === this.#announced || this.disposed) return;
    this.#announced = now;
    this.onTransportChange(now, reason);
  }

  #send(frame: Uint8Array): boolean {
    if (this.disposed) {
      this.drops.add(SendDrop.closed);
      return false;
    }
    return (this.active ?? this.#reliable).send(frame);
  }

  #listen(reliable: Channel): void {
    reliable.onFrame = (frame) => {
      if (this.disposed || !this.admit()) return;
      this.received.websocket += 1;
      if (frame[0] === FrameKind.link) this.receiveReliably(frame);
      else this.deliver(frame);
    };
    reliable.onClose = () => this.announce("websocket-closed");
  }
}
