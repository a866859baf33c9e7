import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Part } from '../part.js';

/**
 * The tracks of one person. The stream object stays the same while pictures come and go, so that a healed connection
 * does not blink; another sound gets another stream, or it would not be heard. When the browser wants a gesture before it plays sound, it says so instead of staying silent.
 */
export class HoldfastVideo extends Part {
  static override properties = {
    ...Part.properties,
    tracks: { attribute: false },
    label: { attribute: false },
    offText: { attribute: false },
    isOwn: { attribute: false },
    needsGesture: { state: true },
  };

  declare tracks: readonly MediaStreamTrack[];
  declare label: string;
  /** What to show while there is no picture. */
  declare offText: string;
  /** Mirrored and without sound. */
  declare isOwn: boolean;
  declare private needsGesture: boolean;
  private stream: MediaStream | null = null;
  /** The sound that is or was in the stream. */
  private sound: MediaStreamTrack | null = null;

  constructor() {
    super();
    this.tracks = [];
    this.label = '';
    this.offText = '';
    this.isOwn = false;
    this.needsGesture = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const video = this.querySelector('video');
    if (video) video.srcObject = null;
  }

  protected override render(): TemplateResult {
    const hasPicture = this.tracks.some(({ kind }) => kind === 'video');
    return html`<video
        autoplay
        playsinline
        aria-label=${this.label}
        ?data-mirrored=${this.isOwn}
        .muted=${this.isOwn}
      ></video>
      ${hasPicture ? nothing : html`<div class="off">${this.offText}</div>`}
      ${
        this.needsGesture
          ? html`<button
              type="button"
              class="start-sound"
              data-weight="main"
              @click=${() => void this.play()}
            >
              ${this.say('media.sound.start')}
            </button>`
          : nothing
      }`;
  }

  protected override updated(changed: PropertyValues): void {
    const video = this.querySelector('video');
    if (!video || (!changed.has('tracks') && video.srcObject !== null)) return;
    // One's own voice is never played back.
    const wanted = this.isOwn ? this.tracks.filter(({ kind }) => kind === 'video') : this.tracks;
    if (wanted.length === 0 && this.stream === null) return;
    const isOtherSound = wanted.some((track) => track.kind === 'audio' && track !== this.sound);
    // Chromium plays no sound that comes into a stream in which there was another one, nor into one that had run dry.
    if (wanted.length === 0 || (isOtherSound && this.sound !== null)) this.sound = this.stream = null;
    if (wanted.length === 0) return void (video.srcObject = null);
    this.sound = wanted.find(({ kind }) => kind === 'audio') ?? this.sound;
    this.stream ??= new MediaStream();
    for (const track of this.stream.getTracks()) if (!wanted.includes(track)) this.stream.removeTrack(track);
    const held = this.stream.getTracks();
    for (const track of wanted) if (!held.includes(track)) this.stream.addTrack(track);
    if (video.srcObject !== this.stream) video.srcObject = this.stream;
    if (wanted.length > 0) void this.play();
  }

  private async play(): Promise<void> {
    try {
      await this.querySelector('video')?.play();
      this.needsGesture = false;
    } catch (cause) {
      // AbortError: another track arrived meanwhile; the next call plays.
      this.needsGesture = cause instanceof DOMException && cause.name === 'NotAllowedError';
    }
  }
}
