import type { Command } from "./input/command.ts";
import type { Measures } from "./netgraph/measures.ts";
import type { ArenaHappening, ArenaSight, ChatLine, RosterEntry } from "./sight.ts";

/** All that the page needs from a running connection. The one implementation is in connection.ts. */
export interface ArenaLink {
  /** My player number. */
  readonly player: number;
  /** Networks worse than the real one that can be imitated; the first is the real one. */
  readonly presets: readonly string[];
  /** Hands over what the player wants and returns what is to be shown. Called once per picture. */
  frame(command: Command, now: number): ArenaSight;
  measures(): Measures;
  imitate(preset: string): void;
  say(text: string): void;
  leave(): void;
  onHappening: (happening: ArenaHappening) => void;
  onRoster: (entries: readonly RosterEntry[]) => void;
  onChat: (line: ChatLine) => void;
  /** The connection has an interruption to report, or, with undefined, is well again. */
  onTrouble: (text: string | undefined) => void;
}
