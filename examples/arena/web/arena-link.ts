import type { ConditionedSession, NetGraphSource, NetStats } from "@tidelock/client";
import type { WhyAnswer } from "../server/why-answer.ts";
import type { Hit, Kill } from "../shared/entities.ts";
import type { Command } from "./input/command.ts";
import type { ArenaSight, ChatLine, RosterEntry } from "./sight.ts";

/** All that the page needs from a running connection. The one implementation is in connection.ts. */
export interface ArenaLink {
  /** My player number. */
  readonly player: number;
  /** Hands over what the player wants and returns what is to be shown. Called once per picture. */
  frame(command: Command, now: number): ArenaSight;
  /** What the tools for developers work on. */
  readonly network: NetGraphSource & ConditionedSession & { readonly stats: NetStats };
  readonly roster: readonly RosterEntry[];
  say(text: string): void;
  /** Asks the server what became of an entity in the last snapshot to this client; `onWhy` hears it. */
  askWhy(entity: number): void;
  leave(): void;
  /** A hit that I made or took. */
  onHit: (hit: Hit) => void;
  /** Anybody's kill. */
  onKill: (kill: Kill) => void;
  onWhy: (answer: WhyAnswer) => void;
  onRoster: (entries: readonly RosterEntry[]) => void;
  onChat: (line: ChatLine) => void;
  /** The connection has an interruption to report, or, with undefined, is well again. */
  onTrouble: (text: string | undefined) => void;
}
