import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { checkDevice, type DeviceCheck, type DeviceCheckOptions, type MediaState } from '@holdfast/session';
import { sentenceOf } from '../join/sentence-of.js';
import { deviceCheck } from '../screens/device-check.js';
import { playAttentionSound } from '../session/attention-sound.js';
import { screenStyles } from '../styles/index.js';
import { englishWords } from '../words/english.js';
import { say, type Words } from '../words/index.js';
import { checkWords } from './en-check.js';
import { nextSteps, type Heard } from './next-steps.js';

/** How a test link becomes a check. The default is `checkDevice`. */
export type Check = (options: DeviceCheckOptions) => Promise<DeviceCheck>;

/**
 * `<holdfast-device-check>`: the page of a test link. Camera, microphone, speaker and connection are tried out before a
 * session, without entering it; it says what to do next, and how to join (A43, D07). The page's title is the host's own:
 * keep it neutral (H29).
 */
export class HoldfastDeviceCheck extends LitElement {
  /** One style sheet for all screens; themed by custom properties. */
  static override styles = screenStyles;
  /** Attributes and properties, as Lit reads them. */
  static override properties = {
    link: { type: String },
    words: { attribute: false },
    server: { type: String },
    check: { attribute: false },
    open: { state: true },
    media: { state: true },
    heard: { state: true },
    isStarting: { state: true },
    problem: { state: true },
  };

  /** The test link. Default: none; then nothing can be tried. */
  declare link: string;
  /** Default: English. Words of its own come first, those of this page after them. */
  declare words: Words;
  /** Base path of the session server. Default: `checkDevice`'s. */
  declare server: string | null;
  /** Default: `checkDevice`. For tests. */
  declare check: Check;
  declare private open: DeviceCheck | null;
  declare private media: MediaState | null;
  declare private heard: Heard;
  declare private isStarting: boolean;
  declare private problem: string | null;

  constructor() {
    super();
    this.link = '';
    this.words = englishWords;
    this.server = null;
    this.check = checkDevice;
    this.open = null;
    this.media = null;
    this.heard = 'notPlayed';
    this.isStarting = false;
    this.problem = null;
  }

  /** Called by the browser: camera and microphone are let go of. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.open?.end();
    this.open = null;
  }

  /** Called by Lit. */
  protected override render(): TemplateResult {
    return html`<div class="frame">
        <div class="body narrow">
          <section class="card" aria-labelledby="headline">
            <h1 id="headline" tabindex="-1">${this.say('check.title')}</h1>
            <p>${this.say('check.text')}</p>
            <p class="why">${this.say('check.private')}</p>
            ${this.open === null ? this.start() : this.tried(this.open)}
          </section>
          ${this.joining()}
        </div>
      </div>
      <div class="hidden" role="alert" aria-live="assertive">${this.problem ?? ''}</div>`;
  }

  private start(): TemplateResult {
    return html`${this.problem === null ? nothing : html`<p class="wrong">${this.problem}</p>`}
      <div class="buttons">
        <button
          type="button"
          data-weight="main"
          aria-disabled=${this.isStarting ? 'true' : nothing}
          @click=${() => void this.press()}
        >
          ${this.say(this.isStarting ? 'check.starting' : 'check.start')}
        </button>
      </div>`;
  }

  private tried(check: DeviceCheck): TemplateResult {
    const { words } = this;
    const media = this.media ?? check.media.state;
    const steps = nextSteps(check, media, this.heard);
    return html`<h2>${this.say('check.devices')}</h2>
      ${deviceCheck({ media, session: check, say: (key) => this.say(key), words })}
      <h2>${this.say('check.speaker')}</h2>
      ${this.speaker()}
      <h2>${this.say('check.connection')}</h2>
      ${this.connection(check)}
      <h2>${this.say('check.next')}</h2>
      <div role="status" aria-live="polite">
        <ul>
          ${steps.map((key) => html`<li>${this.say(key)}</li>`)}
        </ul>
      </div>`;
  }

  private speaker(): TemplateResult {
    const play = (): void => {
      playAttentionSound();
      this.heard = 'played';
    };
    const answer = (heard: Heard, key: string): TemplateResult =>
      html`<button
        type="button"
        aria-pressed=${this.heard === heard}
        @click=${() => void (this.heard = heard)}
      >
        ${this.say(key)}
      </button>`;
    return html`<div class="buttons">
        <button type="button" @click=${play}>${this.say('check.speaker.play')}</button>
      </div>
      ${
        this.heard === 'notPlayed'
          ? nothing
          : html`<p id="heard">${this.say('check.speaker.asked')}</p>
              <div class="buttons" role="group" aria-labelledby="heard">
                ${answer('yes', 'check.speaker.yes')} ${answer('no', 'check.speaker.no')}
              </div>`
      }`;
  }

  private connection(check: DeviceCheck): TemplateResult {
    const { connection } = check.preflight;
    if (check.isMeasuring && connection === 'unknown')
      return html`<p>${this.say('check.connection.measuring')}</p>`;
    const isTold = connection === 'weak' || connection === 'bad';
    return html`<p>
        ${this.say(isTold ? `preflight.connection.${connection}` : `check.connection.${connection}`)}
      </p>
      <div class="buttons">
        <button type="button" @click=${() => void check.measure()}>
          ${this.say('check.connection.again')}
        </button>
      </div>`;
  }

  /** The service's own words on how to join, in the version that its policy names. */
  private joining(): TemplateResult | typeof nothing {
    const text = this.words.texts[this.open?.joining ?? ''];
    if (text === undefined) return nothing;
    return html`<section class="card" aria-labelledby="joining">
      <h2 id="joining">${text.title}</h2>
      ${text.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
    </section>`;
  }

  private async press(): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    this.problem = null;
    const { link, server } = this;
    const onChange = (): void => {
      this.media = this.open?.media.state ?? null;
      this.requestUpdate();
    };
    try {
      this.open = await this.check({ link, onChange, ...(server === null ? {} : { server }) });
    } catch (cause) {
      this.problem = `${this.say('check.failed')} ${sentenceOf(cause) ?? this.say('check.failed.retry')}`;
    } finally {
      this.isStarting = false;
    }
  }

  private say(key: string): string {
    const { locale, catalogue } = this.words;
    return say({ key }, { locale, catalogue: { ...checkWords, ...catalogue } });
  }
}
