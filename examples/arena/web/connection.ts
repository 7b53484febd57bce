import { join, type Session } from "@tidelock/client";
import type { ArenaState } from "../server/state.ts";
import type { WhyAnswer } from "../server/why-answer.ts";
import type { ArenaEvents, controls, entities, Hit, Kill } from "../shared/entities.ts";
import { arena } from "../shared/game.ts";
import { RELOAD_TICKS, TICK_RATE } from "../shared/rules.ts";
import type { ArenaLink } from "./arena-link.ts";
import type { Command } from "./input/command.ts";
import type { ArenaSight, ChatLine, CockpitSight, PlayerSight, RosterEntry } from "./sight.ts";

type ArenaSession = Session<typeof entities, typeof controls.fields, ArenaEvents, ArenaState>;

/** Joins the arena on the server this page came from. */
export async function connect(name: string): Promise<ArenaLink> {
  const session: ArenaSession = await join(location.origin, arena, {
    options: { name },
    // What is said before there is a page to show it concerns nobody here.
    onRoom: (room) => room.onMessage("*", () => {}),
  });
  return new Connection(session);
}

/** Ties the page to a session: inputs in, entities out, and the room's messages and state as callbacks. */
class Connection implements ArenaLink {
  onHit: (hit: Hit) => void = () => {};
  onKill: (kill: Kill) => void = () => {};
  onWhy: (answer: WhyAnswer) => void = () => {};
  onRoster: (entries: readonly RosterEntry[]) => void = () => {};
  onChat: (line: ChatLine) => void = () => {};
  onTrouble: (text: string | undefined) => void = () => {};
  readonly #session: ArenaSession;
  /** The newest frame in which my own ship was seen. */
  #last: ArenaSight | undefined;

  constructor(session: ArenaSession) {
    this.#session = session;
    const { room } = session;
    // The seat is kept from the first moment, so it is worth asking for from then on.
    room.reconnection.minUptime = 0;
    room.onMessage<Hit>("hit", (hit) => this.onHit(hit));
    room.onMessage<Kill>("kill", (kill) => this.onKill(kill));
    room.onMessage<WhyAnswer>("why", (answer) => this.onWhy(answer));
    room.onMessage<ChatLine>("chat", (line) => this.onChat(line));
    room.onStateChange((state) => this.onRoster(readRoster(state)));
    session.onStateChange = (state) => {
      if (state === "playing") this.onTrouble(undefined);
      else if (state === "reconnecting") this.onTrouble("Connection lost. Your seat is kept, trying again…");
      else if (state === "left") this.onTrouble("Disconnected. Reload the page to play again.");
    };
  }

  get player(): number {
    return this.#session.player;
  }

  get roster(): RosterEntry[] {
    return readRoster(this.#session.room.state);
  }

  get network(): ArenaSession {
    return this.#session;
  }

  frame(command: Command, now: number): ArenaSight {
    Object.assign(this.#session.input, command);
    const { player: players, bullet: bullets } = this.#session.frame(now);
    const me = players.find((player) => player.mine);
    // Until the stream goes on after an interruption, what was seen last stays in the picture.
    if (me || !this.#last) this.#last = { players, bullets, me, cockpit: cockpitOf(me, this.#session.tick) };
    return this.#last;
  }

  say(text: string): void {
    this.#session.room.send("say", text);
  }

  askWhy(entity: number): void {
    this.#session.room.send("why", entity);
  }

  leave(): void {
    void this.#session.leave();
  }
}

function readRoster(state: ArenaState): RosterEntry[] {
  const entries: RosterEntry[] = [];
  state.roster.forEach(
    ({ name, kills, deaths }, player) => void entries.push({ player: Number(player), name, kills, deaths }),
  );
  return entries;
}

function cockpitOf(me: PlayerSight | undefined, tick: number): CockpitSight {
  if (!me) return { ammo: 0, reloaded: 1, respawnSeconds: 0 };
  const wait = Math.max(0, me.gunReadyAt - tick);
  return {
    ammo: me.ammo,
    reloaded: me.ammo === 0 ? 1 - Math.min(1, wait / RELOAD_TICKS) : 1,
    respawnSeconds: me.condition === "sunk" ? Math.max(0, me.conditionEndsAt - tick) / TICK_RATE : 0,
  };
}
