/** A voice made of an oscillator that falls in pitch, a burst of noise, or both. Gains 0 to 1, times in seconds. */
interface Voice {
  readonly seconds: number;
  readonly tone?: {
    readonly wave: OscillatorType;
    readonly from: number;
    readonly to: number;
    readonly gain: number;
  };
  readonly noise?: { readonly from: number; readonly to: number; readonly gain: number };
}

const VOICES = {
  shot: {
    seconds: 0.11,
    tone: { wave: "square", from: 740, to: 170, gain: 0.1 },
    noise: { from: 5200, to: 900, gain: 0.1 },
  },
  hit: { seconds: 0.08, tone: { wave: "triangle", from: 1500, to: 900, gain: 0.3 } },
  hurt: {
    seconds: 0.2,
    tone: { wave: "sawtooth", from: 190, to: 60, gain: 0.3 },
    noise: { from: 1400, to: 200, gain: 0.3 },
  },
  burst: {
    seconds: 0.7,
    tone: { wave: "sine", from: 120, to: 30, gain: 0.6 },
    noise: { from: 2600, to: 90, gain: 0.5 },
  },
  kill: { seconds: 0.34, tone: { wave: "triangle", from: 520, to: 1240, gain: 0.3 } },
  rise: { seconds: 0.5, tone: { wave: "sine", from: 180, to: 640, gain: 0.25 } },
} satisfies Record<string, Voice>;

export type SoundName = keyof typeof VOICES;

/** Metres at which a sound has faded to half. */
const HALF_LOUD_METRES = 9;
/** More voices than this at once are noise. */
const MOST_VOICES = 14;

/** All sounds of the game, computed: there are no files. Silent until the player turns them on. */
export class Sounds {
  on = false;
  #context: AudioContext | undefined;
  #noise: AudioBuffer | undefined;
  #playing = 0;

  /** Turns the sound on or off. Called from a click or a key: browsers start no sound by themselves. */
  toggle(): void {
    this.on = !this.on;
    if (!this.on) return;
    this.#context ??= new AudioContext();
    this.#noise ??= whiteNoise(this.#context);
    void this.#context.resume();
  }

  /** Plays at a distance in metres, to the right (1) or left (-1) of the ear. */
  play(name: SoundName, distance = 0, pan = 0): void {
    const context = this.#context;
    if (!this.on || !context || this.#playing >= MOST_VOICES) return;
    const loudness = 1 / (1 + (distance / HALF_LOUD_METRES) ** 2);
    if (loudness < 0.04) return;
    const voice: Voice = VOICES[name];
    const { seconds, tone, noise } = voice;
    const now = context.currentTime;
    const panner = new StereoPannerNode(context, { pan: Math.max(-0.8, Math.min(0.8, pan)) });
    const master = new GainNode(context, { gain: 0.5 * loudness });
    master.connect(panner).connect(context.destination);
    const fade = (gain: number) => {
      const node = new GainNode(context, { gain });
      node.gain.exponentialRampToValueAtTime(0.0005, now + seconds);
      node.connect(master);
      return node;
    };
    const sources: AudioScheduledSourceNode[] = [];
    if (tone) {
      // A little off, every time: nothing tires the ear like the very same sound again.
      const oscillator = new OscillatorNode(context, {
        type: tone.wave,
        frequency: tone.from,
        detune: (Math.random() - 0.5) * 160,
      });
      oscillator.frequency.exponentialRampToValueAtTime(tone.to, now + seconds);
      oscillator.connect(fade(tone.gain));
      sources.push(oscillator);
    }
    if (noise) {
      const hiss = new AudioBufferSourceNode(context, { buffer: this.#noise, loop: true });
      const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: noise.from });
      filter.frequency.exponentialRampToValueAtTime(noise.to, now + seconds);
      hiss.connect(filter).connect(fade(noise.gain));
      sources.push(hiss);
    }
    this.#playing++;
    sources[0].addEventListener("ended", () => this.#playing--);
    for (const source of sources) {
      source.start(now);
      source.stop(now + seconds);
    }
  }
}

function whiteNoise(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.random() * 2 - 1;
  return buffer;
}
