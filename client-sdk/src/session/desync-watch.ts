import {
  columnValue,
  type Difference,
  type DifferentEntity,
  isSent,
  MAX_CHECKED,
  NO_MARGIN,
  readDifference,
  stateHash,
  type Tick,
  unwrap16,
  writeCheck,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";
import type { SnapshotDecoder } from "../snapshot/snapshot-decoder.ts";
import type { Desync } from "./desync.ts";

/** Why an answer to a check is dropped. */
export type DifferenceDrop = "malformed-difference" | "stale-difference";

/** Looks for differences between this client and the server, as far as the server asks for it. */
export class DesyncWatch {
  readonly #decoder: SnapshotDecoder;
  readonly #checkEvery: number;
  readonly #send: (frame: Uint8Array) => void;
  readonly #report: (desync: Desync) => void;
  #nextCheck: Tick = 0;
  /** Where the next check begins among the entities: a view that does not fit into one is checked in turns. */
  #begin = 0;
  #inputsInTime = false;

  /** `checkEvery`: ticks between two checks. */
  constructor(
    decoder: SnapshotDecoder,
    checkEvery: number,
    send: (frame: Uint8Array) => void,
    report: (desync: Desync) => void,
  ) {
    this.#decoder = decoder;
    this.#checkEvery = checkEvery;
    this.#send = send;
    this.#report = report;
  }

  /** Takes in that a snapshot was taken; `missing` before it did not come. Sends a check when one is due. */
  taken(missing: number): void {
    const { tick, newestInput, margin } = this.#decoder.header;
    // What a lost packet said of late inputs is lost too.
    this.#inputsInTime = missing === 0 && newestInput >= 0 && (margin === NO_MARGIN || margin >= 0);
    if (tick < this.#nextCheck) return;
    this.#nextCheck = tick + this.#checkEvery;
    this.#check(tick);
  }

  /** Takes in what is different from what this client predicted; it is reported unless an input that came late explains it. */
  predicted(tick: Tick, differences: readonly Difference[]): void {
    if (this.#inputsInTime && differences.length > 0) this.#report({ kind: "prediction", tick, differences });
  }

  /** Takes the server's answer to a check. Returns why it was dropped, if it was. */
  receive(frame: Uint8Array): DifferenceDrop | undefined {
    const answer = readDifference(frame);
    if (answer === undefined) return "malformed-difference";
    const tick = unwrap16(answer.tick, this.#decoder.newestTick);
    const differences = answer.entities.flatMap((entity) => this.#compare(entity, tick));
    if (differences.length === 0) return "stale-difference";
    this.#report({ kind: "snapshot", tick, differences });
    return undefined;
  }

  #check(tick: Tick): void {
    const { updated } = this.#decoder;
    if (updated.length === 0) return;
    if (this.#begin >= updated.length) this.#begin = 0;
    const checked = updated.slice(this.#begin, this.#begin + MAX_CHECKED);
    this.#begin += checked.length;
    this.#send(
      writeCheck(
        tick,
        checked.map((replica) => ({
          id: replica.id,
          level: replica.level,
          hash: stateHash(replica.type, replica.level, replica.rows, replica.row(tick)),
        })),
      ),
    );
  }

  #compare({ id, level, values }: DifferentEntity, tick: Tick): Difference[] {
    const replica = this.#decoder.find(id);
    if (replica === undefined || replica.level !== level || !replica.has(tick)) return [];
    const columns = replica.type.columns.filter((column) => isSent(column, level));
    if (columns.length !== values.length) return [];
    return columns.flatMap(({ index, name }, i) => this.#difference(replica, tick, index, name, values[i]));
  }

  #difference(replica: Replica, tick: Tick, index: number, field: string, servers: number): Difference[] {
    const { type, id, rows } = replica;
    const mine = rows[index][replica.row(tick)];
    if (mine === servers) return [];
    const values = [columnValue(type, index, mine), columnValue(type, index, servers)] as const;
    return [{ kind: "field", type: type.name, id, field, values }];
  }
}
