import { REFUSALS } from '@holdfast/protocol';
import type { Command, Fact, Instant, MediaGrant, Personal, WatchdogCondition } from '@holdfast/protocol';
import type { VideoPort } from '../ports.js';
import type { Projection } from '../project/projection.js';
import type { ActionCard, DeviceState, View } from '../view/types.js';
import { actionCard } from './action-card.js';
import {
  asClosed,
  hasGone,
  isMediaAllowed,
  isOtherSideHeard,
  isOver,
  lostAfterMs,
  peerOf,
  suspectAfterMs,
} from './projected.js';
import { Conversation, type Told } from './conversation.js';
import type { Detection } from './detector.js';
import { FINAL_REFUSALS, UNTOLD, USELESS_AFTER } from './final-refusals.js';
import { GrantWait } from './grant-wait.js';
import { Listeners } from './listeners.js';
import { PageMedia } from './local-media.js';
import { MediaSession } from './media-session.js';
import { OwnWord } from './own-word.js';
import { Observing } from './observing.js';
import type { Platform } from './platform.js';
import type { KeptSession, SessionKeep } from './redeem.js';
import type { Screens } from './screens.js';
import { SessionPage } from './session-page.js';
import { ShownView } from './shown-view.js';
import type { JoinedSession, SendResult, SessionEvents } from './types.js';

export interface JoinedSessionOptions {
  readonly platform: Platform;
  readonly kept: KeptSession;
  readonly keep: SessionKeep;
  readonly screens: Screens;
  /** Absolute addresses. */
  readonly socketAddress: string;
  readonly beaconAddress: string;
  readonly video: readonly VideoPort[];
  readonly exitTo: string;
  /** The first view is there. */
  readonly onReady: () => void;
}

/** A view also changes by time alone (silence grows): looked at this often. */
const LOOK_EVERY_MS = 250;
/** How long `leave` waits for the session server before it uses the page's last message. */
const LEAVE_WITHIN_MS = 2000;

/** The runtime of one device: its line, its media, what it holds of the session, and what its screen shows. */
export class DeviceSession implements JoinedSession {
  readonly media: PageMedia;
  readonly #options: JoinedSessionOptions;
  readonly #events = new Listeners<SessionEvents>();
  readonly #server: Conversation;
  readonly #video: MediaSession;
  readonly #shown: ShownView;
  readonly #page: SessionPage;
  readonly #grantWait: GrantWait;
  readonly #ownWord = new OwnWord();
  readonly #observing: Observing;
  readonly #cancelLook: () => void;
  #projection: Projection | null = null;
  #inCharge = true;
  #watchdog: readonly WatchdogCondition[] = [];
  #hasLeft: DeviceState['hasLeft'] = 'no';
  /** This person left or exited on another page while this one was open. */
  #hasLeftElsewhere = false;
  #isSuperseded = false;
  #isDisposed = false;
  #hasTransport = true;
  #card: ActionCard | null = null;
  #dutyLine: string | null = null;

