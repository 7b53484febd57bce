/** A game server as its fleet sees it. */
export interface FleetServer {
  readonly name: string;
  /** Such as "Scheduled", "Ready", "Allocated", "Shutdown" or "Unhealthy". */
  readonly state: string;
  /** Where players reach it; empty until it has a machine. */
  readonly address: string;
  /** Ports that players reach, by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** What changes of a counter; what is left out stays. Whole numbers from 0. */
export interface CounterChange {
  readonly count?: number;
  readonly capacity?: number;
}

/**
 * What runs and counts game servers, as one of them sees it: Agones through its sidecar, or nothing at all in development. Every call
 * may be made again; a call rejects when the fleet cannot be reached or refuses, and the next one is made independently of it.
 */
export interface FleetAgent {
  readonly kind: "local" | "agones-rest" | "agones-grpc";
  /** Players may be sent here. */
  ready(): Promise<void>;
  /** In use: not to be stopped to save machines. */
  allocate(): Promise<void>;
  /** Nobody is here, and nobody will come: the process may be ended. */
  shutdown(): Promise<void>;
  /** Still alive. To be called more often than the fleet's health period. */
  health(): Promise<void>;
  server(): Promise<FleetServer>;
  /** Called with the server's record whenever it changes, until the returned function is called. Goes on after interruptions. */
  watch(onChange: (server: FleetServer) => void): () => void;
  /** Sets a label by which a director can choose among servers. Agones puts "agones.dev/sdk-" before the key. */
  label(key: string, value: string): Promise<void>;
  /** Changes a counter that the fleet's definition names. */
  counter(name: string, change: CounterChange): Promise<void>;
  /** Lets go of connections. */
  close(): void;
}
