import type { JournalBatch, RegionSnapshot } from "./journal-entry.ts";
import type { MemoryBus } from "./memory-bus.ts";
import {
  type AcquireAnswer,
  type Answer,
  ANSWER_WITHIN_MS,
  type CommitAnswer,
  type Directory,
  type EntityRecord,
  type InboxEntry,
  type JournalAnswer,
  type RegionBus,
  type RenewAnswer,
  type SettleAnswer,
  type SnapshotAnswer,
  type StoredRegion,
} from "./region-bus.ts";
import type { RegionMessage } from "./region-message.ts";
import type { RegionStore, Writer } from "./region-store.ts";
import type { Claim, HandoffId, RegionId, Transfer } from "./transfer.ts";

/** A process' end of a memory bus. It can be cut off, paused and killed, as a process can. */
export class MemoryConnection implements RegionBus {
  readonly owner: string;
  /** Neither requests nor messages get through, in either direction. */
  cut = false;
  readonly #bus: MemoryBus;
  #state: "running" | "paused" | "dead" = "running";
  readonly #waiting: (() => void)[] = [];

  constructor(bus: MemoryBus, owner: string) {
    this.#bus = bus;
    this.owner = owner;
  }

  /** What comes in waits for `resume`. */
  pause(): void {
    if (this.#state === "running") this.#state = "paused";
  }

  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    for (const task of this.#waiting.splice(0)) this.#run(task);
  }

  /** Nothing comes in any more. What was sent goes its way. */
  kill(): void {
    this.#state = "dead";
    this.#waiting.length = 0;
  }

  deliver(task: () => void): void {
    if (!this.cut) this.#run(task);
  }

  #run(task: () => void): void {
    if (this.#state === "paused") this.#waiting.push(task);
    else if (this.#state === "running") task();
  }

  acquire(region: RegionId, known: number, answer: Answer<AcquireAnswer>): void {
    this.#ask("acquire", (store, writer) => store.acquire(region, known, writer), answer);
  }

  renew(region: RegionId, epoch: number, answer: Answer<RenewAnswer>): void {
    const { owner } = this;
    this.#ask("renew", (store, { nowMs }) => store.leases.renew(region, owner, epoch, nowMs), answer);
  }

  release(region: RegionId, epoch: number, answer: Answer<boolean>): void {
    const { owner } = this;
    this.#ask("release", (store) => store.leases.release(region, owner, epoch), answer);
  }

  announce(load: number | undefined, answer: Answer<Directory>): void {
    this.#ask("announce", (store, writer) => store.announce(load, writer), answer);
  }

  bury(owner: string, answer: Answer<readonly RegionId[]>): void {
    this.#ask("bury", (store, writer) => store.bury(owner, writer), answer);
  }

  commit(transfer: Transfer, again: boolean, answer: Answer<CommitAnswer>): void {
    this.#ask("commit", (store, writer) => store.commit(transfer, again, writer), answer);
  }

  settle(transfer: Transfer, answer: Answer<SettleAnswer>): void {
    this.#ask("settle", (store, writer) => store.settle(transfer, writer), answer);
  }

  reassert(region: RegionId, claims: readonly Claim[], answer: Answer<readonly number[]>): void {
    this.#ask("reassert", (store) => store.reassert(region, claims), answer);
  }

  records(ids: readonly number[], answer: Answer<readonly EntityRecord[]>): void {
    this.#ask("records", (store) => store.records(ids), answer);
  }

  inbox(region: RegionId, answer: Answer<readonly InboxEntry[]>): void {
    this.#ask("inbox", (store) => store.inbox(region), answer);
  }

  journal(region: RegionId, epoch: number, batch: JournalBatch, answer: Answer<JournalAnswer>): void {
    this.#ask("journal", (store, writer) => store.journal(region, epoch, batch, writer), answer);
  }

  snapshot(
    region: RegionId,
    epoch: number,
    snapshot: RegionSnapshot,
    left: readonly HandoffId[],
    answer: Answer<SnapshotAnswer>,
  ): void {
    this.#ask("snapshot", (store, writer) => store.snapshot(region, epoch, snapshot, left, writer), answer);
  }

  load(region: RegionId, answer: Answer<StoredRegion>): void {
    this.#ask("load", (store) => store.load(region), answer);
  }

  send(to: RegionId, message: RegionMessage): void {
    if (this.#state === "running" && !this.cut) this.#bus.publish(to, message);
  }

  listen(region: RegionId, hear: (message: RegionMessage) => void): () => void {
    return this.#bus.subscribe(region, { connection: this, hear });
  }

  #ask<T>(name: string, operate: (store: RegionStore, writer: Writer) => T, answer: Answer<T>): void {
    const bus = this.#bus;
    const { scheduler, faults, store } = bus;
    if (this.#state === "dead") return;
    const sentMs = scheduler.nowMs();
    let isOpen = true;
    const settle = (value: T | undefined): void => {
      if (!isOpen) return;
      isOpen = false;
      answer(scheduler.nowMs() - sentMs > ANSWER_WITHIN_MS ? undefined : value);
    };
    // A process that is cut off still hears its own timer.
    const timeOut = (): void => this.#run(() => settle(undefined));
    const cancelTimer = scheduler.after(ANSWER_WITHIN_MS + 1, timeOut);
    const isLost = this.cut || bus.chance(faults.lostRequests);
    bus.onStep(this.owner, name, "sent");
    if (isLost) return;
    scheduler.after(bus.delay(), () => {
      if (bus.down) return;
      store.at(scheduler.nowMs());
      const value = operate(store, { owner: this.owner, nowMs: scheduler.nowMs() });
      bus.onStep(this.owner, name, "done");
      if (bus.chance(faults.lostAnswers)) return;
      scheduler.after(bus.delay(), () =>
        this.deliver(() => {
          cancelTimer();
          settle(value);
          bus.onStep(this.owner, name, "answered");
        }),
      );
    });
  }
}
