import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Command, Personal } from '@holdfast/protocol';
import type { JoinedSession, JoinOptions, MediaState, SendResult, Stage, View } from '@holdfast/session';
import { announcementsOf } from '../announcer/announcements.js';
import { Announcer } from '../announcer/announcer.js';
import { bar } from '../screens/bar.js';
import { body } from '../screens/body.js';
import { reports } from '../screens/reports.js';
import { isStaff, type ScreenContext } from '../screens/screen-context.js';
import { drillBanner, notices, quickExit, top } from '../screens/top.js';
import { isPressing } from '../screens/urgency.js';
import { SignalControl } from '../signal/signal-control.js';
import { screenStyles } from '../styles/index.js';
import { englishWords } from '../words/english.js';
import { say, type Words } from '../words/index.js';
import { playAttentionSound, type AttentionSound } from './attention-sound.js';
import { AttentionKeeper } from './attention-keeper.js';
import { claimTitle, titleOf } from './document-title.js';
import { FocusKeeper } from './focus-keeper.js';
import { mayScroll } from './may-scroll.js';

/**
 * `<holdfast-session>`: the whole session on one page, drawn from the view and nothing else.
 *
 * Give it a `session` that `joinSession` made, or a `link` and `video` and it asks before it joins. Fires
 * `holdfast-joined` (detail: the session) and `holdfast-left`. After a quick exit nothing is fired: the page is gone.
 *
 * Taking the element off the page ends no session, so that it can be moved: call `leave()` or `dispose()` on the
 * session to let go of camera, microphone and line.
 */
export class HoldfastSession extends LitElement {
  /** One style sheet for all screens; themed by custom properties. */
  static override styles = screenStyles;
  /** Attributes and properties, as Lit reads them. */
  static override properties = {
    session: { attribute: false },
    link: { type: String },
    video: { attribute: false },
    words: { attribute: false },
    server: { type: String },
    exitTo: { type: String, attribute: 'exit-to' },
    keepAs: { type: String, attribute: 'keep-as' },
    keepsTitle: { type: Boolean, attribute: 'keeps-title' },
    isQuiet: { type: Boolean, attribute: 'quiet' },
    view: { state: true },
    media: { state: true },
    refusal: { state: true },
    isForgotten: { state: true },
  };

  /** A session that the host joined itself, or the one that came of `link`. Default null. */
  declare session: JoinedSession | null;
  /** A join link; used when there is no `session`. */
  declare link: string | null;
  /** Transports that this page can use, for `link`. */
  declare video: JoinOptions['video'];
  /** Default: English. */
  declare words: Words;
  /** Base path of the session server, for `link`. Default: `joinSession`'s. */
  declare server: string | null;
  /** Where quick exit goes, for `link`. Default: `joinSession`'s, an empty page that needs no network. */
  declare exitTo: string | null;
  /** Names this session among several of one page, for `link`, so that each goes on after a reload. Default: none. */
  declare keepAs: string | null;
  /** The host sets the page's title itself. Default false: for staff it says who must act; a client's is never touched. */
  declare keepsTitle: boolean;
  /** No attention sound for staff. Default false. */
  declare isQuiet: boolean;

  /** Played when something waits for this person, and again while it waits and the page is hidden (staff only). */
  attentionSound: AttentionSound = playAttentionSound;

  declare private view: View | null;
  declare private media: MediaState | null;
  declare private refusal: { code: string; sentence: string } | null;
  /** The session is over for this person and the page was left: the browser may keep it and show it again. */
  declare private isForgotten: boolean;
  private readonly announcer = new Announcer(this);
  private readonly attention = new AttentionKeeper(this, () => !this.isQuiet && this.attentionSound());
  private shownStage: Stage | null = null;
  private stopListening: () => void = () => undefined;

  constructor() {
    super();
    this.session = null;
    this.link = null;
    this.video = [];
    this.words = englishWords;
    this.server = null;
    this.exitTo = null;
    this.keepAs = null;
    this.keepsTitle = false;
    this.isQuiet = false;
    this.view = null;
    this.media = null;
    this.refusal = null;
    this.isForgotten = false;
    new FocusKeeper(this);
    new SignalControl(this, () => void (this.view?.role === 'client' && this.session?.signalDiscreetly()));
  }

  /** Called by the browser: listens to the session again after a move on the page. */
  override connectedCallback(): void {
    super.connectedCallback();
    // The first time, `willUpdate` does it; this is for an element that was moved on the page.
    if (this.hasUpdated && this.session) this.listen(this.session);
    addEventListener('pagehide', this.onGoing);
  }

  /** Called by the browser: stops listening. The session goes on. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
    claimTitle(this.ownerDocument, this, null);
    removeEventListener('pagehide', this.onGoing);
  }

  /** E4: a page that the browser keeps for its back button shows nothing of a session that was left or is over. */
  private readonly onGoing = (): void => {
    const { view } = this;
    if (!view || isStaff(view) || !['closed', 'left'].includes(view.stage)) return;
    this.session = null;
    this.link = null;
    this.isForgotten = true;
    this.announcer.hostDisconnected();
  };

