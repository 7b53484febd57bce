/** Depths are counted in quarters of a tick, as the server reports margins. */
const BINS_PER_TICK = 4;
/** What was seen this long ago counts for half: rare bursts are remembered, and a path that became better is believed within a minute. */
const HALF_LIFE_MS = 60_000;
/** The memory fades in steps of this length. */
const FADE_MS = 1000;
/**
 * Share of the inputs that may be late by plan. It is an eighth of the one in a thousand allowed, since what is planned for is never quite
 * what comes: bursts differ in number and length from minute to minute, and reports of one in twenty are lost. Measured on four bursty
 * paths, 1 / 3500 made 0.08 to 0.14% late, 1 / 8000 0.03 to 0.11%, and half a tick more of lead.
 */
const LATE_SHARE = 1 / 8000;
/** What was counted may be so much above the share: it is known, and not continued from less. */
const COUNTED = 1.6;
/** The tail is fitted to the deepest reports, one in this many: fewer tell too little of it, more are jitter and no bursts. */
const TAIL_ONE_IN = 20;
/** A mean of n is uncertain by its own size over the root of n: so many times that is added, which matters while little was seen. */
const CAUTION = 2;
/** While little was seen, the worst so far is extended to the worst of this many inputs. */
const WORST_OF = 1000;
/** How fast the last bad moment is forgiven, in ticks per second; what repeats is in the tail by then. */
const RELEASE_TICKS_PER_SECOND = 0.25;
/** Weight of one report in the typical margin, and the largest pull of one: outliers do not move it. */
const TYPICAL_WEIGHT = 1 / 64;
const TYPICAL_PULL_TICKS = 4;
/** When even the best report of this time is worse than the typical one, the route has become slower: no burst or stall lets so many through. */
const ROUTE_MS = 150;
/** Weight of one report in the spread below the typical margin. */
const SPREAD_WEIGHT = 1 / 64;

/**
 * What is known of a path from the margins of inputs, each reduced by the phase it was sent with: the
 * typical one, and one so bad that hardly any input undercuts it.
 *
 * A report tells of the worst of a few inputs. When that is `n` ticks too late, those behind it, which came
 * with it, were late by one tick less each: it stands for `n` late inputs. How many are late at a given slack
 * is therefore what reports lie deeper than it, summed. Beyond what was seen, the deepest reports are
 * continued by an exponential tail (peaks over threshold, of extreme value theory), which bursts of losses
 * follow exactly and jitter undercuts.
 */
export class PathMargins {
  readonly #tickMs: number;
  readonly #deepestTicks: number;
  /** How far below the typical margin reports were; relative, so that a new route is no tail. */
  readonly #depths: Float64Array;
  #reports = 0;
  #inputs = 0;
  #fadedMs = 0;
  #firstMs = -1;
  #lastMs = 0;
  #typical = 0;
  #spread: number;
  #low = 0;
  #tailDepth = -Infinity;
  /** The reports of the last `ROUTE_MS`, oldest first, and since when there was no pause between them. */
  readonly #recent: { readonly pathTicks: number; readonly atMs: number; bin: number }[] = [];
  #coveredSinceMs = 0;

  /**
   * @param tickMs length of a tick.
   * @param deepestTicks how far below the typical margin an input may lie to be planned for.
   * @param spreadTicks first guess of the spread below the typical margin.
   */
  constructor(tickMs: number, deepestTicks: number, spreadTicks: number) {
    this.#tickMs = tickMs;
    this.#deepestTicks = deepestTicks;
    this.#spread = Math.min(deepestTicks, spreadTicks);
    this.#depths = new Float64Array(Math.ceil(deepestTicks * BINS_PER_TICK) + 1);
  }

  get known(): boolean {
    return this.#firstMs >= 0;
  }

  /** Margin of a typical input. */
  get typicalTicks(): number {
    return this.#typical;
  }

  /** The worst margin remembered: at once down to a worse one, soon up again. */
  get lowTicks(): number {
    return this.#low;
  }

