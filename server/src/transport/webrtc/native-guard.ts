import type { DropCounter } from "@tidelock/shared";

/**
 * Wraps a callback that native code calls. A synchronous throw in one aborts the whole process, with no
 * handler that could catch it; so everything handed to node-datachannel goes through here.
 */
export function guarded<Args extends unknown[]>(
  drops: DropCounter,
  callback: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch {
      drops.add("callback-failed");
    }
  };
}

/** Runs `action`, which calls into native code that throws when its object is already gone. */
export function attempt(drops: DropCounter, action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    drops.add("native-call-failed");
    return false;
  }
}
