import { MAX_SNAPSHOT_BYTES, type Sequence } from "@tidelock/shared";
import { type BudgetLimits, DATAGRAM_OVERHEAD_BYTES } from "./budget-limits.ts";
import { DeliveryRate } from "./delivery-rate.ts";
import { PacketsUnderWay } from "./packets-under-way.ts";
import { QueueDelay } from "./queue-delay.ts";
import { SendRate } from "./send-rate.ts";

/** The most that a client's packets may ever queue should its path narrow in an instant: the promised 250 ms, less what timers are late. */
const QUEUE_LIMIT_MS = 230;
/**
 * Where packets are lost the limit is less, by so many times the share that is: SCTP answers every packet while one is missing, and
 * acknowledgements come later by those that are lost.
 */
const LOSS_CAUTION = 3;
const MOST_CAUTION = 0.15;
/** What a path carries beside snapshots: SCTP acknowledges every second input packet, thirty times a second, with 93 bytes. */
const CONTROL_BYTES_PER_SECOND = 2800;
/** The same while an acknowledgement is overdue: the path may have narrowed, or a few packets in a row may have been lost. */
const OVERDUE_LIMIT_MS = 80;
/**
 * Even then so much of what a narrow path carries goes on: the queue that may be there shrinks all the same, and after a burst of losses the
 * client sees the next packet a little later instead of none for a third of a second.
 */
const OVERDUE_TRICKLE = 0.5;
/** What is sent in a second is averaged over this time. */
const SENT_RATE_MS = 500;
/** What a narrow path would take for a packet to a client that has not answered yet. */
const FIRST_PACKET_MS = 40;
/** Beside what a round trip takes, so much may be under way: a queue that is seen and not yet worked off. */
const QUEUE_ALLOWANCE_MS = 80;
/** What was sent longer ago than the shortest round trip and this is lost, and not under way. */
const LOST_AFTER_MS = 250;
/** A smaller packet is mostly headers: rather none this time. */
const SMALLEST_BYTES = 48;
/** The rate counts as used by packets that take this share of it. */
const USED_SHARE = 0.7;
/** Reliable traffic is charged to snapshots for no longer than this: what is older has left. */
const LONGEST_DEBT_SECONDS = 1;

/** What a budget goes by now. */
export interface BudgetState {
  /** Bytes per second, headers of datagrams included. */
  readonly bytesPerSecond: number;
  /** The standing queue on the path, in milliseconds. */
  readonly queueMs: number;
  /** Smoothed round trip in milliseconds, the client's wait for its next input packet included. */
  readonly rttMs: number;
  /** Share of packets lost lately, 0 to 1. */
  readonly loss: number;
  /** Bytes sent and neither acknowledged nor lost, headers included. */
  readonly bytesUnderWay: number;
}

/**
 * How many bytes the next snapshot to one client may have.
 *
 * Acknowledgements are watched, never the buffered amount: SCTP takes 64 KiB before that shows anything. What may be sent is the
 * least of three: the rate that the path has shown to carry; what keeps the bytes under way below rate times round trip; and what a
 * path that had become narrow since its last acknowledgement would work off in time. The last holds before anything can be known:
 * between the moment at which a path narrows and the first late acknowledgement, it alone bounds the queue.
 */
