import type { Game } from "../simulation/game.ts";
import type { Tick } from "../tick/tick.ts";
import type { PlayerNumber } from "../world/entity-id.ts";

/** Changes with every change of docs/wire-format.md. Server and client must agree on it. */
export const PROTOCOL_VERSION = 3;

/** The key in Colyseus' join options under which a client presents its JoinRequest. */
export const JOIN_REQUEST_KEY = "tidelock";
/** Type of the room message that carries the Welcome, reliable, once per join and reconnection. */
export const WELCOME_TYPE = "tidelock:welcome";
/** Type of the room message by which a client asks for its Welcome when it is ready to receive. */
export const READY_TYPE = "tidelock:ready";
/** Type of the room message that tells a client how far back hits by or on its player were judged: HitReport[], four times a second at most. */
export const HITS_TYPE = "tidelock:hits";

/** How far back a hit was judged. */
export interface HitReport {
  /** True when the player was hit, false when it hit. */
  readonly wasHit: boolean;
  /** Whole milliseconds before the server's present. */
  readonly rewindMs: number;
  /** The shooter was looking further back than the weapon allows. */
  readonly capped: boolean;
}

/** What a client tells of itself when it joins. */
export interface JoinRequest {
  readonly protocol: number;
  readonly schema: number;
}

/** What the server tells a client before the first snapshot. */
export interface Welcome {
  readonly player: PlayerNumber;
  readonly seed: number;
  readonly tick: Tick;
  /** Ticks between two snapshots to this client. */
  readonly sendEvery: number;
  /** The network that the server imitates, for the page to say so; left out when it imitates none. */
  readonly condition?: string;
  /** Ticks after which the client sends hashes of what it has, for finding desyncs; left out: never. */
  readonly checkEvery?: number;
}

/** Why a join is refused, with the codes that a game can show. HTTP-like numbers, as Colyseus reports them. */
export const JoinRefusal = {
  "join/protocol-mismatch": 4601,
  "join/schema-mismatch": 4602,
  "join/not-tidelock": 4603,
  "join/room-full": 4604,
} as const;
export type JoinRefusalCode = keyof typeof JoinRefusal;

export function joinRequest(game: Pick<Game, "schemaHash">): JoinRequest {
  return { protocol: PROTOCOL_VERSION, schema: game.schemaHash };
}

/** Why the server of `game` cannot serve what a client presented; undefined when it can. The value may be anything. */
export function refusalFor(
  game: Pick<Game, "schemaHash" | "name">,
  presented: unknown,
): { code: JoinRefusalCode; message: string } | undefined {
  const field = (key: keyof JoinRequest): unknown =>
    typeof presented === "object" && presented !== null ? Reflect.get(presented, key) : undefined;
  const protocol = field("protocol");
  const schema = field("schema");
  if (typeof protocol !== "number" || typeof schema !== "number")
    return {
      code: "join/not-tidelock",
      message: `The client presented no protocol version; join "${game.name}" with join() of @tidelock/client.`,
    };
  if (protocol !== PROTOCOL_VERSION)
    return {
      code: "join/protocol-mismatch",
      message: `The client speaks protocol ${protocol} and the server ${PROTOCOL_VERSION}; reload the page to get the current version.`,
    };
  if (schema !== game.schemaHash)
    return {
      code: "join/schema-mismatch",
      message: `The client's definition of "${game.name}" is ${schema.toString(16)} and the server's ${game.schemaHash.toString(16)}; reload the page to get the current version.`,
    };
  return undefined;
}
