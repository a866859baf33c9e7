import type { EventKind, Id, Instant, Picture, Sound, Trouble } from '@holdfast/protocol';
import { assign, emit, not, setup } from 'xstate';
import { arm, disarm } from '../../step/arm.js';
import type { ChartInput, Emitted, Heard, Passed, Said, Stated } from '../../step/concept.js';
import { record } from '../../step/record.js';
import { pictureOf, soundOf, type Since, type Statements } from './seen-and-heard.js';

export interface ObservationContext {
  readonly client: Id;
  readonly said: Statements;
  readonly picture: Since<Picture>;
  readonly sound: Since<Sound>;
  /** What each side says that it does not get of the other. */
  readonly reports: Readonly<Record<'client' | 'practitioner', readonly Trouble[]>>;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type ObservationEvent =
  | Stated<'media.observed'>
  | Said<'observation.report' | 'observation.settle'>
  | Heard<'contact.byPhone' | 'contact.ended' | 'lead.changed'>
  | Passed;
type Args = { readonly context: ObservationContext; readonly event: ObservationEvent };

const NOTHING: Statements = { reaches: null, own: null };

/** What both devices have said, with this. What ends media ends what was seen by it. */
function saidAfter({ context, event }: Args): Statements {
  if (event.type === 'contact.byPhone' || event.type === 'contact.ended') return NOTHING;
  // D3: whoever leads now has not said yet what reaches them.
  if (event.type === 'lead.changed') return { ...context.said, reaches: null };
  if (event.type !== 'media.observed') return context.said;
  const statement = { picture: event.picture, sound: event.sound };
  if (event.by.person === context.client) return { ...context.said, own: statement };
  return event.by.person === event.now.practitioner ? { ...context.said, reaches: statement } : context.said;
}

const pictureAfter = (args: Args): Since<Picture>['is'] => pictureOf(saidAfter(args));
const soundAfter = (args: Args): Since<Sound>['is'] => soundOf(saidAfter(args));

/** An instant of a device is believed as far as it can be true. */
const sinceAfter = ({ event }: Args): Instant =>
  event.type === 'media.observed' ? Math.min(event.sinceMs, event.atMs) : event.atMs;

const sideOf = ({ by }: ObservationEvent): 'client' | 'practitioner' =>
  by.role === 'client' ? 'client' : 'practitioner';

const subjectOf = ({ client }: ObservationContext) => ({ kind: 'client', id: client }) as const;

/** O2: each change is recorded, with how long what it ends has lasted. */
const changed = ({ context, event }: Args, kind: EventKind, before: Since<string>, next: string): Emitted => {
  const sinceMs = sinceAfter({ context, event });
  return record(kind, ['O2'], subjectOf(context), {
    outcome: next,
    details: {
      was: before.is,
      sinceMs,
      ...(before.sinceMs === null ? {} : { lastedMs: Math.max(0, sinceMs - before.sinceMs) }),
    },
  });
};

const pictures = ['recordPicture', 'keepPicture'] as const;
const sounds = ['recordSound', 'keepSound'] as const;

const nextPicture = [
  { guard: 'isPictureSame', actions: 'keepSaid' },
  { guard: 'isSeen', target: '.seen', actions: pictures },
  { guard: 'isPicturePoor', target: '.poor', actions: pictures },
  { guard: 'isFrozen', target: '.frozen', actions: pictures },
  { guard: 'isOff', target: '.off', actions: pictures },
  { guard: 'isOffByChoice', target: '.offByChoice', actions: pictures },
  { target: '.notYet', actions: pictures },
] as const;

const nextSound = [
  { guard: 'isSoundSame', actions: 'keepSaid' },
  { guard: 'isHeard', target: '.heard', actions: sounds },
  { guard: 'isSoundPoor', target: '.poor', actions: sounds },
  { guard: 'isGone', target: '.gone', actions: [...sounds, 'armMissing'] },
  { guard: 'isMuted', target: '.muted', actions: sounds },
  { target: '.notYet', actions: sounds },
] as const;

/**
 * What can be seen and heard of one client: by frames and packets that arrive, not by the state of a link (H11). What is
 * off by choice is no fault (A41). It infers nothing about the person: staff are told what is so, since when, and to ask.
 *
 * Rules O1-O6 in docs/safety-protocol.md. A loss of contact is the contact chart's and leaves this one as it is: how soon
 * it is noticed tells of risk, and the client is shown part of what is in here (V1).
 */
export const observationMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ObservationContext;
    events: ObservationEvent;
    emitted: Emitted;
  },
  guards: {
    isPictureSame: (args) => pictureAfter(args) === args.context.picture.is,
    isSeen: (args) => pictureAfter(args) === 'seen',
    isPicturePoor: (args) => pictureAfter(args) === 'poor',
    isFrozen: (args) => pictureAfter(args) === 'frozen',
    isOff: (args) => pictureAfter(args) === 'off',
    isOffByChoice: (args) => pictureAfter(args) === 'offByChoice',
    isSoundSame: (args) => soundAfter(args) === args.context.sound.is,
    isHeard: (args) => soundAfter(args) === 'heard',
    isSoundPoor: (args) => soundAfter(args) === 'poor',
    isGone: (args) => soundAfter(args) === 'gone',
    isMuted: (args) => soundAfter(args) === 'muted',
    isKnown: ({ context, event }) =>
      event.type === 'observation.report' && context.reports[sideOf(event)].includes(event.what),
    isReported: ({ context }) => Object.values(context.reports).some((side) => side.length > 0),
  },
  actions: {
    keepSaid: assign((args) => ({ said: saidAfter(args) })),
    keepPicture: assign((args) => ({
      said: saidAfter(args),
      picture: { is: pictureAfter(args), sinceMs: sinceAfter(args) },
    })),
    keepSound: assign((args) => ({
      said: saidAfter(args),
      sound: { is: soundAfter(args), sinceMs: sinceAfter(args) },
      deadlines: disarm(args.context.deadlines, 'sound'),
    })),
    armMissing: assign((args) => ({
      deadlines: arm(
        args.context.deadlines,
        'sound',
        sinceAfter(args) + args.event.now.limits.soundMissingMs,
      ),
    })),
    keepReport: assign(({ context, event }) =>
      event.type === 'observation.report'
        ? {
            reports: {
              ...context.reports,
              [sideOf(event)]: [...context.reports[sideOf(event)], event.what],
            },
          }
        : {},
    ),
    forgetReports: assign({ reports: { client: [], practitioner: [] } }),
    recordPicture: emit((args) =>
      changed(args, 'observation.pictureChanged', args.context.picture, pictureAfter(args)),
    ),
    recordSound: emit((args) =>
      changed(args, 'observation.soundChanged', args.context.sound, soundAfter(args)),
    ),
    recordMissing: emit(({ context }) =>
      record('observation.soundMissing', ['O3'], subjectOf(context), {
        details: { sinceMs: context.sound.sinceMs },
      }),
    ),
    recordReported: emit(({ context, event }) =>
      record('observation.reported', ['O5'], subjectOf(context), {
        outcome: event.type === 'observation.report' ? event.what : null,
        details: { side: sideOf(event) },
      }),
    ),
    recordSettled: emit(({ context, event }) =>
      record('observation.settled', ['O5'], subjectOf(context), { details: { side: sideOf(event) } }),
    ),
  },
}).createMachine({
  id: 'observation',
  context: ({ input }) => ({
    client: input.instance,
    said: NOTHING,
    picture: { is: 'notYet', sinceMs: null },
    sound: { is: 'notYet', sinceMs: null },
    reports: { client: [], practitioner: [] },
    deadlines: {},
  }),
  type: 'parallel',
  states: {
    picture: {
      initial: 'notYet',
      on: {
        'media.observed': nextPicture,
        'contact.byPhone': nextPicture,
        'contact.ended': nextPicture,
        'lead.changed': nextPicture,
      },
      states: { notYet: {}, seen: {}, poor: {}, frozen: {}, off: {}, offByChoice: {} },
    },
    sound: {
      initial: 'notYet',
      on: {
        'media.observed': nextSound,
        'contact.byPhone': nextSound,
        'contact.ended': nextSound,
        'lead.changed': nextSound,
      },
      states: {
        notYet: {},
        heard: {},
        poor: {},
        gone: {
          initial: 'unnoticed',
          states: {
            // O3: after so long both sides are told; shorter gaps come and go in every call.
            unnoticed: { on: { 'deadline.passed': { target: 'missing', actions: 'recordMissing' } } },
            missing: {},
          },
        },
        muted: {},
      },
    },
    reports: {
      initial: 'kept',
      on: {
        'observation.report': [{ guard: 'isKnown' }, { actions: ['keepReport', 'recordReported'] }],
        'observation.settle': [{ guard: not('isReported') }, { actions: ['forgetReports', 'recordSettled'] }],
        'contact.byPhone': { guard: 'isReported', actions: 'forgetReports' },
        'contact.ended': { guard: 'isReported', actions: 'forgetReports' },
      },
      states: { kept: {} },
    },
  },
});
