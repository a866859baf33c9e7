import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { joinSession, type JoinedSession, type JoinOptions } from '@holdfast/session';
import { screenStyles } from '../styles/index.js';
import { englishWords } from '../words/english.js';
import { say, type Words } from '../words/index.js';
import { sentenceOf } from './sentence-of.js';

/** How a link becomes a session. The default is `joinSession`. */
export type Join = (options: JoinOptions) => Promise<JoinedSession>;

/**
 * `<holdfast-join>`: the page in front of a session. Only its button redeems the link, so that a scanner of links does
 * not burn it, and quick exit is explained before it can be needed (H12, H29). Fires `holdfast-joined`.
 */
export class HoldfastJoin extends LitElement {
  /** One style sheet for all screens; themed by custom properties. */
  static override styles = screenStyles;
  /** Attributes and properties, as Lit reads them. */
  static override properties = {
    link: { type: String },
    video: { attribute: false },
    words: { attribute: false },
    server: { type: String },
    exitTo: { type: String, attribute: 'exit-to' },
    keepAs: { type: String, attribute: 'keep-as' },
    join: { attribute: false },
    isJoining: { state: true },
    problem: { state: true },
  };

  /** The join link. Default: none; then nothing can be joined. */
  declare link: string;
  /** Transports that this page can use. */
  declare video: JoinOptions['video'];
  /** Default: English. */
  declare words: Words;
  /** Base path of the session server. Default: `joinSession`'s. */
  declare server: string | null;
  /** Where quick exit goes. Default: `joinSession`'s. */
  declare exitTo: string | null;
  /** Names this session among several of one page. Default: none. */
  declare keepAs: string | null;
  /** Default: `joinSession`. For tests. */
  declare join: Join;
  declare private isJoining: boolean;
  declare private problem: string | null;

  constructor() {
    super();
    this.link = '';
    this.video = [];
    this.words = englishWords;
    this.server = null;
    this.exitTo = null;
    this.keepAs = null;
    this.join = joinSession;
    this.isJoining = false;
    this.problem = null;
  }

  /** A reload in the middle: the token was used up and taken out of the address; the tab goes on by itself. */
  protected override firstUpdated(): void {
    if (this.link !== '' && !this.link.includes('#')) void this.press();
  }

  /** Called by Lit. */
  protected override render(): TemplateResult {
    return html`<div class="frame">
        <div class="body narrow">
          <section class="card" aria-labelledby="headline">
            <h1 id="headline" tabindex="-1">${this.say('join.title')}</h1>
            <p>${this.say('join.text')}</p>
            <h2>${this.say('join.exit.title')}</h2>
            <p>${this.say('join.exit.text')}</p>
            <p class="why">${this.say('join.exit.limits')}</p>
            ${this.problem === null ? nothing : html`<p class="wrong">${this.problem}</p>`}
            <div class="buttons">
              <button
                type="button"
                data-weight="main"
                aria-disabled=${this.isJoining ? 'true' : nothing}
                @click=${() => void this.press()}
              >
                ${this.say(this.isJoining ? 'join.joining' : 'join.button')}
              </button>
            </div>
          </section>
        </div>
      </div>
      <div class="hidden" role="status" aria-live="polite">
        ${this.isJoining ? this.say('join.joining') : ''}
      </div>
      <div class="hidden" role="alert" aria-live="assertive">${this.problem ?? ''}</div>`;
  }

  private async press(): Promise<void> {
    if (this.isJoining) return;
    this.isJoining = true;
    this.problem = null;
    try {
      const session = await this.join(this.options());
      this.dispatchEvent(
        new CustomEvent('holdfast-joined', { detail: session, bubbles: true, composed: true }),
      );
    } catch (cause) {
      this.problem = `${this.say('join.failed')} ${sentenceOf(cause) ?? this.say('join.failed.retry')}`;
    } finally {
      this.isJoining = false;
    }
  }

  private options(): JoinOptions {
    const { link, video, server, exitTo, keepAs } = this;
    return {
      link,
      video,
      ...(server === null ? {} : { server }),
      ...(exitTo === null ? {} : { exitTo }),
      ...(keepAs === null ? {} : { keepAs }),
    };
  }

  private say(key: string): string {
    return say({ key }, this.words);
  }
}
