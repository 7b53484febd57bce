import { TidelockError } from "@tidelock/shared";

/** Throws unless an option of a policy is in its range. */
export function checkDistance(
  policy: string,
  name: string,
  found: number,
  isAllowed: boolean,
  allowed: string,
): void {
  if (isAllowed) return;
  throw new TidelockError(
    "room/interest-options",
    `${name} of ${policy} is ${found}; allowed is ${allowed}.`,
  );
}
