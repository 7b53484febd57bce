import type { Client } from "@colyseus/core";
import { gridInterest, type PlayerInfo, SimulationRoom } from "@tidelock/server";
import type { WorldEvent } from "@tidelock/shared";
import type { ArenaEvents, ArenaWorld, Hit } from "../shared/entities.ts";
import { arena } from "../shared/game.ts";
import { MAX_PLAYERS, SHIELD_TICKS } from "../shared/rules.ts";
import { entryPoint } from "./entry-point.ts";
import { plainText } from "./plain-text.ts";
import { ArenaState, RosterEntry } from "./state.ts";
import { whyAnswer } from "./why-answer.ts";

const LONGEST_NAME = 16;
const LONGEST_LINE = 120;
/** A client may say one thing in this time; the rest is not passed on. */
const CHAT_PAUSE_MS = 600;

/** The arena: a Colyseus room with the roster as its state, chat as its messages, and the simulation beside them. */
export class ArenaRoom extends SimulationRoom(arena)<{ state: ArenaState }> {
  override maxClients = MAX_PLAYERS;
  override state = new ArenaState();
  // Half of this is the longest look from the middle of a screen to its corner; the rest feeds map and arrows.
  override interest = gridInterest({ radius: 45 });
  override messages = {
    say: (client: Client, text: unknown) => this.#say(client, text),
    why: (client: Client, entity: unknown) => this.#sayWhy(client, entity),
  };
  /** Session ids by player number. */
  readonly #sessions = new Map<number, string>();
  readonly #lastSaid = new Map<string, number>();

  override onPlayerJoin(world: ArenaWorld, player: PlayerInfo, options: unknown): void {
    const asked: unknown =
      typeof options === "object" && options !== null ? Reflect.get(options, "name") : undefined;
    const name = plainText(asked, LONGEST_NAME) || `Captain ${player.number}`;
    this.#sessions.set(player.number, player.client.sessionId);
    this.state.roster.set(String(player.number), new RosterEntry({ name, kills: 0, deaths: 0 }));
    world.spawn("player", {
      owner: player.number,
      ...entryPoint(world.all("player")),
      condition: "shielded",
      conditionEndsAt: world.tick + SHIELD_TICKS,
    });
  }

  override onPlayerLeave(world: ArenaWorld, player: PlayerInfo): void {
    super.onPlayerLeave(world, player);
    this.state.roster.delete(String(player.number));
    this.#sessions.delete(player.number);
    this.#lastSaid.delete(player.client.sessionId);
  }

  override onEvents(events: readonly WorldEvent<ArenaEvents>[]): void {
    for (const event of events) {
      if (event.name === "hit") {
        this.#tell(event.data.by, event.data);
        this.#tell(event.data.victim, event.data);
      } else {
        const { by, victim } = event.data;
        const winner = this.state.roster.get(String(by));
        const loser = this.state.roster.get(String(victim));
        if (winner) winner.kills++;
        if (loser) loser.deaths++;
        this.broadcast("kill", event.data);
      }
    }
  }

  /** Hits interest only those two: the others see the sparks anyway. */
  #tell(player: number, hit: Hit): void {
    const session = this.#sessions.get(player);
    if (session !== undefined) this.clients.getById(session)?.send("hit", hit);
  }

  /** For the net graph: what became of an entity in the last snapshot to this client. */
  #sayWhy(client: Client, entity: unknown): void {
    const player = this.playersBySession.get(client.sessionId)?.number;
    if (player === undefined || typeof entity !== "number") return;
    const why = this.whyNotSent(player, entity);
    if (why !== undefined) client.send("why", whyAnswer(entity, why));
  }

  #say(client: Client, said: unknown): void {
    const now = this.clock.currentTime;
    const text = plainText(said, LONGEST_LINE);
    const player = this.playersBySession.get(client.sessionId)?.number;
    if (player === undefined || text === "") return;
    if (now - (this.#lastSaid.get(client.sessionId) ?? -Infinity) < CHAT_PAUSE_MS) return;
    this.#lastSaid.set(client.sessionId, now);
    const name = this.state.roster.get(String(player))?.name ?? "";
    this.broadcast("chat", { player, name, text });
  }
}
