/** The stable code of every error; docs/errors.md has a section for each. */
export type ErrorCode =
  `${"schema" | "region" | "world" | "input" | "snapshot" | "join" | "transport" | "config" | "room" | "fleet"}/${string}`;

/**
 * Thrown at once when a developer misuses the API, and delivered to a game when a join is refused.
 * The message names the thing, what was found, what is allowed and what to do.
 * Bad data from a peer never throws: it is dropped and counted.
 */
export class TidelockError extends Error {
  override readonly name = "TidelockError";
  /** Stable across releases; safe to compare and to translate for players. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(`${message} [${code}]`);
    this.code = code;
  }
}
