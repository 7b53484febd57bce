/** A sidecar of Agones that a test can start and stop. */
export interface Sidecar {
  readonly kind: "agones-rest" | "agones-grpc";
  /** Of its interface; the same after each start. */
  readonly port: number;
  start(): Promise<void>;
  /** Breaks all connections, as when its container is restarted. */
  stop(): Promise<void>;
}
