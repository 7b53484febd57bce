import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A call, during a step, of something whose answer is not a function of the world. */
export interface AmbientCall {
  /** `Math.random`, `Date.now` ... */
  readonly name: string;
  readonly tick: number;
  /** File and line of the caller, relative to the working directory; empty when the engine does not tell. */
  readonly at: string;
  /** `other each time`: clocks and chance. `other per engine`: mathematics whose last bit an engine may choose. */
  readonly answer: "other each time" | "other per engine";
}

/** Engines may give another last bit for these; see docs/guides/writing-a-step.md. */
const INEXACT =
  "sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log log1p log2 log10 pow cbrt hypot".split(
    " ",
  );

/** No two answers of a clock are to be alike, however fast steps follow one another: only then does it show in the state. */
const CLOCK_LEAP = 7919;

/** Who calls a function is looked up so often: it is slow, and what is called that often has been seen from everywhere. */
const MOST_LOOKS = 2000;

/**
 * Listens for calls of clocks, chance and inexact mathematics while a step runs, until `restore`. What a package in node_modules does is
 * its own affair, as long as it does not show in the state.
 */
export class AmbientCalls {
  /** The first call of each function from each place. */
  readonly calls: AmbientCall[] = [];
  readonly #places = new Set<string>();
  /** By function: how often it was looked who calls it. */
  readonly #looked = new Map<string, number>();
  readonly #restores: (() => void)[] = [];
  #tick = -1;
  #leap = 0;

  constructor() {
    this.#listen(Math, "random", "Math.random");
    for (const name of INEXACT) this.#listen(Math, name, `Math.${name}`);
    this.#listen(performance, "now", "performance.now", (value) => this.#leapFrom(value));
    this.#listen(crypto, "getRandomValues", "crypto.getRandomValues");
    this.#listen(crypto, "randomUUID", "crypto.randomUUID");
    this.#listenToDate();
  }

  /** Runs a step of `tick` and notes what it calls. */
  during(tick: number, step: () => void): void {
    this.#tick = tick;
    try {
      step();
    } finally {
      this.#tick = -1;
    }
  }

  /** Puts everything back. */
  restore(): void {
    for (const restore of this.#restores) restore();
  }

  #listen(
    owner: object,
    key: string,
    name: string,
    change: (value: unknown) => unknown = (value) => value,
  ): void {
    const original: unknown = Reflect.get(owner, key);
    if (typeof original !== "function") return;
    const listening = (...args: unknown[]): unknown => {
      const value: unknown = Reflect.apply(original, owner, args);
      return this.#note(name, listening) ? change(value) : value;
    };
    const own = Object.hasOwn(owner, key);
    Object.defineProperty(owner, key, { value: listening, configurable: true, writable: true });
    this.#restores.push(() => {
      if (own) Object.defineProperty(owner, key, { value: original, configurable: true, writable: true });
      else Reflect.deleteProperty(owner, key);
    });
  }

  #listenToDate(): void {
    const original = Date;
    const now = (): number => {
      const value = original.now();
      return this.#note("Date.now", now) ? this.#leapFrom(value) : value;
    };
    const construct = (target: typeof Date, args: unknown[], newTarget: Function): object => {
      if (args.length > 0 || !this.#note("new Date", construct))
        return Reflect.construct(target, args, newTarget);
      return new original(this.#leapFrom(original.now()));
    };
    globalThis.Date = new Proxy(original, {
      construct,
      get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
    });
    this.#restores.push(() => {
      globalThis.Date = original;
    });
  }

  #leapFrom(value: unknown): number {
    this.#leap += CLOCK_LEAP;
    return Number(value) + this.#leap;
  }

  /** True while a step runs and nothing excuses the call; then it is noted, unless it has been from that place. */
  #note(name: string, above: Function): boolean {
    if (this.#tick < 0) return false;
    const looked = this.#looked.get(name) ?? 0;
    if (looked >= MOST_LOOKS) return false;
    this.#looked.set(name, looked + 1);
    const trace: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(trace, above);
    Error.stackTraceLimit = limit;
    const at = callerIn(trace.stack ?? "");
    const place = `${name} ${at}`;
    if (at.includes("node_modules")) return false;
    if (!this.#places.has(place)) {
      this.#places.add(place);
      const answer = INEXACT.includes(name.slice("Math.".length)) ? "other per engine" : "other each time";
      this.calls.push({ name, tick: this.#tick, at, answer });
    }
    return true;
  }
}

/** File and line of the topmost frame of a stack. */
function callerIn(stack: string): string {
  const frame = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):\d+\)?\s*$/m.exec(stack);
  if (frame === null) return "";
  const [, file, line] = frame;
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return `${relative(process.cwd(), path)}:${line}`;
}
