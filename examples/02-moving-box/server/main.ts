import { readServerConfig } from "@tidelock/server";
import { startMovingBoxServer } from "./moving-box-server.ts";

const { port } = await startMovingBoxServer(readServerConfig(process.env));

console.log(`\n  The moving box   http://localhost:${port}/\n`);
