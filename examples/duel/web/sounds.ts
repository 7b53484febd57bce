import type { DuelEvent } from "./sight.ts";

interface Blow {
  /** Hertz at the beginning and at the end. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly gain: number;
  /** Noise through a band at that frequency, instead of a tone. */
  readonly noise?: boolean;
}

const BLOWS: Readonly<Record<string, readonly Blow[]>> = {
  swing: [{ from: 900, to: 2600, seconds: 0.09, gain: 0.1, noise: true }],
  heavySwing: [{ from: 500, to: 1700, seconds: 0.16, gain: 0.16, noise: true }],
  hit: [
    { from: 190, to: 60, seconds: 0.12, gain: 0.5 },
    { from: 2400, to: 500, seconds: 0.09, gain: 0.4, noise: true },
  ],
  heavyHit: [
    { from: 140, to: 34, seconds: 0.28, gain: 0.8 },
    { from: 1500, to: 200, seconds: 0.2, gain: 0.6, noise: true },
  ],
  block: [
    { from: 620, to: 420, seconds: 0.07, gain: 0.2 },
    { from: 3600, to: 2600, seconds: 0.06, gain: 0.25, noise: true },
  ],
  fire: [
    { from: 220, to: 720, seconds: 0.3, gain: 0.25 },
    { from: 600, to: 2200, seconds: 0.32, gain: 0.25, noise: true },
  ],
  burst: [{ from: 1800, to: 300, seconds: 0.22, gain: 0.35, noise: true }],
  leap: [{ from: 400, to: 1100, seconds: 0.1, gain: 0.08, noise: true }],
  land: [{ from: 260, to: 90, seconds: 0.08, gain: 0.2, noise: true }],
  knockOut: [
    { from: 110, to: 26, seconds: 0.9, gain: 1 },
    { from: 900, to: 90, seconds: 0.7, gain: 0.7, noise: true },
  ],
  round: [{ from: 330, to: 330, seconds: 0.35, gain: 0.2 }],
  begin: [{ from: 494, to: 494, seconds: 0.5, gain: 0.25 }],
};

/** All sounds are made as they are needed: there is nothing to load. */
export class Sounds {
  on = true;
  #audio: AudioContext | undefined;
  #noise: AudioBuffer | undefined;

  /** Browsers allow sound from the first press on. */
  wake(): void {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
  }

  play(event: DuelEvent): void {
    const isHeavy = "heavy" in event.data && event.data.heavy;
    const name =
      event.name === "hit" && isHeavy
        ? "heavyHit"
        : event.name === "swing" && isHeavy
          ? "heavySwing"
          : event.name;
    const pan = "x" in event.data ? event.data.x / 8 : 0;
    for (const blow of BLOWS[name] ?? []) this.#blow(blow, pan);
  }

  #blow({ from, to, seconds, gain, noise }: Blow, pan: number): void {
    const audio = this.#audio;
    if (audio === undefined || audio.state !== "running" || !this.on) return;
    const now = audio.currentTime;
    const volume = new GainNode(audio, { gain: gain * 0.5 });
    volume.gain.exponentialRampToValueAtTime(0.0008, now + seconds);
    const side = new StereoPannerNode(audio, { pan: Math.max(-0.8, Math.min(0.8, pan)) });
    volume.connect(side).connect(audio.destination);
    if (noise === true) {
      const source = new AudioBufferSourceNode(audio, { buffer: this.#whiteNoise(audio), loop: true });
      const band = new BiquadFilterNode(audio, { type: "bandpass", frequency: from, Q: 0.8 });
      band.frequency.exponentialRampToValueAtTime(to, now + seconds);
      source.connect(band).connect(volume);
      source.start(now, Math.random());
      source.stop(now + seconds);
    } else {
      const tone = new OscillatorNode(audio, { type: "triangle", frequency: from });
      tone.frequency.exponentialRampToValueAtTime(to, now + seconds);
      tone.connect(volume);
      tone.start(now);
      tone.stop(now + seconds);
    }
  }

  #whiteNoise(audio: AudioContext): AudioBuffer {
    if (this.#noise === undefined) {
      this.#noise = new AudioBuffer({ length: audio.sampleRate, sampleRate: audio.sampleRate });
      const samples = this.#noise.getChannelData(0);
      for (let i = 0; i < samples.length; i++) samples[i] = Math.random() * 2 - 1;
    }
    return this.#noise;
  }
}
