import { readServerConfig } from "@tidelock/server";
import { startArenaServer } from "./arena-server.ts";

/** `npm start`; with `-- --dev` the page is compiled as it is asked for, so that a reload shows what was changed. */
const { port } = await startArenaServer({
  config: readServerConfig(process.env),
  page: process.argv.includes("--dev") ? "development" : "built",
});

console.log(`
  Tidelock Arena         http://localhost:${port}/
  Somebody to shoot at   npm run bots -- 20
`);
