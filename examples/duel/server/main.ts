import { readServerConfig } from "@tidelock/server";
import { startDuelServer } from "./duel-server.ts";

const { port } = await startDuelServer(readServerConfig(process.env));

console.log(`\n  The duel   http://localhost:${port}/\n`);
