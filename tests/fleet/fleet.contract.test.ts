import { AgonesGrpcAgent, AgonesRestAgent } from "@tidelock/server";
import { fleetContract } from "./contract.ts";
import { FakeGrpcSidecar } from "./fake-grpc-sidecar.ts";
import { FakeRestSidecar } from "./fake-rest-sidecar.ts";

fleetContract("AgonesRestAgent", {
  sidecar: (record) => new FakeRestSidecar(record),
  agent: ({ port }) => new AgonesRestAgent(port),
});

fleetContract("AgonesGrpcAgent", {
  sidecar: (record) => new FakeGrpcSidecar(record),
  agent: ({ port }) => new AgonesGrpcAgent(port),
});
