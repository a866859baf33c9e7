import { randomInt } from 'node:crypto';
import { usualAppointment, type Id } from '@holdfast/protocol';
import { joinWithoutPage, type LineSocket, type Wire } from '@holdfast/session/practice';
import type { Authority } from '../authority/authority.js';
import { practiceVideo } from '../authority/outside.js';
import type { Desk } from '../authority/desk.js';
import { redeem } from '../edge/http-edge.js';
import type { NewSessionOptions } from '../new-session.js';
import { checkedPolicy, type Settings } from '../options.js';
import { diceOf, drawn } from './dice.js';
import { PlayedPerson } from './played-person.js';
import { practiceSettings, type PracticeRoomOptions, type PracticeSettings } from './practice-options.js';
import { PLAYED, PLAYED_NAMES, practicePolicy } from './practice-policy.js';
import { SCRIPTS, TIDYING } from './scripts.js';
import type { Part, PracticeScript } from './script.js';

/** What a room takes from the session server that it is in. */
export interface RoomTools {
  readonly authority: Authority;
  readonly settings: Settings;
  /** A line that begins in this process. */
  readonly openLine: () => LineSocket;
  /** Something of it failed: the room goes on without the one whom it concerns. */
  readonly onProblem: () => void;
}

/** A practice room, ready to be stored, and the play in it. */
export interface PlannedRoom {
  readonly settings: PracticeSettings;
  readonly session: NewSessionOptions;
  readonly video: Settings['video'];
  /** Who is on duty in it. */
  readonly duty: Id;
  /** Begins to play, once the session is there. */
  begin(desk: Desk): Play;
}

/** Who is played in one room. */
export interface Play {
  readonly isOver: boolean;
  /** At once, without a word. */
  end(): void;
}

const LOOK_EVERY_MS = 1000;
/** From the end of the room's time until the last who is played goes. */
const TIDY_FOR_MS = 30_000;

/** @throws ServerError `bad-option`, `bad-policy`. */
export function planRoom(options: PracticeRoomOptions, tools: RoomTools): PlannedRoom {
  const settings = practiceSettings(options, () => randomInt(2 ** 31));
  const { practises, person, script: name } = settings;
  const { id, tenant, name: ownName } = options;
  const script: PracticeScript = SCRIPTS[name];
  const own = tools.settings.policy.kind === 'drill' ? tools.settings.policy : null;
  const given = options.policy === undefined ? own : checkedPolicy('policy', options.policy);
  const other = practises === 'practitioner' ? 'client' : 'practitioner';
  const played = (['duty', 'safeguardingLead', 'supervisor', 'management', other] as const).map((role) => ({
    id: PLAYED[role],
    role,
    name: PLAYED_NAMES[role],
  }));
  return {
    settings,
    video: practiceVideo,
    duty: PLAYED.duty,
    session: {
      ...(id === undefined ? {} : { id }),
      ...(tenant === undefined ? {} : { tenant }),
      drill: true,
      policy: practicePolicy(given),
      appointment: {
        ...usualAppointment,
        type: 'practiceRoom',
        startsAtMs: script.hasTime ? tools.authority.nowMs() : null,
      },
      people: [
        { id: person, role: practises, ...(ownName === undefined ? {} : { name: ownName }) },
        ...played,
      ],
    },
    begin: (desk) => new RoomPlay(desk, settings, script, tools),
  };
}

/** A room that was open when the session server started: whoever was played before comes to end it (rule K25). */
export function tidyRoom(desk: Desk, tools: RoomTools): Play {
  const isClientPlayed = desk.personOf(PLAYED.client) !== undefined;
  const practises = isClientPlayed ? 'practitioner' : 'client';
  const other: Part = { comesAfterMs: [0, 500], habits: TIDYING, steps: [] };
  const play = { practises, duty: 'script', seed: 1, longestMs: 0 } as const;
  return new RoomPlay(desk, play, { other, duty: TIDYING }, tools);
}

class RoomPlay implements Play {
  readonly #desk: Desk;
  readonly #tools: RoomTools;
  readonly #seed: number;
  readonly #persons: PlayedPerson[] = [];
  readonly #cancels: (() => void)[] = [];
  #isTidying = false;
  isOver = false;

  constructor(
    desk: Desk,
    settings: Pick<PracticeSettings, 'practises' | 'duty' | 'seed' | 'longestMs'>,
    script: Pick<PracticeScript, 'other' | 'duty'>,
    tools: RoomTools,
  ) {
    this.#desk = desk;
    this.#tools = tools;
    this.#seed = settings.seed;
    const { clock } = tools.settings;
    const other = settings.practises === 'practitioner' ? PLAYED.client : PLAYED.practitioner;
    this.#enter(other, script.other, 1);
    const duty: Part = { comesAfterMs: [200, 400], habits: script.duty, steps: [] };
    if (settings.duty === 'script') this.#enter(PLAYED.duty, duty, 2);
    this.#cancels.push(
      clock.every(LOOK_EVERY_MS, () => this.#look()),
      clock.after(settings.longestMs, () => this.#tidy()),
    );
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const cancel of this.#cancels) cancel();
    for (const person of this.#persons) person.end();
  }

  /** At their own time, drawn from the seed as everything else. */
  #enter(person: Id, part: Part, index: number): void {
    if (part.comesAfterMs === null) return;
    const seed = this.#seed + 104_729 * index;
    const roll = diceOf(seed);
    const afterMs = drawn(roll, part.comesAfterMs);
    const come = (): void => void this.#join(person, part, seed, roll).catch(() => this.#tools.onProblem());
    this.#cancels.push(this.#tools.settings.clock.after(afterMs, come));
  }

  async #join(person: Id, part: Part, seed: number, roll: () => number): Promise<void> {
    const { authority, settings } = this.#tools;
    const { clock, linkValidMs } = settings;
    const token = await authority.links.make({ ...this.#desk.key, person }, authority.nowMs() + linkValidMs);
    const device = await joinWithoutPage({
      link: `http://practice.invalid/#${token}`,
      clock,
      wire: this.#wire(),
      newId: () => idOf(roll),
      sends: person === PLAYED.duty ? [] : ['audio', 'video'],
    });
    if (this.isOver) return device.session.dispose();
    this.#persons.push(new PlayedPerson({ device, part, clock, seed }));
    if (this.#isTidying) this.#tidy();
  }

  #wire(): Wire {
    const { authority, settings, openLine } = this.#tools;
    return {
      openSocket: openLine,
      redeem: async (request) => {
        const { status, body } = await redeem(request, { authority, basePath: settings.basePath }, true);
        return { ok: status === 200, body };
      },
      beacon: (message) => void authority.admission.takeBeacon(message).catch(() => null),
    };
  }

  /** Also when nobody who is played is there to see it. */
  #look(): void {
    if (!this.#desk.live.record.isOpen) this.end();
  }

  /** The time of the room is over: what is open is ended by whoever is played and may; then they go (rule K25). */
  #tidy(): void {
    this.#persons.forEach((person, index) => person.change(TIDYING, this.#seed + index));
    if (this.#isTidying) return;
    this.#isTidying = true;
    const go = (): void =>
      void Promise.all(this.#persons.map((person) => person.leave()))
        .catch(() => this.#tools.onProblem())
        .finally(() => this.end());
    this.#cancels.push(this.#tools.settings.clock.after(TIDY_FOR_MS, go));
  }
}

const DIGITS = 32;
const idOf = (roll: () => number): Id =>
  Array.from({ length: DIGITS }, () => Math.floor(roll() * 16).toString(16)).join('');
