import { TidelockError } from "@tidelock/shared";
import type { CounterChange, FleetAgent, FleetServer } from "./fleet-agent.ts";
import { RetryDelay } from "./retry-delay.ts";

/** Longer than the sidecar ever takes; a call without an answer must not keep a drain waiting. */
const TIMEOUT_MS = 5000;

/** A game server as Agones' REST interface describes it. Numbers of 64 bits come as strings. */
interface RestServer {
  readonly object_meta?: { readonly name?: string; readonly labels?: Record<string, string> };
  readonly status?: {
    readonly state?: string;
    readonly address?: string;
    readonly ports?: readonly { readonly name: string; readonly port: number | string }[];
  };
}

/** Speaks to Agones' sidecar over its REST interface: every call stands for itself, so none can break the next. */
export class AgonesRestAgent implements FleetAgent {
  readonly kind = "agones-rest";
  readonly #url: string;
  readonly #watching = new Set<AbortController>();

  /** `port`: that of the sidecar on this machine, from AGONES_SDK_HTTP_PORT. */
  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async ready(): Promise<void> {
    await this.#call("POST", "/ready", {});
  }

  async allocate(): Promise<void> {
    await this.#call("POST", "/allocate", {});
  }

  async shutdown(): Promise<void> {
    await this.#call("POST", "/shutdown", {});
  }

  async health(): Promise<void> {
    await this.#call("POST", "/health", {});
  }

  async server(): Promise<FleetServer> {
    const response = await this.#call("GET", "/gameserver");
    return fromRest((await response.json()) as RestServer);
  }

  watch(onChange: (server: FleetServer) => void): () => void {
    const abort = new AbortController();
    this.#watching.add(abort);
    void this.#watch(onChange, abort);
    return () => {
      abort.abort();
      this.#watching.delete(abort);
    };
  }

  async label(key: string, value: string): Promise<void> {
    await this.#call("PUT", "/metadata/label", { key, value });
  }

  async counter(name: string, { count, capacity }: CounterChange): Promise<void> {
    await this.#call("PATCH", `/v1beta1/counters/${encodeURIComponent(name)}`, {
      ...(count !== undefined && { count: String(count) }),
      ...(capacity !== undefined && { capacity: String(capacity) }),
    });
  }

  close(): void {
    for (const abort of this.#watching) abort.abort();
    this.#watching.clear();
  }

  async #call(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(this.#url + path, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (response.ok) return response;
    throw new TidelockError(
      "fleet/refused",
      `Agones answered ${method} ${path} with ${response.status}: ${(await response.text()).slice(0, 200)}`,
    );
  }

  /** Follows the stream of changes, a line of JSON each, and begins anew whenever it ends. */
  async #watch(onChange: (server: FleetServer) => void, { signal }: AbortController): Promise<void> {
    const delay = new RetryDelay();
    while (!signal.aborted) {
      try {
        const { body } = await fetch(`${this.#url}/watch/gameserver`, { signal });
        if (body !== null)
          for await (const line of lines(body)) {
            delay.succeeded();
            const { result } = JSON.parse(line) as { result?: RestServer };
            if (result !== undefined) onChange(fromRest(result));
          }
      } catch {
        // The sidecar is starting again, or the watch has been ended.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, delay.next()).unref());
    }
  }
}

function fromRest({ object_meta: meta, status }: RestServer): FleetServer {
  return {
    name: meta?.name ?? "",
    state: status?.state ?? "",
    address: status?.address ?? "",
    ports: Object.fromEntries((status?.ports ?? []).map(({ name, port }) => [name, Number(port)])),
    labels: meta?.labels ?? {},
  };
}

/** The longest line that is kept: a game server's record has some kilobytes. */
const MAX_LINE = 1 << 20;

async function* lines(body: ReadableStream<Uint8Array>): AsyncIterable<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > MAX_LINE) return;
    for (const part of parts) if (part.trim() !== "") yield part;
  }
}