  constructor(options: JoinedSessionOptions) {
    this.#options = options;
    const { clock, devices } = options.platform;
    this.#shown = new ShownView({
      clock,
      draw: () => this.#draw(),
      onView: (next, isFirst) => {
        this.#events.tell('view', next);
        if (isFirst) options.onReady();
      },
    });
    this.media = new PageMedia({
      devices,
      onChange: () => {
        this.#observing.turned();
        this.#events.tell('media', this.media.state);
      },
      onPictures: (isWanted) => this.#video.receivePictures(isWanted),
      onTrack: (kind, track) => this.#video.setTrack(kind, track),
    });
    this.#server = this.#startConversation();
    this.#observing = new Observing({ ...options, media: this.media, server: this.#server });
    this.#grantWait = new GrantWait(clock, () => this.#server.askForGrant());
    this.#video = this.#startMedia();
    this.#page = this.#startPage();
    this.#cancelLook = clock.every(LOOK_EVERY_MS, () => {
      this.#grantWait.look(this.#isGrantMissing);
      this.#shown.look();
    });
  }

  /** Only after `onReady`; `joinSession` waits for it. */
  get view(): View {
    const { current } = this.#shown;
    if (current === null) throw new TypeError('there is no view before the first projection');
    return current;
  }

  nowMs(): Instant {
    return this.#server.nowMs();
  }

  on<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void {
    this.#events.add(event, listener);
  }

  off<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void {
    this.#events.remove(event, listener);
  }

  async send(command: Command, personal?: Personal): Promise<SendResult> {
    // Q3: told to nobody here, and not kept as something that waits.
    if (command.type === 'privacy.signal') return this.signalDiscreetly();
    // G7, U6: consent that is taken back, and a pause, wait for no line and no answer.
    this.#ownWord.said(command);
    if (this.#ownWord.isConsentBack) this.#endMedia();
    this.#applyPause();
    const result = await this.#say(command, personal);
    this.#onAnswer(command, result);
    return result;
  }

  signalDiscreetly(): SendResult {
    if (this.#projection?.role === 'client') this.#server.signalDiscreetly();
    return { outcome: 'accepted' };
  }

  async leave(): Promise<void> {
    if (this.#hasLeft !== 'no' || this.#projection === null) return;
    this.#hasLeft = 'left';
    this.#endMedia();
    this.#shown.look();
    const { clock } = this.#options.platform;
    const told = this.#say({ type: 'person.left', person: this.#projection.person });
    const late = new Promise<null>((resolve) => clock.after(LEAVE_WITHIN_MS, () => resolve(null)));
    const result = await Promise.race([told, late]);
    if (this.#hasLeft !== 'left') return; // They came back meanwhile.
    if (result?.outcome === 'accepted') return this.#server.close();
    // The line is down: the page's own last message may still get through, and the outbox keeps trying.
    this.#page.lastMessage('person.left');
  }

  exit(): void {
    const { page } = this.#options.platform;
    this.#hasLeft = 'exited';
    this.#endMedia();
    page.blank();
    this.#options.keep.forget();
    this.#page.lastMessage('person.exited');
    this.dispose();
    page.goTo(this.#options.exitTo);
  }

  takeBack(): void {
    if (this.#isDisposed) return;
    this.#isSuperseded = false;
    this.#hasLeft = 'no';
    this.#hasLeftElsewhere = false;
    this.#server.takeMedia();
    this.#page.claimTab();
    this.#shown.look();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelLook();
    this.#page.end();
    this.#server.close();
    this.#server.clear();
    this.#video.dispose();
    this.media.dispose();
    this.#shown.dispose();
    this.#card = null;
    this.#events.clear();
    this.#options.platform.end();
  }

  #startConversation(): Conversation {
    const { platform, kept, socketAddress } = this.#options;
    return new Conversation({
      platform,
      kept,
      socketAddress,
      evidence: () => this.#video.evidence,
      onHeard: (atMs) => this.#video.note({ kind: 'serverHeard', atMs }),
      onWelcome: (dutyLine) => this.#onWelcome(dutyLine),
      onUpdate: (projection) => this.#onUpdate(projection),
      onTold: (told) => this.#onTold(told),
      onChange: () => this.#shown.look(),
      onLateAnswer: (body, result) => this.#onLateAnswer(body, result),
    });
  }

  #startMedia(): MediaSession {
    const { platform, video } = this.#options;
    const policy = () => (this.#projection === null ? 0 : suspectAfterMs(this.#projection));
    return new MediaSession({
      clock: platform.clock,
      ports: video,
      signal: this.#server.signal,
      page: platform.newId(),
      // Of this session's policy. Media is opened by a grant, which follows the first projection.
      get suspectAfterMs() {
        return policy();
      },
      isVisible: () => platform.page.isVisible,
      link: () => platform.preflight().connection,
      peer: () => peerOf(this.#projection),
      media: this.media,
      onCounted: (counters) => this.#observing.counted(counters),
      onDetection: (detection) => this.#onDetection(detection),
      onExpired: () => this.#server.askForGrant(),
    });
  }

  #startPage(): SessionPage {
    return new SessionPage({
      ...this.#options,
      hasLeft: () => this.#hasLeft !== 'no' || this.#hasLeftElsewhere,
      nowMs: () => this.nowMs(),
      isInUse: () => this.#hasLeft === 'no' && !this.#isSuperseded,
      onDuplicated: () => {
        this.#server.close();
        this.#giveUpMedia();
      },
      onReturned: () => this.#server.hint('networkIsBack'),
      onNetwork: (isOnline) => {
        this.#video.note({ kind: 'networkChanged', isOnline });
        this.#server.hint(isOnline ? 'networkIsBack' : 'networkIsGone');
        if (isOnline) this.#video.networkIsBack();
      },
    });
  }

  #onWelcome(dutyLine: string | null): void {
    this.#inCharge = true;
    this.#dutyLine = dutyLine;
    // What this device saw last is said again: a session server that was restarted asks everybody (design).
    this.#observing.contact({ ...this.#video.evidence, verdict: this.#video.verdict });
    this.#video.networkIsBack();
  }

  #onUpdate(received: unknown): void {
    const next = this.#options.screens.parse(received);
    if (next === null) return this.#onUnreadable();
    const wasHeard = this.#projection === null ? null : isOtherSideHeard(this.#projection);
    const isHeard = isOtherSideHeard(next);
    const wasAllowed = this.#projection !== null && isMediaAllowed(this.#projection);
    // What a page is told first is from before it came.
    this.#hasLeftElsewhere = this.#projection !== null && hasGone(next);
    this.#projection = next;
    this.#card = actionCard(next, this.#dutyLine, this.#card);
    // H18: what the tab keeps for a reload goes with the session.
    if (isOver(next)) this.#options.keep.forget();
    this.#video.note({ kind: 'peerHeardByServer', isHeard });
    if (wasHeard === false && isHeard === true) this.#video.peerIsBack();
    this.#observing.follow(next);
    this.#ownWord.updated();
    if (!isMediaAllowed(next)) this.#endMedia(wasAllowed);
    this.#applyPause();
    this.#shown.look();
  }

  /** Another version of the session server: what is on the screen stays, nothing is guessed. */
  #onUnreadable(): void {
    if (this.#projection === null)
      this.#events.tell('refused', 'version-unknown', REFUSALS['version-unknown']);
  }

  #onTold(told: Told): void {
    if (told.type === 'grant') return this.#onGrant(told.grant);
    if (told.type === 'refused') return this.#onRefused(told.code, told.sentence);
    if (told.type === 'watchdog') this.#watchdog = told.conditions;
    else this.#inCharge = told.inCharge;
    this.#shown.look();
  }

  #onGrant(grant: MediaGrant): void {
    if (!this.#mayHaveMedia) return;
    this.#grantWait.came();
    this.#hasTransport = this.#video.use(grant);
    if (!this.#hasTransport)
      this.#events.tell('refused', 'no-transport', 'This page cannot use the video of this session.');
  }

  #onRefused(code: string, sentence: string): void {
    // The line stays: this device still sees the session, and its person is still there.
    if (code === 'opened-elsewhere') return this.#giveUpMedia();
    if (!FINAL_REFUSALS.includes(code)) return;
    this.#endMedia();
    this.#server.close();
    if (USELESS_AFTER.includes(code)) this.#options.keep.forget();
    if (code === 'session-closed') this.#onClosed();
    this.#events.tell('refused', code, sentence);
  }

  /** A device that was off the line is told no more than this: its screen shows what the others' show (H18). */
  #onClosed(): void {
    this.#card = null;
    if (this.#projection !== null) this.#projection = asClosed(this.#projection);
    this.#server.clear();
    this.#shown.look();
  }

  #onLateAnswer(body: Command | Fact, result: SendResult): void {
    this.#onAnswer(body, result);
    if (body.type === 'person.left' && this.#hasLeft === 'left') this.#server.close();
    if (!UNTOLD.includes(body.type)) {
      this.#events.tell('settledLate', body.type as Command['type'], result);
    }
  }

  #onAnswer(body: Command | Fact, result: SendResult): void {
    this.#ownWord.answered(body, result, this.#projection);
    this.#applyPause();
  }

  #applyPause(): void {
    this.media.pause(this.#ownWord.isPaused(this.#projection));
    this.#shown.look();
  }

  /** As far as it is this person's own to say. */
  get #mayHaveMedia(): boolean {
    return this.#hasLeft === 'no' && !this.#isSuperseded && !this.#ownWord.isConsentBack;
  }

  get #isGrantMissing(): boolean {
    const isMine = this.#mayHaveMedia && this.#hasTransport;
    const isAllowed = this.#projection !== null && isMediaAllowed(this.#projection);
    return isMine && isAllowed && this.#server.isUp && this.#video.evidence.state === 'none';
  }

  #onDetection(detection: Detection): void {
    this.#observing.contact(detection);
    this.#shown.look();
    const { clock } = this.#options.platform;
    if (detection.state !== 'silent' || this.#projection === null) return;
    // The screen says so at the very instant at which silence becomes a loss, not at the next look.
    const lostAtMs = (detection.lastBothWaysAtMs ?? 0) + lostAfterMs(this.#projection);
    clock.after(lostAtMs + 1 - clock.nowMs(), () => this.#shown.look());
  }

  #say(body: Command | Fact, personal?: Personal): Promise<SendResult> {
    const said = this.#server.say(body, personal);
    this.#shown.look();
    return said;
  }

  #giveUpMedia(): void {
    this.#isSuperseded = true;
    this.#endMedia();
    this.#shown.look();
  }

  /** Before the gate opens camera and microphone are tried out; once it has closed nothing captures any more (G7). */
  #endMedia(wasAllowed = true): void {
    this.#video.close();
    if (wasAllowed) this.media.stop();
  }

  #draw(): View | null {
    if (this.#isDisposed || this.#projection === null) return null;
    const { state, lastBothWaysAtMs } = this.#video.evidence;
    const device: DeviceState = {
      lastHeardAtMs: this.#server.lastHeardAtMs,
      unsent: this.#server.unsent,
      inCharge: this.#inCharge,
      hasLeft: this.#hasLeftElsewhere ? 'left' : this.#hasLeft,
      isSuperseded: this.#isSuperseded,
      verdict: this.#video.verdict,
      media: state,
      mediaSilentSinceMs: state === 'silent' ? this.#server.toServer(lastBothWaysAtMs) : null,
      actionCard: this.#card,
      watchdog: this.#watchdog,
      preflight: this.#options.platform.preflight(),
    };
    return this.#options.screens.view(this.#ownWord.shown(this.#projection), device, this.#server.nowMs());
  }
}
