import { schema, type SchemaType, t } from "@colyseus/schema";

/** One line of the scoreboard. Slow and reliable: it travels as Colyseus state, beside the snapshots of the world. */
export const RosterEntry = schema(
  {
    name: t.string().default(""),
    kills: t.uint16().default(0),
    deaths: t.uint16().default(0),
  },
  "RosterEntry",
);
export type RosterEntry = SchemaType<typeof RosterEntry>;

/** Everybody in the room, by player number. */
export const ArenaState = schema({ roster: t.map(RosterEntry) }, "ArenaState");
export type ArenaState = SchemaType<typeof ArenaState>;
