/** A block is long enough to hold 75 inputs at 60 Hz; 48 of them make a minute. */
const BLOCK_MS = 1250;
const BLOCKS = 48;
/**
 * The fitted tail is planned to one late event in this many inputs. An event makes some three inputs late,
 * one report in twenty is lost with what it would have said, and a tail fitted to a minute is uncertain in
 * the costly direction: measured, this is what keeps bursty paths below one late input in a thousand.
 */
const EVENT_ONE_IN = 30_000;
/** While little was seen, the worst so far is extended to the worst of this many inputs. */
const WORST_OF = 5000;
/** Fewer finished blocks than this say nothing about how much the worst of a block varies. */
const MIN_BLOCKS = 4;
/** Gumbel's law: scale from the standard deviation (sqrt(6) / pi), and Euler's constant. */
const SCALE_PER_DEVIATION = 0.7797;
const EULER = 0.5772;
/** How fast the last bad moment is forgiven, in ticks per second; what repeats is in the fit by then. */
const RELEASE_TICKS_PER_SECOND = 0.25;
/** Weight of one report in the typical margin, and the largest pull of one: outliers do not move it. */
const TYPICAL_WEIGHT = 1 / 64;
const TYPICAL_PULL_TICKS = 4;
/** Weight of one report in the spread below the typical margin. */
const SPREAD_WEIGHT = 1 / 64;

/**
 * What is known of a path from the margins of inputs, each reduced by the phase it was sent with: the
 * typical one, and one so bad that hardly any input undercuts it.
 *
 * Late inputs come in clusters (one burst of losses delays several), so the tail is fitted to the worst of
 * each block of time rather than to single inputs: the worst of a block follows Gumbel's law for every
 * path whose delays fall off exponentially or faster.
 */
export class PathMargins {
  readonly #tickMs: number;
  readonly #deepestTicks: number;
  /** How far below the typical margin the worst input of each block was; relative, so that a new route is no tail. */
  readonly #depths = new Float64Array(BLOCKS);
  #block = 0;
  #blocks = 0;
  #firstMs = -1;
  #lastMs = 0;
  #typical = 0;
  #spread: number;
  #low = 0;
  #fittedDepth = -Infinity;

  /**
   * @param tickMs length of a tick.
   * @param deepestTicks how far below the typical margin an input may lie to be planned for.
   * @param spreadTicks first guess of the spread below the typical margin.
   */
  constructor(tickMs: number, deepestTicks: number, spreadTicks: number) {
    this.#tickMs = tickMs;
    this.#deepestTicks = deepestTicks;
    this.#spread = Math.min(deepestTicks, spreadTicks);
  }

  get known(): boolean {
    return this.#firstMs >= 0;
  }

  /** Margin of a typical input. */
  get typicalTicks(): number {
    return this.#typical;
  }

  /** The worst margin remembered: at once down to a worse one, slowly up again. */
  get lowTicks(): number {
    return this.#low;
  }

  /** The margin to plan for: fewer than one input in a thousand is expected to undercut it. */
  plannedTicks(nowMs: number): number {
    const seen = Math.max(1, (nowMs - this.#firstMs) / this.#tickMs);
    // While little was seen, the worst so far is extended by the spread as an exponential tail would go on.
    const unseen = this.#spread * Math.max(0, Math.log(WORST_OF / seen));
    return Math.min(this.#low - unseen, this.#typical - this.#fittedDepth);
  }

  observe(pathTicks: number, nowMs: number): void {
    const block = Math.floor(nowMs / BLOCK_MS);
    if (this.#firstMs < 0) {
      this.#firstMs = nowMs;
      this.#lastMs = nowMs;
      this.#typical = pathTicks;
      this.#low = pathTicks;
      this.#block = block - 1;
    }
    const error = pathTicks - this.#typical;
    this.#typical += Math.max(-TYPICAL_PULL_TICKS, Math.min(TYPICAL_PULL_TICKS, error)) * TYPICAL_WEIGHT;
    if (error < 0) this.#spread += (Math.min(-error, this.#deepestTicks) - this.#spread) * SPREAD_WEIGHT;
    // Deeper than can ever be planned for is an outage: it counts, but not for more than that.
    const deepest = this.#typical - this.#deepestTicks;
    const counted = Math.max(deepest, pathTicks);
    const depth = this.#typical - counted;
    if (block > this.#block) {
      this.#fit();
      this.#block = block;
      this.#depths[this.#blocks++ % BLOCKS] = depth;
    } else {
      const slot = (this.#blocks - 1) % BLOCKS;
      this.#depths[slot] = Math.max(this.#depths[slot], depth);
    }
    this.#relax(counted, deepest, nowMs);
  }

  #relax(counted: number, deepest: number, nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.#lastMs) / 1000;
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    const released = Math.min(this.#typical, this.#low + RELEASE_TICKS_PER_SECOND * seconds);
    this.#low = Math.max(deepest, Math.min(counted, Math.max(this.#low, released)));
  }

  /** Fits Gumbel's law to the worst of each finished block by its mean and deviation. */
  #fit(): void {
    const count = Math.min(this.#blocks, BLOCKS);
    if (count < MIN_BLOCKS) return;
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < count; index++) sum += this.#depths[index];
    const mean = sum / count;
    for (let index = 0; index < count; index++) squares += (this.#depths[index] - mean) ** 2;
    const scale = SCALE_PER_DEVIATION * Math.sqrt(squares / (count - 1));
    const exceededBlocks = BLOCK_MS / this.#tickMs / EVENT_ONE_IN;
    this.#fittedDepth = mean + scale * (-Math.log(-Math.log1p(-Math.min(0.5, exceededBlocks))) - EULER);
  }
}
