import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { GameServerRecord } from "./game-server-record.ts";
import type { Sidecar } from "./sidecar.ts";

/** Agones' sidecar with its REST interface, refusing what the real one refuses. */
export class FakeRestSidecar implements Sidecar {
  readonly kind = "agones-rest";
  readonly #record: GameServerRecord;
  #server: Server | undefined;
  port = 0;

  constructor(record: GameServerRecord) {
    this.#record = record;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address === "object" && address !== null) this.port = address.port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { method, url = "" } = request;
    const refuse = (status: number, message: string): void => {
      response.writeHead(status).end(JSON.stringify({ code: 2, message }));
    };
    if (method === "GET" && url === "/gameserver") return void response.end(JSON.stringify(this.#json()));
    if (method === "GET" && url === "/watch/gameserver") return this.#watch(request, response);
    let body: Record<string, string>;
    try {
      body = JSON.parse(text) as Record<string, string>;
    } catch {
      return refuse(400, "EOF");
    }
    const problem = this.#apply(`${method} ${url}`, body);
    if (problem !== undefined) return refuse(problem === "not found" ? 404 : 500, problem);
    response.end("{}");
  }

  #apply(call: string, body: Record<string, string>): string | undefined {
    const record = this.#record;
    const counter = /^PATCH \/v1beta1\/counters\/(\w+)$/.exec(call)?.[1];
    if (counter !== undefined)
      return record.counter(counter, {
        ...(body.count !== undefined && { count: Number(body.count) }),
        ...(body.capacity !== undefined && { capacity: Number(body.capacity) }),
      });
    switch (call) {
      case "POST /ready":
        return record.become("Ready");
      case "POST /allocate":
        return record.become("Allocated");
      case "POST /shutdown":
        return record.become("Shutdown");
      case "POST /health":
        return void record.health();
      case "PUT /metadata/label":
        return record.label(body.key, body.value);
      default:
        return "not found";
    }
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    const send = (): void => void response.write(`${JSON.stringify({ result: this.#json() })}\n`);
    send();
    // Every change is told twice: the real one does so, too, after a resync.
    const stop = this.#record.onChange(() => {
      send();
      send();
    });
    request.on("close", stop);
    response.on("close", stop);
  }

  #json(): object {
    const { name, labels, state, address, ports } = this.#record;
    return { object_meta: { name, labels, uid: "1" }, spec: {}, status: { state, address, ports } };
  }
}
