import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type {
  AcquireAnswer,
  CommitAnswer,
  JournalAnswer,
  SettleAnswer,
  SnapshotAnswer,
} from "./region-bus.ts";
import { fromBusJson, toBusJson } from "./bus-json.ts";
import type { JournalBatch, RegionSnapshot } from "./journal-entry.ts";
import type { Grant } from "./lease-table.ts";
import { RegionStore, type StoreContents, type Writer } from "./region-store.ts";
import type { Claim, HandoffId, RegionId, Transfer } from "./transfer.ts";

/** A log longer than this is replaced by the contents of the store. */
const COMPACT_BYTES = 8 << 20;

/** A write that took effect, so that it needs no checks when it is done again. */
type Logged =
  | { readonly op: "grant"; readonly region: RegionId; readonly grant: Grant }
  | { readonly op: "commit" | "settle"; readonly transfer: Transfer; readonly writer: Writer }
  | { readonly op: "reassert"; readonly region: RegionId; readonly claims: readonly Claim[] }
  | {
      readonly op: "journal";
      readonly region: RegionId;
      readonly epoch: number;
      readonly batch: JournalBatch;
      readonly writer: Writer;
    }
  | {
      readonly op: "snapshot";
      readonly region: RegionId;
      readonly epoch: number;
      readonly snapshot: RegionSnapshot;
      readonly left: readonly HandoffId[];
      readonly writer: Writer;
    };

/**
 * A store that outlives its process: each write that took effect is appended to a file before it is answered. It survives the end of the
 * process, however it comes; the operating system may keep the last second of it in memory, which a power failure would take.
 */
export class FileStore extends RegionStore {
  readonly #folder: string;
  #generation = 0;
  #file = -1;
  #bytes = 0;

  /** Opens the store in a folder, which is made when it is not there. One process at a time. */
  constructor(folder: string) {
    super();
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const contents = join(folder, CONTENTS);
    if (existsSync(contents)) {
      const saved = fromBusJson<Saved>(readFileSync(contents, "utf8"));
      this.#generation = saved.generation;
      this.fill(saved.contents);
    }
    this.#replay();
    this.#file = openSync(this.#logPath(), "a");
    // Whoever owned a region was in the process that is gone.
    for (const [region, grant] of this.leases.grants())
      this.leases.putGrant(region, { ...grant, untilMs: 0 });
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  override acquire(region: RegionId, known: number, writer: Writer): AcquireAnswer {
    const answer = super.acquire(region, known, writer);
    if (answer.kind === "granted") this.#log({ op: "grant", region, grant: this.leases.grantOf(region) });
    return answer;
  }

  override commit(transfer: Transfer, again: boolean, writer: Writer): CommitAnswer {
    const answer = super.commit(transfer, again, writer);
    if (answer === "committed") this.#log({ op: "commit", transfer, writer });
    return answer;
  }

  override settle(transfer: Transfer, writer: Writer): SettleAnswer {
    const answer = super.settle(transfer, writer);
    if (answer === "kept") this.#log({ op: "settle", transfer, writer });
    return answer;
  }

  override reassert(region: RegionId, claims: readonly Claim[]): readonly number[] {
    const superseded = super.reassert(region, claims);
    this.#log({ op: "reassert", region, claims });
    return superseded;
  }

  override journal(region: RegionId, epoch: number, batch: JournalBatch, writer: Writer): JournalAnswer {
    const answer = super.journal(region, epoch, batch, writer);
    if (answer === "written") this.#log({ op: "journal", region, epoch, batch, writer });
    return answer;
  }

  override snapshot(
    region: RegionId,
    epoch: number,
    snapshot: RegionSnapshot,
    left: readonly HandoffId[],
    writer: Writer,
  ): SnapshotAnswer {
    const answer = super.snapshot(region, epoch, snapshot, left, writer);
    if (answer === "written") this.#log({ op: "snapshot", region, epoch, snapshot, left, writer });
    return answer;
  }

  #logPath(): string {
    return join(this.#folder, `log-${this.#generation}.jsonl`);
  }

  #log(entry: Logged): void {
    if (this.#file < 0) return;
    this.#bytes += writeSync(this.#file, `${toBusJson(entry)}\n`);
    if (this.#bytes > COMPACT_BYTES) this.compact();
  }

  /** Replaces the log by the contents. A crash in the middle leaves the old contents with the old log, or the new with an empty one. */
  compact(): void {
    const old = this.#logPath();
    this.close();
    this.#generation++;
    const saved: Saved = { generation: this.#generation, contents: this.contents() };
    const path = join(this.#folder, CONTENTS);
    writeFileSync(`${path}.new`, toBusJson(saved));
    renameSync(`${path}.new`, path);
    this.#file = openSync(this.#logPath(), "a");
    this.#bytes = 0;
    rmSync(old, { force: true });
  }

  #replay(): void {
    const path = this.#logPath();
    if (!existsSync(path)) return;
    const text = readFileSync(path, "utf8");
    this.#bytes = text.length;
    // What stands behind the last line's end was being written when the process ended, and nobody was told that it is there.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    for (const line of whole.split("\n")) if (line !== "") this.#again(fromBusJson<Logged>(line));
    if (whole.length < text.length) writeFileSync(path, whole);
  }

  #again(entry: Logged): void {
    switch (entry.op) {
      case "grant":
        return this.leases.putGrant(entry.region, entry.grant);
      case "commit":
        return void super.commit(entry.transfer, true, entry.writer);
      case "settle":
        return void super.settle(entry.transfer, entry.writer);
      case "reassert":
        return void super.reassert(entry.region, entry.claims);
      case "journal":
        return void super.journal(entry.region, entry.epoch, entry.batch, entry.writer);
      case "snapshot":
        return void super.snapshot(entry.region, entry.epoch, entry.snapshot, entry.left, entry.writer);
    }
  }
}

const CONTENTS = "store.json";

interface Saved {
  readonly generation: number;
  readonly contents: StoreContents;
}
