import { type AgonesSdk, openAgonesSdk, type SdkGameServer } from "./agones-sdk.ts";
import type { CounterChange, FleetAgent, FleetServer } from "./fleet-agent.ts";
import { RetryDelay } from "./retry-delay.ts";

/**
 * Speaks to Agones' sidecar through its official SDK. What that gets wrong is put right here: its health stream stays dead after one
 * failure, a watch never comes back and ends the process where nobody listens for its errors.
 */
export class AgonesGrpcAgent implements FleetAgent {
  readonly kind = "agones-grpc";
  readonly #port: number;
  readonly #watching = new Set<{ ended: boolean }>();
  #sdk: AgonesSdk;

  /** `port`: that of the sidecar on this machine, from AGONES_SDK_GRPC_PORT. */
  constructor(port: number) {
    this.#port = port;
    this.#sdk = openAgonesSdk(port);
  }

  async ready(): Promise<void> {
    await this.#sdk.ready();
  }

  async allocate(): Promise<void> {
    await this.#sdk.allocate();
  }

  async shutdown(): Promise<void> {
    await this.#sdk.shutdown();
  }

  /** After a failure the SDK would swallow every further ping, so a new one takes its place. */
  async health(): Promise<void> {
    const sdk = this.#sdk;
    // A write alone says nothing: it is a stream, and what is lost on the way is lost in silence. An answer says that there is a sidecar.
    try {
      await new Promise<void>((resolve, reject) => {
        sdk.health(reject);
        sdk.getGameServer().then(() => resolve(), reject);
      });
    } catch (error) {
      if (this.#sdk === sdk) {
        this.#sdk = openAgonesSdk(this.#port);
        sdk.close();
      }
      throw error;
    }
  }

  async server(): Promise<FleetServer> {
    return fromSdk(await this.#sdk.getGameServer());
  }

  watch(onChange: (server: FleetServer) => void): () => void {
    const watching = { ended: false };
    this.#watching.add(watching);
    this.#watch(onChange, watching, new RetryDelay());
    return () => {
      watching.ended = true;
      this.#watching.delete(watching);
    };
  }

  async label(key: string, value: string): Promise<void> {
    await this.#sdk.setLabel(key, value);
  }

  async counter(name: string, { count, capacity }: CounterChange): Promise<void> {
    const { beta } = this.#sdk;
    if (capacity !== undefined) await beta.setCounterCapacity(name, capacity);
    if (count !== undefined) await beta.setCounterCount(name, count);
  }

  close(): void {
    for (const watching of this.#watching) watching.ended = true;
    this.#watching.clear();
    this.#sdk.close();
  }

  #watch(onChange: (server: FleetServer) => void, watching: { ended: boolean }, delay: RetryDelay): void {
    // The stream reports its end more than once, and also when the SDK it belongs to is replaced.
    let isOver = false;
    this.#sdk.watchGameServer(
      (server) => {
        delay.succeeded();
        if (!watching.ended && !isOver) onChange(fromSdk(server));
      },
      () => {
        if (isOver || watching.ended) return;
        isOver = true;
        setTimeout(() => {
          if (!watching.ended) this.#watch(onChange, watching, delay);
        }, delay.next()).unref();
      },
    );
  }
}

function fromSdk({ objectMeta, status }: SdkGameServer): FleetServer {
  return {
    name: objectMeta?.name ?? "",
    state: status?.state ?? "",
    address: status?.address ?? "",
    ports: Object.fromEntries((status?.portsList ?? []).map(({ name, port }) => [name, port])),
    labels: Object.fromEntries(objectMeta?.labelsMap ?? []),
  };
}