export class PathBudget {
  readonly #limits: BudgetLimits;
  /** What a narrow path leaves to snapshots. */
  readonly #narrowBytesPerSecond: number;
  readonly #underWay: PacketsUnderWay;
  readonly #delay = new QueueDelay();
  readonly #delivery = new DeliveryRate();
  readonly #rate: SendRate;
  readonly #signs = {
    standingMs: 0,
    grows: false,
    deliveredPerSecond: Infinity,
    smoothedRttMs: 0,
    packets: 0,
    lost: 0,
    used: false,
  };
  #used = false;
  #slowed = false;
  #overdue = false;
  #debtBytes = 0;
  #usualRoom = MAX_SNAPSHOT_BYTES;
  #intervalBytes = 0;
  #lastSentMs = -Infinity;
  #sentPerSecond = 0;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
    const { narrowBytesPerSecond } = limits;
    this.#narrowBytesPerSecond = Math.max(
      narrowBytesPerSecond / 2,
      narrowBytesPerSecond - CONTROL_BYTES_PER_SECOND,
    );
    this.#underWay = new PacketsUnderWay(this.#narrowBytesPerSecond);
    this.#rate = new SendRate(limits);
  }

  /** Bytes per second that may be sent, headers of datagrams included. */
  get bytesPerSecond(): number {
    return this.#rate.bytesPerSecond;
  }

  /** Figures for metrics and logs. */
  state(nowMs: number): BudgetState {
    return {
      bytesPerSecond: this.#rate.bytesPerSecond,
      queueMs: this.#delay.standingMs(nowMs),
      rttMs: this.#delay.smoothedRttMs,
      loss: this.#rate.loss,
      bytesUnderWay: this.#underWay.bytes,
    };
  }

  /**
   * Bytes that a snapshot sent now may have, when the next one may follow after `intervalMs`; 0: none this time. Takes the interval
   * as begun: call it once per send tick. `slowed`: the interval would be shorter if the rate were higher.
   */
  allow(nowMs: number, intervalMs: number, slowed: boolean): number {
    const interval = (this.#rate.bytesPerSecond * intervalMs) / 1000;
    this.#intervalBytes = interval;
    this.#slowed = slowed;
    // At the lowest rate the share alone could be too small for any packet: without packets there are no acknowledgements, and the rate stays there.
    const spare = Math.max(0, interval - DATAGRAM_OVERHEAD_BYTES - SMALLEST_BYTES);
    const charged = Math.min(this.#debtBytes, interval * (1 - this.#limits.stateShare), spare);
    this.#debtBytes -= charged;
    const room = Math.min(interval - charged, this.#window(nowMs), this.#even(this.#narrowRoom(nowMs)));
    const bytes = Math.min(MAX_SNAPSHOT_BYTES, Math.floor(room) - DATAGRAM_OVERHEAD_BYTES);
    return bytes < SMALLEST_BYTES ? 0 : bytes;
  }

  /** A snapshot of `bytes`, without headers, was handed over. */
  sent(sequence: Sequence, bytes: number, nowMs: number): void {
    const size = bytes + DATAGRAM_OVERHEAD_BYTES;
    this.#underWay.sent(sequence, size, nowMs);
    // After a pause, what was sent before it says little of what is.
    const share = Math.min(1, (nowMs - this.#lastSentMs) / SENT_RATE_MS);
    if (share > 0)
      this.#sentPerSecond +=
        ((size * 1000) / Math.min(SENT_RATE_MS, nowMs - this.#lastSentMs) - this.#sentPerSecond) * share;
    this.#lastSentMs = nowMs;
    // While an acknowledgement is overdue packets are small, which says nothing of what the game would have to tell.
    if (!this.#overdue) this.#used = this.#slowed || size >= this.#intervalBytes * USED_SHARE;
  }

  /** Other bytes, headers included, went to the same client beside the snapshots. */
  sentReliably(bytes: number): void {
    const most = this.#rate.bytesPerSecond * LONGEST_DEBT_SECONDS;
    this.#debtBytes = Math.min(most, this.#debtBytes + bytes);
  }

  /** The client has snapshot `newest`, and of the 32 before it those whose bit in `mask` is set. */
  acknowledged(newest: Sequence, mask: number, nowMs: number): void {
    const underWay = this.#underWay;
    if (!underWay.acknowledged(newest, mask, nowMs, this.#delay.wayMs)) return;
    const { news } = underWay;
    const delay = this.#delay;
    delay.sample(news.rttMs, (news.newestBytes * 1000) / this.#rate.bytesPerSecond, nowMs);
    this.#delivery.add(news.bytes, nowMs);
    const signs = this.#signs;
    signs.standingMs = this.#ownQueueMs(nowMs);
    signs.grows = delay.grows(nowMs);
    signs.deliveredPerSecond = this.#delivery.bytesPerSecond;
    signs.smoothedRttMs = delay.smoothedRttMs;
    signs.packets = news.packets;
    signs.lost = news.lost;
    signs.used = this.#used;
    this.#rate.update(signs, nowMs);
  }

  /** The client begins anew on the same path: what is under way no longer counts, what is known of the path does. */
  restart(): void {
    this.#underWay.clear(0);
  }

  /**
   * The standing queue as far as these packets can have made it: none where even a narrow path would carry them, and no jitter where the
   * rate is not what bounds them.
   */
  #ownQueueMs(nowMs: number): number {
    if (this.#sentPerSecond < this.#narrowBytesPerSecond) return 0;
    return Math.max(0, this.#delay.standingMs(nowMs) - (this.#used ? 0 : this.#delay.jitterMs));
  }

  /** Bytes that may join those under way: rate times round trip, and a queue that is being worked off. */
  #window(nowMs: number): number {
    const { shortestRttMs } = this.#delay;
    const { bytesPerSecond, draining } = this.#rate;
    const most = (bytesPerSecond * (shortestRttMs + (draining ? 0 : QUEUE_ALLOWANCE_MS))) / 1000;
    const underWay = this.#underWay.bytesSince(nowMs - shortestRttMs - LOST_AFTER_MS);
    // A packet of the interval's size is always allowed on an empty path.
    return underWay === 0 ? Infinity : most - underWay;
  }

  /** Of the room that there is now, as much as there usually is: else a large packet would leave little for those after it. */
  #even(room: number): number {
    this.#usualRoom += (room - this.#usualRoom) * (room > this.#usualRoom ? 0.1 : 0.4);
    return Math.min(room, this.#usualRoom);
  }

  /** Bytes that a path which had just become narrow would still work off in time. */
  #narrowRoom(nowMs: number): number {
    this.#overdue = this.#underWay.oldestMs < nowMs - this.#delay.shortestRttMs - QUEUE_ALLOWANCE_MS;
    const limitMs = QUEUE_LIMIT_MS * (1 - Math.min(MOST_CAUTION, LOSS_CAUTION * this.#rate.loss));
    const usualMs = limitMs - this.#underWay.narrowQueueMs(nowMs);
    const trickleMs = Math.min(usualMs, (nowMs - this.#lastSentMs) * OVERDUE_TRICKLE);
    const roomMs = this.#overdue ? Math.max(trickleMs, usualMs - limitMs + OVERDUE_LIMIT_MS) : usualMs;
    // The first packets are small: the way they take is for long the measure of what others need.
    const firstMs = this.#delay.known ? roomMs : Math.min(roomMs, FIRST_PACKET_MS);
    return (firstMs * this.#narrowBytesPerSecond) / 1000;
  }
}
