import type { Command, Id, Instant, Personal, RefusalCode } from '@holdfast/protocol';
import type { Clock, RemoteTrack, VideoPort } from '../ports.js';
import type { View } from '../view/types.js';

/** How an input went. `queued`: the line is down; it is sent when it is back, with the instant at which it was said. */
export type SendResult =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'queued' }
  | {
      readonly outcome: 'refused';
      readonly code: RefusalCode | string;
      readonly sentence: string;
      readonly missing: readonly string[];
    };

/** What a joined session tells its listeners. */
export interface SessionEvents {
  /** After every change; at most once a frame of 50 ms. */
  view: (view: View) => void;
  /** After every change of tracks, devices or permissions. */
  media: (media: MediaState) => void;
  /** The line or the link was refused for good: the sentence says what to do. */
  refused: (code: string, sentence: string) => void;
  /** What had been queued while the line was down was settled now; a refusal is worth showing. */
  settledLate: (command: Command['type'], result: SendResult) => void;
}

/** Microphone, camera and tracks, as they are now. */
export interface MediaState {
  /**
   * `denied`: the person or the browser said no; `missing`: there is none; `failed`: in use elsewhere, or broken;
   * `byPhone`: kept off while client and staff talk by phone, whatever the person had chosen (P13); `paused`: kept off,
   * as the camera is, while the session is paused (U1); `offElsewhere`: on here, and not sent because it is off in another
   * session of this page that is in the same video room (P17).
   */
  readonly microphone: 'off' | 'on' | 'denied' | 'missing' | 'failed' | 'byPhone' | 'paused' | 'offElsewhere';
  /** As for the microphone; a call by phone leaves it as it is. `soundOnly`: kept off while sound only was chosen (W2). */
  readonly camera: 'off' | 'on' | 'denied' | 'missing' | 'failed' | 'soundOnly' | 'paused' | 'offElsewhere';
  /** Whether the other person's picture is wanted here: off saves data (A06). */
  readonly pictures: 'on' | 'off';
  /** This page's own, for a small picture of oneself. */
  readonly localTracks: readonly MediaStreamTrack[];
  /** The other person's. */
  readonly remoteTracks: readonly RemoteTrack[];
  /** What can be chosen. Empty until the browser has asked the person. */
  readonly devices: readonly {
    readonly id: string;
    readonly kind: 'camera' | 'microphone' | 'speaker';
    readonly label: string;
  }[];
}

/** Microphone, camera and devices of this page. Works before the session does, for the check of devices. */
export interface LocalMedia {
  /** As it is now; `media` tells of changes. */
  readonly state: MediaState;
  /**
   * Turns it on or off. Never rejects: what failed is in the state. While they talk by phone it cannot be turned on
   * (P13).
   */
  setMicrophone(on: boolean): Promise<void>;
  /** Turns it on or off. Never rejects: what failed is in the state. */
  setCamera(on: boolean): Promise<void>;
  /** Whether the other person's picture is wanted: off saves data, where the transport can. Sound goes on. */
  setPictures(on: boolean): Promise<void>;
  /** Takes another device, by its id: at once when one of that kind is on, otherwise the next time. */
  useDevice(kind: 'camera' | 'microphone', id: string): Promise<void>;
}

/** A session as an application has it. The elements use nothing else. */
export interface JoinedSession {
  /** As it is now; `view` tells of changes. */
  readonly view: View;
  /** Microphone, camera and tracks. */
  readonly media: LocalMedia;
  /** Now on the session server's clock, as this device estimates it: deadlines of the view are on it (H07). */
  nowMs(): Instant;
  /** Adds a listener; it is called for what happens from now on. */
  on<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void;
  /** Takes a listener away; one that was never added is passed over. */
  off<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void;
  /** Sends a command; `personal` holds words for the vault that belong to an answer. */
  send(command: Command, personal?: Personal): Promise<SendResult>;
  /**
   * The client's discreet signal to the practitioner: someone is near. Nothing on this page changes by it, and nothing is
   * answered, so that the result is the same whatever comes of it (Q3, H16). Does nothing for anybody else.
   */
  signalDiscreetly(): SendResult;
  /** Leaves on purpose: media stops at once, the others are told. */
  leave(): Promise<void>;
  /** Quick exit (H12): media, screen and storage first, then one message; never waits. */
  exit(): void;
  /** Takes media back to this device. */
  takeBack(): void;
  /** Forgets the session on this page without saying anything (tests, page teardown). */
  dispose(): void;
}

/** What joining needs. Only `link` and `video` have no default. */
export interface JoinOptions {
  /** The join link as the host made it; its token is after `#`. */
  readonly link: string;
  /**
   * Transports that this page can use; the grant says which one the session has. A promise where a large one is still
   * being loaded: nothing waits for it but the call. Sessions of one page can share them.
   */
  readonly video: VideoPort | readonly VideoPort[] | Promise<readonly VideoPort[]>;
  /** Default: the browser's clock, with worker timers. */
  readonly clock?: Clock;
  /** Default: `sessionStorage`, so that a reload goes on and a closed tab leaves nothing. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Default: made at random, kept for the tab. */
  readonly device?: Id;
  /**
   * Names this session among several that a page joins, so that after a reload each goes on as itself; the same name each
   * time, and nothing personal in it. Default: none, for a page with one session.
   */
  readonly keepAs?: string;
  /** Base path or address of the session server. Default `/holdfast` where the link leads. */
  readonly server?: string;
  /** Where quick exit goes (H12, H29): an `https:` page that means nothing. Default: an empty page. */
  readonly exitTo?: string;
}
