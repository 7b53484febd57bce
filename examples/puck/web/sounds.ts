/** A tone that falls or rises, or a burst of noise. Times in seconds, gains 0 to 1. */
interface Voice {
  readonly seconds: number;
  readonly wave: OscillatorType;
  readonly from: number;
  readonly to: number;
  readonly gain: number;
}

const VOICES = {
  bump: [{ seconds: 0.12, wave: "triangle", from: 320, to: 90, gain: 0.5 }],
  whistle: [
    { seconds: 0.45, wave: "square", from: 2100, to: 2060, gain: 0.06 },
    { seconds: 0.45, wave: "square", from: 2160, to: 2110, gain: 0.06 },
  ],
  goal: [
    { seconds: 1.3, wave: "sawtooth", from: 196, to: 192, gain: 0.16 },
    { seconds: 1.3, wave: "sawtooth", from: 247, to: 243, gain: 0.14 },
    { seconds: 1.3, wave: "sawtooth", from: 294, to: 290, gain: 0.14 },
  ],
} satisfies Record<string, readonly Voice[]>;

/** All sounds, computed: there are no files. Silent until the player turns them on. */
export class Sounds {
  #context: AudioContext | undefined;
  #on = false;

  /** Returns whether there is sound now. Called from a click or a key: browsers start none by themselves. */
  toggle(): boolean {
    this.#on = !this.#on;
    if (this.#on) this.#context ??= new AudioContext();
    void this.#context?.resume();
    return this.#on;
  }

  /** Returns a function that ends the sound at once: what was predicted may turn out not to have happened. */
  play(name: keyof typeof VOICES, loudness = 1): () => void {
    const context = this.#context;
    if (!this.#on || context === undefined) return () => {};
    const master = new GainNode(context, { gain: Math.min(1, loudness) });
    master.connect(context.destination);
    for (const { seconds, wave, from, to, gain } of VOICES[name]) {
      const end = context.currentTime + seconds;
      const tone = new OscillatorNode(context, { type: wave, frequency: from });
      tone.frequency.exponentialRampToValueAtTime(to, end);
      const fade = new GainNode(context, { gain });
      fade.gain.exponentialRampToValueAtTime(0.0005, end);
      tone.connect(fade).connect(master);
      tone.start();
      tone.stop(end);
    }
    return () => master.disconnect();
  }
}
