import AgonesSDK from "@google-cloud/agones-sdk";

/** A game server as the SDK describes it. */
export interface SdkGameServer {
  readonly objectMeta?: {
    readonly name: string;
    readonly labelsMap: readonly (readonly [string, string])[];
  };
  readonly status?: {
    readonly state: string;
    readonly address: string;
    readonly portsList: readonly { readonly name: string; readonly port: number }[];
  };
}

/** What of the SDK is used here. Its own types do not say that its module is the class itself, and leave the counters out. */
export interface AgonesSdk {
  ready(): Promise<unknown>;
  allocate(): Promise<unknown>;
  shutdown(): Promise<unknown>;
  health(onError: (error: unknown) => void): void;
  getGameServer(): Promise<SdkGameServer>;
  watchGameServer(onChange: (server: SdkGameServer) => void, onError: (error: unknown) => void): void;
  setLabel(key: string, value: string): Promise<unknown>;
  readonly beta: {
    setCounterCount(name: string, count: number): Promise<unknown>;
    setCounterCapacity(name: string, capacity: number): Promise<unknown>;
  };
  close(): void;
}

/** Opens a connection to the sidecar at a port of this machine. Nothing fails before the first call. */
export function openAgonesSdk(port: number): AgonesSdk {
  // It asks the environment for the port, when it is made and never again.
  process.env.AGONES_SDK_GRPC_PORT = String(port);
  const Sdk = AgonesSDK as unknown as new () => AgonesSdk;
  return new Sdk();
}
