import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import { gameServerMessage } from "./game-server-message.ts";
import type { GameServerRecord } from "./game-server-record.ts";
import type { Sidecar } from "./sidecar.ts";

/** The messages of Agones' protocol, as its SDK has them generated. */
const require = createRequire(import.meta.resolve("@google-cloud/agones-sdk"));
type Message = Record<string, (...values: unknown[]) => unknown>;
type Messages = Record<string, new () => Message>;
const sdk = require("../lib/sdk_pb") as Messages;
const beta = require("../lib/beta/beta_pb") as Messages;
type Services = Record<string, grpc.ServiceDefinition>;
const sdkServices = require("../lib/sdk_grpc_pb") as Services;
const betaServices = require("../lib/beta/beta_grpc_pb") as Services;

type Call = grpc.ServerUnaryCall<Message, Message>;
type Answer = grpc.sendUnaryData<Message>;

/** Agones' sidecar with its gRPC interface, refusing what the real one refuses. */
export class FakeGrpcSidecar implements Sidecar {
  readonly kind = "agones-grpc";
  readonly #record: GameServerRecord;
  #server: grpc.Server | undefined;
  port = 0;

  constructor(record: GameServerRecord) {
    this.#record = record;
  }

  async start(): Promise<void> {
    const server = new grpc.Server();
    server.addService(withGameServers(sdkServices["agones.dev.sdk.SDK"]), this.#sdkCalls());
    server.addService(betaServices["agones.dev.sdk.beta.SDK"], this.#betaCalls());
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.port}`, grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      ),
    );
    this.#server = server;
  }

  async stop(): Promise<void> {
    this.#server?.forceShutdown();
  }

  #sdkCalls(): grpc.UntypedServiceImplementation {
    const record = this.#record;
    const become = (state: string) => (_call: Call, answer: Answer) => respond(answer, record.become(state));
    return {
      ready: become("Ready"),
      allocate: become("Allocated"),
      shutdown: become("Shutdown"),
      health: (call: grpc.ServerReadableStream<Message, Message>, answer: Answer) => {
        call.on("data", () => record.health());
        call.on("end", () => respond(answer, undefined));
      },
      getGameServer: (_call: Call, answer: grpc.sendUnaryData<GameServerRecord>) => answer(null, record),
      watchGameServer: (call: grpc.ServerWritableStream<Message, GameServerRecord>) => {
        const send = (): void => void call.write(record);
        send();
        const stop = record.onChange(() => {
          send();
          send();
        });
        call.on("cancelled", stop);
        call.on("close", stop);
      },
      setLabel: ({ request }: Call, answer: Answer) =>
        respond(answer, record.label(String(request.getKey()), String(request.getValue()))),
    };
  }

  #betaCalls(): grpc.UntypedServiceImplementation {
    return {
      updateCounter: ({ request }: Call, answer: Answer) => {
        const update = request.getCounterupdaterequest() as Message;
        const value = (wrapper: unknown) => Number((wrapper as Message).getValue());
        const [count, capacity] = [update.getCount(), update.getCapacity()];
        const problem = this.#record.counter(String(update.getName()), {
          ...(count !== undefined && { count: value(count) }),
          ...(capacity !== undefined && { capacity: value(capacity) }),
        });
        if (problem === undefined) answer(null, new beta.Counter());
        else respond(answer, problem);
      },
    };
  }
}

/** The service with a way to write game servers that works. */
function withGameServers(service: grpc.ServiceDefinition): grpc.ServiceDefinition {
  const responseSerialize = (record: GameServerRecord): Buffer => gameServerMessage(record);
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      name.endsWith("GameServer") ? { ...method, responseSerialize } : method,
    ]),
  );
}

function respond(answer: Answer, problem: string | undefined): void {
  if (problem === undefined) answer(null, new sdk.Empty());
  else answer({ code: grpc.status.UNKNOWN, details: problem });
}
