import type { Walk, Walker } from "./walkers.ts";

/** One input on its way: the tick it was meant for, and times in milliseconds. */
interface SentInput {
  readonly tick: number;
  readonly sampledMs: number;
  /** When the first packet that holds it reached the server; NaN while none has. */
  arrivedMs: number;
}

/** Follows the inputs of one client from the frame that sampled them to the tick that consumed them. */
export class InputLog {
  readonly #netcode: Walker["netcode"];
  readonly #tickMs: number;
  readonly #byTick = new Map<number, SentInput>();
  readonly #sent: SentInput[] = [];
  #newest = Number.NaN;
  /** Ticks that the server ran, and when it ran one without this client's input. */
  ticks = 0;
  readonly missedMs: number[] = [];

  constructor({ stepper, simulation }: Walk, { netcode, number }: Walker) {
    this.#netcode = netcode;
    this.#tickMs = 1000 / simulation.game.tickRate;
    const buffer = simulation.players.get(number)?.input;
    if (buffer === undefined) throw new Error(`player ${number} has left`);
    const receive = buffer.receive.bind(buffer);
    buffer.receive = (...args) => {
      const sent = this.#byTick.get(args[0]);
      if (sent !== undefined && Number.isNaN(sent.arrivedMs)) sent.arrivedMs = stepper.scheduler.nowMs();
      return receive(...args);
    };
    const consume = buffer.consume.bind(buffer);
    buffer.consume = (...args) => {
      const origin = consume(...args);
      this.ticks++;
      if (origin !== "received") this.missedMs.push(stepper.scheduler.nowMs());
      return origin;
    };
  }

  /** To be called after each frame of the client: what it has predicted since the last one was sampled now. */
  frame(nowMs: number): void {
    const { predictor, tick } = this.#netcode;
    if (!predictor.running) return;
    for (let next = Number.isNaN(this.#newest) ? tick : this.#newest + 1; next <= tick; next++) {
      const input = { tick: next, sampledMs: nowMs, arrivedMs: Number.NaN };
      this.#sent.push(input);
      this.#byTick.set(next, input);
    }
    this.#newest = tick;
  }

  /** Forgets what was logged before. */
  clear(): void {
    this.#sent.length = this.missedMs.length = this.ticks = 0;
  }

  /** How far ahead of the server each input was sampled, in ticks. */
  leads(): number[] {
    return this.#sent.map(({ tick, sampledMs }) => tick - sampledMs / this.#tickMs);
  }

  /** How long each input took to arrive, in ticks, the repair of losses included; without those under way. */
  delays(): number[] {
    return this.#sent
      .filter(({ arrivedMs }) => !Number.isNaN(arrivedMs))
      .map(({ sampledMs, arrivedMs }) => (arrivedMs - sampledMs) / this.#tickMs);
  }
}
