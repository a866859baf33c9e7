import type { Picture, Sound } from '@holdfast/protocol';
import type { VideoCounters } from '../ports.js';
import type { Projection } from '../project/projection.js';
import type { Conversation } from './conversation.js';
import type { Detection } from './detector.js';
import { mediaReport } from './media-report.js';
import { createObserver } from './observer.js';
import type { Platform } from './platform.js';
import { isByPhone, isPaused, isSoundOnly } from './projected.js';
import type { PageMedia } from './local-media.js';
import type { KeptSession } from './redeem.js';
import type { MediaState } from './types.js';

export interface ObservingOptions {
  readonly platform: Pick<Platform, 'clock' | 'page'>;
  readonly kept: Pick<KeptSession, 'device'>;
  readonly media: PageMedia;
  readonly server: Pick<Conversation, 'toServer' | 'say'>;
}

/**
 * States what this page's media path shows: whether it goes both ways, and what is seen and heard of the client when it changes: the practitioner's page by what reaches it, the client's
 * own by what its person turned off. While media is down, or they pause or talk by phone, there is nothing to say.
 */
export class Observing {
  readonly #options: ObservingOptions;
  readonly #observer = createObserver();
  #projection: Projection | null = null;
  #isUp = false;
  #said = '';

  constructor(options: ObservingOptions) {
    this.#options = options;
  }

  /** A newer projection: the channel decides what this page sends and wants (A06). */
  follow(projection: Projection): void {
    this.#projection = projection;
    this.#options.media.talkByPhone(isByPhone(projection));
    this.#options.media.talkWithoutPictures(isSoundOnly(projection));
    if (!isTalkedByMedia(projection)) {
      this.#said = '';
      this.#observer.startAnew();
    }
  }

  /** What this page's heartbeats on the media path have shown: said at once, and again to a server that asks anew. */
  contact(detection: Detection): void {
    const { kept, server } = this.#options;
    const report = mediaReport(this.#projection, kept.device, detection, (ms) => server.toServer(ms));
    if (report !== null) void server.say(report);
    const isUp = detection.state === 'up';
    if (isUp !== this.#isUp) this.#observer.startAnew();
    this.#isUp = isUp;
    if (detection.state === 'none') this.#said = '';
    this.turned();
  }

  /** This person turned something on or off, or it failed. */
  turned(): void {
    if (this.#projection?.role !== 'client' || !this.#isSpeaking) return;
    const { media, platform } = this.#options;
    const picture = PICTURES[media.state.camera];
    const sound = SOUNDS[media.state.microphone];
    this.#say(picture, sound, platform.clock.nowMs());
  }

  /** The transport was counted. */
  counted(counters: VideoCounters): void {
    if (this.#projection?.role !== 'practitioner' || !this.#isSpeaking) return;
    const { media, platform } = this.#options;
    const { isVisible } = platform.page;
    const { remoteTracks, pictures } = media.state;
    const { client } = this.#projection;
    // What of another participant arrives says nothing of the client (J11).
    const tracks = remoteTracks.filter(({ from }) => from === null || from === client);
    const atMs = platform.clock.nowMs();
    const seen = { atMs, counters, tracks, wantsPictures: pictures === 'on', isVisible };
    const reached = this.#observer.look(seen);
    if (reached === null) return;
    const { picture, pictureSinceMs, sound, soundSinceMs } = reached;
    this.#say(picture, sound, Math.max(pictureSinceMs, soundSinceMs));
  }

  get #isSpeaking(): boolean {
    return this.#isUp && this.#projection !== null && isTalkedByMedia(this.#projection);
  }

  #say(picture: Picture, sound: Sound, sinceMs: number): void {
    const said = `${picture} ${sound}`;
    const { server, kept } = this.#options;
    const atMs = server.toServer(sinceMs);
    if (said === this.#said || atMs === null || this.#projection === null) return;
    this.#said = said;
    const { client } = this.#projection;
    void server.say({
      type: 'media.observed',
      client,
      device: kept.device,
      picture,
      sound,
      sinceMs: Math.max(0, Math.round(atMs)),
    });
  }
}

const isTalkedByMedia = (projection: Projection): boolean => !isByPhone(projection) && !isPaused(projection);

const PICTURES: Readonly<Record<MediaState['camera'], Picture>> = {
  on: 'seen',
  off: 'offByChoice',
  soundOnly: 'offByChoice',
  paused: 'offByChoice',
  offElsewhere: 'offByChoice',
  denied: 'off',
  missing: 'off',
  failed: 'off',
};
const SOUNDS: Readonly<Record<MediaState['microphone'], Sound>> = {
  on: 'heard',
  off: 'muted',
  byPhone: 'muted',
  paused: 'muted',
  offElsewhere: 'muted',
  denied: 'gone',
  missing: 'gone',
  failed: 'gone',
};
