/** What the bench uses of nengi's own modules; the package declares only its entry point, which does not load. */
declare module "nengi/core/instance/Instance.js" {
  import type { EventEmitter } from "node:events";

  export interface NengiConfig {
    UPDATE_RATE: number;
    PING_PONG_TICK_INTERVAL: number;
    ID_BINARY_TYPE: number;
    TYPE_BINARY_TYPE: number;
    USE_HISTORIAN: boolean;
    HIDE_LOGO: boolean;
    protocols: { entities: [name: string, constructor: NengiEntityClass][] };
  }

  export interface NengiEntityClass {
    new (): NengiEntity;
    protocol: Record<string, number>;
  }

  /** An entity; nengi writes its id into `nid`. */
  export type NengiEntity = Record<string, number>;

  export interface NengiChannel {
    addEntity(entity: NengiEntity): void;
    removeEntity(entity: NengiEntity): void;
    subscribe(client: NengiClient): void;
  }

  export interface NengiClient {
    readonly id: number;
  }

  export interface NengiSocket {
    readonly readyState: number;
    send(frame: Buffer): void;
  }

  export default class Instance {
    constructor(config: NengiConfig, web: { mock: EventEmitter });
    createChannel(): NengiChannel;
    connect(socket: NengiSocket): NengiClient;
    acceptConnection(client: NengiClient, text: string): void;
    update(): void;
  }
}

declare module "nengi/core/client/Client.js" {
  import type { NengiConfig, NengiEntity, NengiSocket } from "nengi/core/instance/Instance.js";

  export default class Client {
    constructor(config: NengiConfig, interpolationDelayMs: number);
    websocket: NengiSocket;
    snapshots: unknown[];
    latestWorldState: { entities: { toArray(): NengiEntity[] } } | null;
    onConnect(answered: (response: unknown) => void): void;
    init(): void;
    handleMessage(message: { data: Buffer }): void;
  }
}

declare module "nengi/core/binary/BinaryType.js" {
  const BinaryType: Record<string, number>;
  export default BinaryType;
}
