import type { Scheduler } from "@tidelock/shared";
import type { RegionMessage } from "./region-message.ts";
import { MemoryConnection } from "./memory-connection.ts";
import type { RegionStore } from "./region-store.ts";
import type { RegionId } from "./transfer.ts";

/** From the least to the most, both included. */
export type Range = readonly [leastMs: number, mostMs: number];

/** What goes wrong on the way, and how often, from 0 to 1. */
export interface BusFaults {
  /** How long a request, an answer or a message is under way; where the two differ, things overtake each other. */
  readonly delayMs: Range;
  readonly lostRequests: number;
  /** The operation happened, but nobody hears of it. */
  readonly lostAnswers: number;
  readonly lostMessages: number;
  readonly doubledMessages: number;
}

export const NO_FAULTS: BusFaults = {
  delayMs: [0, 0],
  lostRequests: 0,
  lostAnswers: 0,
  lostMessages: 0,
  doubledMessages: 0,
};

/** Where an operation is when `onStep` is told of it. */
export type OperationPhase = "sent" | "done" | "answered";

export interface MemoryBusOptions {
  readonly scheduler: Scheduler;
  readonly store: RegionStore;
  /** From 0 to 1, 1 excluded. */
  readonly random?: () => number;
}

/**
 * The bus of a world that lives in one process, and of tests: a store in memory and messages by scheduler. Its faults are those that
 * a database across a network has; with the same scheduler and random numbers they are the same each time.
 */
export class MemoryBus {
  readonly store: RegionStore;
  faults: BusFaults = NO_FAULTS;
  /** The store answers nobody. */
  down = false;
  /** Told of each operation's progress, so that a test can strike at that moment. */
  onStep: (owner: string, operation: string, phase: OperationPhase) => void = () => {};
  readonly scheduler: Scheduler;
  readonly #random: () => number;
  readonly #listeners = new Map<RegionId, Set<Listener>>();

  constructor({ scheduler, store, random = () => 0 }: MemoryBusOptions) {
    this.scheduler = scheduler;
    this.store = store;
    this.#random = random;
  }

  /** The bus as one process sees it; `owner` names the process. */
  connect(owner: string): MemoryConnection {
    return new MemoryConnection(this, owner);
  }

  /** Stops the store and starts it again at once, without the writes of the last `lossMs`. */
  restart(lossMs: number): void {
    this.store.restart(this.scheduler.nowMs(), lossMs);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }

  delay(): number {
    const [least, most] = this.faults.delayMs;
    return most === least ? least : least + (most - least) * this.#random();
  }

  publish(to: RegionId, message: RegionMessage): void {
    if (this.down || this.chance(this.faults.lostMessages)) return;
    const copies = this.chance(this.faults.doubledMessages) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      this.scheduler.after(this.delay(), () => {
        for (const { connection, hear } of this.#listeners.get(to) ?? [])
          connection.deliver(() => hear(message));
      });
  }

  subscribe(region: RegionId, listener: Listener): () => void {
    const listeners = this.#listeners.get(region) ?? new Set<Listener>();
    this.#listeners.set(region, listeners.add(listener));
    return () => void listeners.delete(listener);
  }
}

interface Listener {
  readonly connection: MemoryConnection;
  readonly hear: (message: RegionMessage) => void;
}
