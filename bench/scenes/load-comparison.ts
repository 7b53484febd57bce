import type { Condition } from "@tidelock/shared";
import { percentile, rounded } from "../report/percentile.ts";
import type { LoadClient } from "../worlds/load-client.ts";
import { LoadRoom } from "../worlds/load-room.ts";
import { LoadWitness } from "./load-witness.ts";

/** Ticks before times are taken: everybody has joined, and the compiler has settled. */
const WARM_UP_TICKS = 60;
const PROGRESS_TICKS = 100;
/** One client in so many is looked over the shoulder; odd, so that both halves are among them. */
const WITNESS_EVERY = 3;

export interface ComparisonOptions {
  readonly clients: number;
  readonly seed: number;
  readonly path: Condition;
  readonly lossyPath: Condition;
  readonly changeEvery: number;
  readonly ticks: number;
  progress(message: string): void;
}

/** What half of the clients were sent, those that had come and gone included. */
export interface HalfFigures {
  bytesPerClientTick: number;
  bytesPerObjectUpdate: number;
  /** From a tick to the arrival of its packet. */
  meanDelayMs: number;
  /** Packets that arrived. */
  packets: number;
}

export interface LoadComparison {
  /** Clients whose path is the same in both rooms. */
  steadyClients: number;
  /** Of these, how many got another byte in one of the rooms than in the other. */
  otherBytes: number;
  /** Of these, to how many a packet came sooner or later. */
  otherDelays: number;
  /** Median over ticks, of the room without loss and of the one with it. */
  encodeMsWithoutLoss: number;
  encodeMs: number;
  encodeMsP95: number;
  /** Median over ticks of the one by the other. */
  encodeRatio: number;
  steady: { withoutLoss: HalfFigures; withLoss: HalfFigures };
  lossy: { withoutLoss: HalfFigures; withLoss: HalfFigures };
  /** Wrong fields, refused packets, entities missing or shown too long. */
  mismatches: number;
  /** Entities that were held against the server's world, with all their fields. */
  comparedEntities: number;
  /** Entities in view whose news had to wait, for want of room in a packet. */
  lateEntities: number;
}

/** A room, everybody who was ever in it, and some of what they were shown. */
class WatchedRoom {
  readonly room: LoadRoom;
  readonly steady: LoadClient[] = [];
  readonly lossy: LoadClient[] = [];
  readonly witnesses: LoadWitness[] = [];
  readonly encodeMs: number[] = [];
  #joined = 0;

  constructor({ clients, seed, path, changeEvery }: ComparisonOptions, otherPath: Condition) {
    this.room = new LoadRoom({ clients, seed, path, otherPath, changeEvery, decodeEvery: 1 });
    this.room.onJoin = (client, isOther) => {
      (isOther ? this.lossy : this.steady).push(client);
      if (this.#joined++ % WITNESS_EVERY === 0) this.witnesses.push(new LoadWitness(this.room.world, client));
    };
  }

  step(): void {
    this.room.step();
    if (this.room.tick > WARM_UP_TICKS) this.encodeMs.push(this.room.encodeMs);
  }

  get refused(): number {
    return [...this.steady, ...this.lossy].reduce((sum, { refused }) => sum + refused, 0);
  }
}

/**
 * Runs two rooms that differ in nothing but the paths of half of the clients, tick by tick in turn, and compares what the other half
 * gets. Times of the two are taken side by side, so that a busy machine disturbs both alike.
 */
export function compareLoad(options: ComparisonOptions): LoadComparison {
  const { ticks, path, lossyPath, progress } = options;
  const without = new WatchedRoom(options, path);
  const withLoss = new WatchedRoom(options, lossyPath);
  for (let tick = 1; tick <= WARM_UP_TICKS + ticks; tick++) {
    // Who goes first finds the processor's cache as the other left it.
    for (const room of tick % 2 === 0 ? [without, withLoss] : [withLoss, without]) room.step();
    if (tick % PROGRESS_TICKS === 0) progress(`compared tick ${tick} of ${WARM_UP_TICKS + ticks}`);
  }
  if (without.room.world.hash() !== withLoss.room.world.hash()) throw new Error("loss changed the world");
  const differing = (what: (client: LoadClient) => number): number =>
    without.steady.filter((client, i) => what(client) !== what(withLoss.steady[i])).length;
  const witnesses = [...without.witnesses, ...withLoss.witnesses];
  return {
    steadyClients: without.steady.length,
    otherBytes: differing(({ framesHash }) => framesHash),
    otherDelays: differing(({ delaysHash }) => delaysHash),
    encodeMsWithoutLoss: rounded(percentile(without.encodeMs, 0.5), 3),
    encodeMs: rounded(percentile(withLoss.encodeMs, 0.5), 3),
    encodeMsP95: rounded(percentile(withLoss.encodeMs, 0.95), 3),
    encodeRatio: rounded(
      percentile(
        withLoss.encodeMs.map((ms, i) => ms / without.encodeMs[i]),
        0.5,
      ),
      3,
    ),
    steady: { withoutLoss: half(without.steady), withLoss: half(withLoss.steady) },
    lossy: { withoutLoss: half(without.lossy), withLoss: half(withLoss.lossy) },
    mismatches: witnesses.reduce(
      (sum, { mismatches }) => sum + mismatches,
      without.refused + withLoss.refused,
    ),
    comparedEntities: witnesses.reduce((sum, { compared }) => sum + compared, 0),
    lateEntities: witnesses.reduce((sum, { late }) => sum + late, 0),
  };
}

function half(clients: readonly LoadClient[]): HalfFigures {
  const sum = (what: (client: LoadClient) => number): number =>
    clients.reduce((total, client) => total + what(client), 0);
  const packets = sum(({ frames }) => frames);
  return {
    bytesPerClientTick: rounded(sum(({ bytes }) => bytes) / packets, 2),
    bytesPerObjectUpdate: rounded(sum(({ decodedBytes }) => decodedBytes) / sum(({ updates }) => updates), 3),
    meanDelayMs: rounded(sum(({ delayMs }) => delayMs) / packets, 3),
    packets,
  };
}
