import { createHash } from "node:crypto";
import { type Scheduler, TidelockError } from "@tidelock/shared";
import { createClient } from "redis";
import type { JournalBatch, RegionSnapshot } from "../journal-entry.ts";
import {
  type AcquireAnswer,
  type Answer,
  ANSWER_WITHIN_MS,
  type CommitAnswer,
  type Directory,
  type EntityRecord,
  EPOCH_MS,
  type InboxEntry,
  type JournalAnswer,
  LEASE_MS,
  type RegionBus,
  type RenewAnswer,
  type SettleAnswer,
  type SnapshotAnswer,
  type StoredRegion,
} from "../region-bus.ts";
import type { RegionMessage } from "../region-message.ts";
import type { Claim, HandoffId, RegionId, Transfer } from "../transfer.ts";
import { fromBusJson, toBusJson } from "../bus-json.ts";
import { type ScriptName, SCRIPTS } from "./scripts.ts";

export interface RedisBusOptions {
  /** As in `redis://user:password@host:6379`. */
  readonly url: string;
  /** Worlds of different names share a Redis and nothing else. */
  readonly world: string;
  /** Names this run of this process; no other has the same. */
  readonly owner: string;
  readonly scheduler: Scheduler;
  /** How long a lease holds; 3000 ms, and other than that in tests only. */
  readonly leaseMs?: number;
}

/** How long to wait before Redis is tried again. */
const RECONNECT_MS = 100;
/** Scripts need what Redis 7 brought. */
const OLDEST_REDIS = 7;

type Client = ReturnType<typeof newClient>;

const HASHES = new Map(
  Object.entries(SCRIPTS).map(([name, text]) => [name, createHash("sha1").update(text).digest("hex")]),
);

/** The bus of worlds of many processes: a store in Redis, with its operations as scripts, and messages by Redis' pub/sub. */
export class RedisBus implements RegionBus {
  readonly owner: string;
  /** Errors of the connection; it comes back by itself. */
  onError: (error: Error) => void = () => {};
  readonly #commands: Client;
  readonly #messages: Client;
  readonly #prefix: string;
  readonly #leaseMs: number;
  readonly #scheduler: Scheduler;