  /** Called by Lit: follows a session that was set anew. */
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session')) {
      this.stopListening();
      this.refusal = null;
      this.view = null;
      if (this.session) this.listen(this.session);
      else claimTitle(this.ownerDocument, this, null);
    }
  }

  /** A new stage is read from its headline on; whoever writes, or is at another session of this page, is not moved. */
  protected override updated(): void {
    const stage = this.view?.stage ?? null;
    const before = this.shownStage;
    this.shownStage = stage;
    if (stage === null || before === null || stage === before) return;
    if (mayScroll(this)) this.scrollIntoView({ block: 'start' });
  }

  private listen(session: JoinedSession): void {
    this.stopListening();
    const onView = (view: View): void => this.take(view);
    const onMedia = (media: MediaState): void => void (this.media = media);
    const onRefused = (code: string, sentence: string): void => this.showRefusal(code, sentence);
    const onLate = (_type: string, result: SendResult): void => this.tellResult(result);
    session.on('view', onView);
    session.on('media', onMedia);
    session.on('refused', onRefused);
    session.on('settledLate', onLate);
    this.stopListening = () => {
      session.off('view', onView);
      session.off('media', onMedia);
      session.off('refused', onRefused);
      session.off('settledLate', onLate);
      this.stopListening = () => undefined;
    };
    this.media = session.media.state;
    this.take(session.view);
  }

  private take(view: View): void {
    const said = announcementsOf(this.view, view, this.words);
    const isUrgent = said.some(({ level }) => level === 'alert');
    this.announcer.announce(said);
    if (isUrgent && isPressing(view) && !this.isQuiet) this.attentionSound();
    this.attention.follow(isPressing(view));
    const title = this.keepsTitle ? null : titleOf(view, this.words);
    claimTitle(this.ownerDocument, this, title === null ? null : { title, isPressing: isPressing(view) });
    this.view = view;
  }

  private showRefusal(code: string, sentence: string): void {
    this.refusal = { code, sentence };
    this.announcer.announce([{ level: 'alert', sentence }]);
  }

  /** Called by Lit. */
  protected override render(): TemplateResult {
    return html`${this.screen()} ${this.announcer.render()}`;
  }

  private screen(): TemplateResult {
    const { session, view, media } = this;
    if (!session || !view || !media) return this.beforeSession();
    const context = this.context(session, view, media);
    return html`<div class="frame" data-stage=${view.stage} data-role=${view.role}>
      ${drillBanner(context)} ${quickExit(context)}
      ${this.refusal ? html`<p class="notice" data-level="alert">${this.refusal.sentence}</p>` : nothing}
      ${top(context)} ${notices(context)} ${body(context)} ${reports(context)} ${bar(context)}
    </div>`;
  }

  private beforeSession(): TemplateResult {
    if (this.isForgotten) return html`<p class="frame">${this.sentence('client.closed.what')}</p>`;
    if (!this.link) return html``;
    return html`<holdfast-join
      .link=${this.link}
      .video=${this.video}
      .words=${this.words}
      .server=${this.server}
      .exitTo=${this.exitTo}
      .keepAs=${this.keepAs}
      @holdfast-joined=${(event: CustomEvent<JoinedSession>) => void (this.session = event.detail)}
    ></holdfast-join>`;
  }

  private context(session: JoinedSession, view: View, media: MediaState): ScreenContext {
    return {
      view,
      session,
      media,
      words: this.words,
      say: (key, params) => say(params ? { key, params } : { key }, this.words),
      tell: (message) => say(message, this.words),
      send: (command, personal) => this.send(session, command, personal),
      announce: (level, sentence) => this.announcer.announce([{ level, sentence }]),
      nowMs: () => session.nowMs(),
      leave: () => void this.leave(session),
      exit: () => this.exit(session),
      comeBack: () => session.takeBack(),
    };
  }

  private async send(
    session: JoinedSession,
    command: Command,
    personal: Personal | undefined,
  ): Promise<SendResult> {
    const result = await (personal === undefined ? session.send(command) : session.send(command, personal));
    this.tellResult(result);
    return result;
  }

  private tellResult(result: SendResult): void {
    if (result.outcome === 'queued')
      this.announcer.announce([{ level: 'status', sentence: this.sentence('sent.queued') }]);
    if (result.outcome === 'refused')
      this.announcer.announce([{ level: 'alert', sentence: result.sentence }]);
  }

  private async leave(session: JoinedSession): Promise<void> {
    await session.leave();
    this.dispatchEvent(new CustomEvent('holdfast-left', { bubbles: true, composed: true }));
  }

  /** H12: sound first, then media, screen and storage, which are the session's own; nothing waits for a network. */
  private exit(session: JoinedSession): void {
    for (const video of this.shadowRoot?.querySelectorAll('video') ?? []) video.muted = true;
    this.stopListening();
    session.exit();
    this.session = null;
    this.link = null;
  }

  private sentence(key: string): string {
    return say({ key }, this.words);
  }
}
