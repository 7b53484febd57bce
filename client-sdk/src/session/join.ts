import { Client, type Room } from "@colyseus/sdk";
import {
  type ConditionPreset,
  type EntityMap,
  type EventMap,
  type FieldMap,
  type Game,
  JOIN_REQUEST_KEY,
  JoinRefusal,
  type JoinRefusalCode,
  joinRequest,
  TidelockError,
} from "@tidelock/shared";
import { type ConnectLinkOptions, connectLink } from "../connection/connect-link.ts";
import { type ConditionedSession, mountConditionerBadge } from "../netgraph/conditioner-badge.ts";
import { isDevelopment } from "./development.ts";
import { Session } from "./session.ts";

export interface JoinOptions extends ConnectLinkOptions {
  /** Name of the room as the server defined it. Default: the game's name. */
  readonly room?: string;
  /** Joins this very room instead of any of that name. */
  readonly roomId?: string;
  /** Passed to the room's onAuth, onJoin and onPlayerJoin. */
  readonly options?: Readonly<Record<string, unknown>>;
  /**
   * Called with the Colyseus room before anything of it can have arrived: the place to register message handlers, so that what the
   * server sends at once is not lost.
   */
  onRoom?(room: Room): void;
  /**
   * The network to imitate, as `session.condition` takes it. Default: "off", and in development "regional", with a badge in the page that says
   * so and changes it; see `mountConditionerBadge`. What `isDevelopment` says decides.
   */
  readonly condition?: string;
  /** The clock, in milliseconds. Default: performance.now, which is also that of requestAnimationFrame. */
  readonly now?: () => number;
}

const DEVELOPMENT_CONDITION: ConditionPreset = "regional";
/** How long the server may take to welcome a client that has joined. */
const WELCOME_MS = 10_000;

/**
 * Joins a room that runs `game` and returns once the server has given this client its player. Snapshots begin at once over the
 * WebSocket and move to a WebRTC datachannel as soon as one is open.
 * @param url of the server, such as "https://play.example"
 * @throws TidelockError with a `join/` code that a game can show
 */
export async function join<E extends EntityMap, I extends FieldMap, V extends EventMap, S = unknown>(
  url: string,
  game: Game<E, I, V>,
  options: JoinOptions = {},
): Promise<Session<E, I, V, S>> {
  const client = new Client(url);
  const wanted = { ...options.options, [JOIN_REQUEST_KEY]: joinRequest(game) };
  let room: Room<unknown, S>;
  try {
    room = await (options.roomId === undefined
      ? client.joinOrCreate<S>(options.room ?? game.name, wanted)
      : client.joinById<S>(options.roomId, wanted));
  } catch (error) {
    throw refusal(error, url);
  }
  options.onRoom?.(room);
  const session = new Session(room, connectLink(room, options), game, {
    now: options.now ?? (() => performance.now()),
  });
  await welcomed(session);
  imitateNetwork(session, options.condition);
  return session;
}

/** On the developer's own machine everything is fast: a game is tried on the network that most of its players will have. */
function imitateNetwork(session: ConditionedSession, wanted: string | undefined): void {
  if (wanted !== undefined) session.condition = wanted;
  else if (isDevelopment()) {
    session.condition = DEVELOPMENT_CONDITION;
    if (globalThis.document !== undefined) mountConditionerBadge(session);
  }
}

function welcomed(session: {
  player: number;
  onStateChange: (state: never) => void;
  readonly state: string;
  leave(): Promise<void>;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => {
      session.leave().catch(() => {});
      reject(
        new TidelockError(
          "join/no-welcome",
          `The server accepted the join but sent no welcome within ${WELCOME_MS} ms; check that the room extends SimulationRoom(game)`,
        ),
      );
    }, WELCOME_MS);
    session.onStateChange = () => {
      clearTimeout(timeout);
      session.onStateChange = () => {};
      if (session.state === "left")
        reject(
          new TidelockError(
            "join/closed",
            "The server closed the connection before the game began; try again",
          ),
        );
      else resolve();
    };
  });
}

/** Turns what Colyseus reports into an error with a stable code. */
function refusal(error: unknown, url: string): TidelockError {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const known = (Object.keys(JoinRefusal) as JoinRefusalCode[]).find((name) => JoinRefusal[name] === code);
  if (known !== undefined) return new TidelockError(known, message.replace(`${known}: `, ""));
  if (typeof code === "number")
    return new TidelockError("join/refused", `The server refused the join: ${message} (${code})`);
  return new TidelockError(
    "join/unreachable",
    `No server answers at ${url}: ${message}; check the address and that the server runs`,
  );
}