  private constructor(options: RedisBusOptions) {
    this.owner = options.owner;
    this.#prefix = `{${options.world}}`;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#scheduler = options.scheduler;
    this.#commands = newClient(options.url);
    this.#messages = newClient(options.url);
    for (const client of [this.#commands, this.#messages])
      client.on("error", (error: Error) => this.onError(error));
  }

  /**
   * Connects.
   * @throws TidelockError `region/redis-unreachable` when nothing answers there, `region/redis-too-old` below version 7
   */
  static async connect(options: RedisBusOptions): Promise<RedisBus> {
    const bus = new RedisBus(options);
    try {
      await Promise.all([bus.#commands.connect(), bus.#messages.connect()]);
    } catch (error) {
      bus.close();
      throw new TidelockError(
        "region/redis-unreachable",
        `no Redis answers at ${options.url}: ${String(error)}. Start redis-server there, or give the address of yours`,
      );
    }
    const version = /redis_version:(\d+)/.exec(await bus.#commands.info("server"))?.[1];
    if (Number(version) >= OLDEST_REDIS) return bus;
    bus.close();
    throw new TidelockError(
      "region/redis-too-old",
      `the Redis at ${options.url} is of version ${version}; ${OLDEST_REDIS} or newer is needed`,
    );
  }

  close(): void {
    for (const client of [this.#commands, this.#messages]) if (client.isOpen) client.destroy();
  }

  acquire(region: RegionId, known: number, answer: Answer<AcquireAnswer>): void {
    const values = [region, this.owner, known, this.#leaseMs, EPOCH_MS];
    this.#ask("acquire", values, answer, ([kind, retryMs, incarnation, epoch, previous]: AcquireReply) =>
      kind === "granted"
        ? { kind, epoch: Number(epoch), previous: Number(previous), incarnation }
        : { kind, retryMs, incarnation },
    );
  }

  renew(region: RegionId, epoch: number, answer: Answer<RenewAnswer>): void {
    const values = [region, this.owner, epoch, this.#leaseMs];
    this.#ask("renew", values, answer, (reply: RenewReply): RenewAnswer =>
      reply[0] === "renewed" ? { kind: "renewed", incarnation: reply[1] } : { kind: "lost" },
    );
  }

  release(region: RegionId, epoch: number, answer: Answer<boolean>): void {
    this.#ask("release", [region, this.owner, epoch], answer, (reply: number) => reply === 1);
  }

  announce(load: number | undefined, answer: Answer<Directory>): void {
    const values = [this.owner, this.#leaseMs, load ?? ""];
    this.#ask("announce", values, answer, ([processes, regions]: AnnounceReply) => ({
      processes: processes.map(([owner, said]) => ({ owner, load: Number(said) })),
      regions: regions.map(([region, owner]) => ({ region: Number(region), owner })),
    }));
  }

  bury(owner: string, answer: Answer<readonly RegionId[]>): void {
    this.#ask("bury", [owner], answer, (reply: string[]) => reply.map(Number));
  }

  commit(transfer: Transfer, again: boolean, answer: Answer<CommitAnswer>): void {
    const { hid, from, fromEpoch, to, toEpoch, members } = transfer;
    const place = [from, fromEpoch, to, toEpoch, hid, again ? 1 : 0, toBusJson(transfer)];
    this.#ask(
      "commit",
      [this.owner, this.#leaseMs, ...place, ...flat(members)],
      answer,
      (reply: CommitAnswer) => reply,
    );
  }

  settle({ hid, from, fromEpoch, members }: Transfer, answer: Answer<SettleAnswer>): void {
    const values = [this.owner, this.#leaseMs, from, fromEpoch, hid, ...flat(members)];
    this.#ask("settle", values, answer, (reply: SettleAnswer) => reply);
  }

  reassert(region: RegionId, claims: readonly Claim[], answer: Answer<readonly number[]>): void {
    this.#ask("reassert", [region, ...flat(claims)], answer, (reply: string[]) => reply.map(Number));
  }

  records(ids: readonly number[], answer: Answer<readonly EntityRecord[]>): void {
    this.#ask("records", ids, answer, (reply: string[]) =>
      reply.map((record) => {
        const [id, epoch, region] = record.split(" ").map(Number);
        return { id, epoch, region };
      }),
    );
  }

  inbox(region: RegionId, answer: Answer<readonly InboxEntry[]>): void {
    this.#ask("inbox", [region], answer, (reply: [string, string[]][]) =>
      reply.map(([transfer, superseded]) => ({
        transfer: fromBusJson<Transfer>(transfer),
        superseded: superseded.map(Number),
      })),
    );
  }

  journal(region: RegionId, epoch: number, batch: JournalBatch, answer: Answer<JournalAnswer>): void {
    const { sequence, entries, arrived } = batch;
    const died = entries.flatMap((entry) => (entry.kind === "died" ? [entry.entity] : []));
    const values = [region, this.owner, epoch, this.#leaseMs, sequence, toBusJson(batch)];
    this.#ask(
      "journal",
      [...values, arrived.length, ...arrived, ...flat(died)],
      answer,
      (reply: JournalAnswer) => reply,
    );
  }

  snapshot(
    region: RegionId,
    epoch: number,
    snapshot: RegionSnapshot,
    left: readonly HandoffId[],
    answer: Answer<SnapshotAnswer>,
  ): void {
    const { tick, sequence } = snapshot;
    const values = [region, this.owner, epoch, this.#leaseMs, tick, sequence, toBusJson(snapshot), ...left];
    this.#ask("snapshot", values, answer, (reply: SnapshotAnswer) => reply);
  }

  load(region: RegionId, answer: Answer<StoredRegion>): void {
    this.#ask("load", [region], answer, ([snapshot, sequence, batches, left]: LoadReply) => ({
      snapshot: snapshot === "" ? undefined : fromBusJson<RegionSnapshot>(snapshot),
      batches: batches.map((batch) => fromBusJson<JournalBatch>(batch)),
      left: left.flatMap(claims),
      sequence: Number(sequence),
    }));
  }

  send(to: RegionId, message: RegionMessage): void {
    if (!this.#commands.isReady) return;
    this.#commands
      .publish(this.#channel(to), toBusJson(message))
      .catch((error: unknown) => this.onError(asError(error)));
  }

  listen(region: RegionId, hear: (message: RegionMessage) => void): () => void {
    const channel = this.#channel(region);
    const listener = (text: string): void => hear(fromBusJson<RegionMessage>(text));
    const report = (error: unknown): void => this.onError(asError(error));
    this.#messages.subscribe(channel, listener).catch(report);
    return () => {
      if (this.#messages.isOpen) this.#messages.unsubscribe(channel, listener).catch(report);
    };
  }

  #channel(region: RegionId): string {
    return `${this.#prefix}:to:${region}`;
  }

  #ask<R, T>(
    name: ScriptName,
    values: readonly (string | number)[],
    answer: Answer<T>,
    read: (reply: R) => T,
  ): void {
    const sentMs = this.#scheduler.nowMs();
    let isOpen = true;
    const settle = (value: T | undefined): void => {
      if (!isOpen) return;
      isOpen = false;
      cancelTimer();
      answer(this.#scheduler.nowMs() - sentMs > ANSWER_WITHIN_MS ? undefined : value);
    };
    const cancelTimer = this.#scheduler.after(ANSWER_WITHIN_MS, () => settle(undefined));
    this.#run(name, values.map(String)).then(
      (reply) => settle(read(reply as R)),
      (error: unknown) => {
        this.onError(asError(error));
        settle(undefined);
      },
    );
  }

  async #run(name: ScriptName, values: string[]): Promise<unknown> {
    try {
      return await this.#commands.sendCommand([
        "EVALSHA",
        HASHES.get(name) ?? "",
        "1",
        this.#prefix,
        ...values,
      ]);
    } catch (error) {
      // A Redis that has just started does not know the scripts.
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
      return await this.#commands.sendCommand(["EVAL", SCRIPTS[name], "1", this.#prefix, ...values]);
    }
  }
}

type AcquireReply = [
  kind: AcquireAnswer["kind"],
  retryMs: number,
  incarnation: string,
  epoch: string,
  previous: string,
];
type AnnounceReply = [processes: [owner: string, load: string][], regions: [region: string, owner: string][]];
type RenewReply = ["renewed", string] | ["lost"];
type LoadReply = [snapshot: string, sequence: string, batches: string[], left: string[]];

function newClient(url: string) {
  // Without a queue for when Redis is away: what was asked long ago is not to happen now.
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      reconnectStrategy: (retries, cause) => (retries === 0 && isRefused(cause) ? cause : RECONNECT_MS),
    },
  });
}

function isRefused(cause: Error): boolean {
  return "code" in cause && cause.code === "ECONNREFUSED";
}

function flat(claims: readonly Claim[]): number[] {
  return claims.flatMap(({ id, epoch }) => [id, epoch]);
}

function claims(text: string): Claim[] {
  const numbers = text === "" ? [] : text.split(" ").map(Number);
  return numbers.flatMap((id, at) => (at % 2 === 0 ? [{ id, epoch: numbers[at + 1] }] : []));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
