/** Anything that is neither a letter, a mark, a digit, punctuation, a symbol nor a plain space. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** Makes a line of text fit to show from whatever a client sent: no control characters, no runs of spaces, not too long. */
export function plainText(value: unknown, longest: number): string {
  if (typeof value !== "string") return "";
  // Cut before the work is done: what a stranger sends may be of any length.
  const line = value
    .slice(0, longest * 4)
    .replace(UNPRINTABLE, " ")
    .replace(/ +/g, " ")
    .trim();
  return [...line].slice(0, longest).join("").trim();
}
