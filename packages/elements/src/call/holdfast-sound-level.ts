import { html, type PropertyValues, type TemplateResult } from 'lit';
import { Part } from '../part.js';

/** Ten times a second is enough to see one's own voice move it. */
const LOOK_EVERY_MS = 100;

/** How loud one's own microphone is: shows that it hears something, before anybody else does. */
export class HoldfastSoundLevel extends Part {
  static override properties = { ...Part.properties, track: { attribute: false }, level: { state: true } };

  declare track: MediaStreamTrack | null;
  /** From 0 (silence) to 1. */
  declare private level: number;
  private stop: () => void = () => undefined;

  constructor() {
    super();
    this.track = null;
    this.level = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('track')) return;
    this.stop();
    if (this.track) this.stop = watch(this.track, (level) => (this.level = level));
  }

  protected override render(): TemplateResult {
    return html`<label class="label" for="sound-level">${this.say('media.level')}</label>
      <meter id="sound-level" min="0" max="1" .value=${this.level}></meter>`;
  }
}

/** Listens to a track without playing it. Returns its end. */
function watch(track: MediaStreamTrack, show: (level: number) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => undefined;
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 512;
  audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    show(Math.min(1, loudest * 2));
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}
