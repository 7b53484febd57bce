import { Rng } from "@tidelock/shared";
import { type BudgetLimits, DATAGRAM_OVERHEAD_BYTES } from "./budget-limits.ts";
import { PathBudget } from "./path-budget.ts";
import { SendPace } from "./send-pace.ts";

/** What happens to one client's stream in a run, in virtual time. */
export interface PathRun {
  readonly seconds: number;
  readonly limits: BudgetLimits;
  /** Bytes per second that the narrow place lets through at a time. */
  readonly rateAt: (ms: number) => number;
  /** Bytes that the world would have for a packet at a time; default: more than any packet holds. */
  readonly wantedAt?: (ms: number) => number;
  /** Bytes of reliable traffic handed over at a time, for each millisecond; they take the same way. */
  readonly reliableAt?: (ms: number) => number;
  readonly tickRate?: number;
  readonly sendEvery?: number;
  /** There and back without a queue; half of it on either side of the client. */
  readonly rttMs?: number;
  /** Uniform, in each direction. */
  readonly jitterMs?: number;
  /** Share of packets lost, in bursts of `burstPackets` on average. */
  readonly loss?: number;
  readonly burstPackets?: number;
  readonly seed?: number;
}

/** What was seen in each millisecond. */
export interface PathTrace {
  /** Bytes waiting at the narrow place, in milliseconds at its present rate. */
  readonly queueMs: Float64Array;
  /** Bytes of snapshots handed over, headers not included. */
  readonly stateBytes: Float64Array;
  /** What the budget held of the path. */
  readonly bytesPerSecond: Float64Array;
  /** Age of each snapshot at its arrival, by the time of its arrival; 0: none arrived. */
  readonly ageMs: Float64Array;
  /** Ticks between two packets. */
  readonly sendEvery: Uint16Array;
}

interface Packet {
  readonly sequence: number;
  readonly bytes: number;
  readonly sentMs: number;
  left: number;
}

interface Ack {
  readonly newest: number;
  readonly mask: number;
  readonly dueMs: number;
}

/** Runs a budget and a pace against a path with one narrow place and an endless queue in front of it, a millisecond at a time. */
export function runPath(run: PathRun): PathTrace {
  const { rttMs = 50, jitterMs = 0, tickRate = 60, sendEvery = 2, loss = 0, burstPackets = 4 } = run;
  const { wantedAt = () => Infinity, reliableAt = () => 0 } = run;
  const random = new Rng(run.seed ?? 1);
  const length = Math.round(run.seconds * 1000);
  const trace: PathTrace = {
    queueMs: new Float64Array(length),
    stateBytes: new Float64Array(length),
    bytesPerSecond: new Float64Array(length),
    ageMs: new Float64Array(length),
    sendEvery: new Uint16Array(length),
  };
  const budget = new PathBudget(run.limits);
  const pace = new SendPace(tickRate, sendEvery, 3);
  const tickMs = 1000 / tickRate;
  const queue: Packet[] = [];
  const down: { packet: Packet; dueMs: number }[] = [];
  const up: Ack[] = [];
  const client = { newest: -1, mask: 0, lastUpMs: 0 };
  let sequence = 0;
  let tick = 0;
  let clientTick = 0;
  let inBurst = false;

  const lose = (): boolean => {
    if (loss === 0) return false;
    inBurst = random.float() < (inBurst ? 1 - 1 / burstPackets : loss / burstPackets / (1 - loss));
    return inBurst;
  };
  const send = (nowMs: number): void => {
    const turn = tick / sendEvery;
    if (!pace.due(turn)) return;
    pace.adapt(budget.bytesPerSecond);
    const allowed = budget.allow(nowMs, pace.intervalMs, pace.slowed);
    if (allowed === 0) return;
    const bytes = Math.min(allowed, wantedAt(nowMs));
    budget.sent(sequence, bytes, nowMs);
    pace.sent(turn);
    pace.filled(bytes, allowed);
    const wire = bytes + DATAGRAM_OVERHEAD_BYTES;
    if (!lose()) queue.push({ sequence, bytes: wire, sentMs: nowMs, left: wire });
    sequence = (sequence + 1) & 0xffff;
    trace.stateBytes[nowMs] += bytes;
  };
  const arrive = (packet: Packet, nowMs: number): void => {
    const ahead = client.newest < 0 ? 33 : (packet.sequence - client.newest) & 0xffff;
    client.mask = ahead > 32 ? 0 : (ahead === 32 ? 0 : client.mask << ahead) | (1 << (ahead - 1));
    client.newest = packet.sequence;
    trace.ageMs[nowMs] = nowMs - packet.sentMs;
  };

  for (let now = 0; now < length; now++) {
    if (now >= tick * tickMs) {
      if (tick % sendEvery === 0) send(now);
      tick++;
    }
    const reliable = reliableAt(now);
    if (reliable > 0) {
      budget.sentReliably(reliable);
      queue.push({ sequence: -1, bytes: reliable, sentMs: now, left: reliable });
    }
    let carries = run.rateAt(now) / 1000;
    while (carries > 0 && queue.length > 0) {
      const [head] = queue;
      const carried = Math.min(carries, head.left);
      head.left -= carried;
      carries -= carried;
      if (head.left > 1e-9) break;
      queue.shift();
      const dueMs = Math.max(now + rttMs / 2 + random.float() * jitterMs, down.at(-1)?.dueMs ?? -Infinity);
      if (head.sequence >= 0) down.push({ packet: head, dueMs });
    }
    while (down.length > 0 && down[0].dueMs <= now) arrive(down.shift()!.packet, now);
    if (now >= clientTick * tickMs + 5) {
      clientTick++;
      client.lastUpMs = Math.max(now + rttMs / 2 + random.float() * jitterMs, client.lastUpMs);
      if (client.newest >= 0) up.push({ newest: client.newest, mask: client.mask, dueMs: client.lastUpMs });
    }
    while (up.length > 0 && up[0].dueMs <= now) {
      const { newest, mask } = up.shift()!;
      budget.acknowledged(newest, mask, now);
    }
    let waiting = 0;
    for (const packet of queue) waiting += packet.left;
    trace.queueMs[now] = (waiting * 1000) / run.rateAt(now);
    trace.bytesPerSecond[now] = budget.bytesPerSecond;
    trace.sendEvery[now] = pace.turns * sendEvery;
  }
  return trace;
}
