import { readServerConfig } from "@tidelock/server";
import { startPuckServer } from "./puck-server.ts";

const { port } = await startPuckServer(readServerConfig(process.env));

console.log(`
  Puck                   http://localhost:${port}/
  with crates            http://localhost:${port}/?room=puck-crates
  Somebody to play with  npm run puck:bots -- 3
`);