  /** The margin to plan for: fewer than one input in a thousand is expected to undercut it. */
  plannedTicks(nowMs: number): number {
    const seen = Math.max(1, (nowMs - this.#firstMs) / this.#tickMs);
    // While little was seen, the worst so far is extended by the spread as an exponential tail would go on.
    const unseen = this.#spread * Math.max(0, Math.log(WORST_OF / seen));
    const tail = this.#typical - this.#tailDepth;
    return unseen > 0 ? Math.min(this.#low - unseen, tail) : tail;
  }

  observe(pathTicks: number, nowMs: number): void {
    if (this.#firstMs < 0) {
      this.#firstMs = this.#lastMs = this.#fadedMs = nowMs;
      this.#typical = pathTicks;
      this.#low = pathTicks;
    }
    const error = pathTicks - this.#typical;
    this.#typical += Math.max(-TYPICAL_PULL_TICKS, Math.min(TYPICAL_PULL_TICKS, error)) * TYPICAL_WEIGHT;
    if (error < 0) this.#spread += (Math.min(-error, this.#deepestTicks) - this.#spread) * SPREAD_WEIGHT;
    // Deeper than can ever be planned for is an outage: it counts, but not for more than that.
    const deepest = this.#typical - this.#deepestTicks;
    const counted = Math.max(deepest, pathTicks);
    this.#inputs += Math.min(SILENT_TICKS, Math.max(0, nowMs - this.#lastMs) / this.#tickMs);
    this.#reports++;
    const bin = this.#binOf(counted);
    this.#depths[bin]++;
    this.#followRoute({ pathTicks, atMs: nowMs, bin });
    if (nowMs - this.#fadedMs >= FADE_MS) this.#fade(nowMs);
    this.#relax(counted, deepest, nowMs);
  }

  #followRoute(report: { readonly pathTicks: number; readonly atMs: number; bin: number }): void {
    const recent = this.#recent;
    if (report.atMs - this.#lastMs > ROUTE_MS) this.#coveredSinceMs = report.atMs;
    while (recent.length > 0 && recent[0].atMs <= report.atMs - ROUTE_MS) recent.shift();
    recent.push(report);
    if (report.atMs - this.#coveredSinceMs < ROUTE_MS) return;
    let best = -Infinity;
    for (const { pathTicks } of recent) best = Math.max(best, pathTicks);
    if (best >= this.#typical - Math.max(1, 3 * this.#spread)) return;
    this.#typical = best;
    // What was taken for the depth of a tail was the new route.
    for (const each of recent) {
      this.#depths[each.bin] = Math.max(0, this.#depths[each.bin] - 1);
      each.bin = this.#binOf(each.pathTicks);
      this.#depths[each.bin]++;
    }
  }

  #binOf(pathTicks: number): number {
    return Math.round(Math.min(this.#deepestTicks, Math.max(0, this.#typical - pathTicks)) * BINS_PER_TICK);
  }

  #relax(counted: number, deepest: number, nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.#lastMs) / 1000;
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    const released = Math.min(this.#typical, this.#low + RELEASE_TICKS_PER_SECOND * seconds);
    this.#low = Math.max(deepest, Math.min(counted, Math.max(this.#low, released)));
  }

  #fade(nowMs: number): void {
    const left = 0.5 ** ((nowMs - this.#fadedMs) / HALF_LIFE_MS);
    this.#fadedMs = nowMs;
    for (let bin = 0; bin < this.#depths.length; bin++) this.#depths[bin] *= left;
    this.#reports *= left;
    this.#inputs *= left;
    this.#tailDepth = this.#fit();
  }

  /** The depth at which the allowed share of inputs is late: as counted, or as the tail continues it, whichever is deeper. */
  #fit(): number {
    const allowed = this.#inputs * LATE_SHARE * BINS_PER_TICK;
    const tailReports = this.#reports / TAIL_ONE_IN;
    let [reports, late] = [0, 0];
    let [counted, threshold] = [-1, 0];
    let [beyond, excess] = [0, 0];
    for (let bin = this.#depths.length - 1; bin >= 0; bin--) {
      // At this depth, each deeper report stands for one more quarter of an input.
      late += reports;
      if (counted < 0 && late > allowed * COUNTED) counted = bin + 1;
      reports += this.#depths[bin];
      if (reports <= tailReports || threshold > 0) continue;
      threshold = bin;
      beyond = reports;
      excess = late;
    }
    const mean = (excess / beyond + 0.5) * (1 + CAUTION / Math.sqrt(beyond));
    const tail = threshold + mean * Math.max(0, Math.log((beyond * mean) / allowed));
    return Math.max(counted, tail) / BINS_PER_TICK;
  }
}

/** A longer pause between reports is a silence, in which no input was sent that could have been late. */
const SILENT_TICKS = 60;
