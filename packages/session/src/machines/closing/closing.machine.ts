import type { Id, Instant } from '@holdfast/protocol';
import { assign, emit, not, or, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { dateOf } from './date-of.js';

/** Something owed after the session: whose, what, by when. */
export interface FollowUp {
  readonly id: Id;
  readonly kind: string;
  readonly owner: Id;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
}

export interface ClosingContext {
  readonly disposition: string | null;
  readonly by: Id | null;
  readonly followUps: readonly FollowUp[];
  /** Who may own a follow-up: everybody of the session's staff. */
  readonly staff: readonly Id[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type ClosingEvent =
  | Said<'closing.dispose' | 'closing.addFollowUp'>
  | Heard<'deciding.acted' | 'run.lateReport' | 'channel.meetingAsked'>;
type Told = Heard<'deciding.acted' | 'run.lateReport'>;

/** An act that is reported only after its run has ended told somebody all the same. */
const isTold = (event: ClosingEvent): event is Told =>
  event.type === 'deciding.acted' ||
  (event.type === 'run.lateReport' && event.details?.['report'] === 'ladder.recordAct');

/** X4: whoever was told that something may be wrong is told how it ended. Once a run. */
const tellThem = (heard: Told): FollowUp => ({
  id: `tell.${heard.subject?.id ?? 'session'}`.slice(0, 64),
  kind: 'tellThemHowItEnded',
  owner: heard.now.runOwner ?? heard.now.practitioner,
  dueOn: dateOf(heard.atMs),
});

/** W6: a meeting in person that was asked for is owed by the practitioner. Once each time. */
const meeting = ({ subject, details, now }: Heard<'channel.meetingAsked'>): FollowUp => ({
  id: `meet.${subject?.id ?? 'client'}.${String(details?.['meeting'])}`.slice(0, 64),
  kind: 'meetFaceToFace',
  owner: now.practitioner,
  dueOn: String(details?.['dueOn']),
});

const followUpOf = (event: ClosingEvent): FollowUp | null => {
  if (isTold(event)) return tellThem(event);
  if (event.type === 'channel.meetingAsked') return meeting(event);
  if (event.type !== 'closing.addFollowUp') return null;
  return { id: event.followUp, kind: event.kind, owner: event.owner, dueOn: event.dueOn };
};

/**
 * Closing: how the session ended, said by a named person (A48), and what is still owed, each with an owner and a date.
 *
 * Rules X1, X2 and X4 in docs/safety-protocol.md.
 */
export const closingMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ClosingContext;
    events: ClosingEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isClosing: ({ event }) => event.now.stage === 'closing',
    isClosed: ({ event }) => event.now.stage === 'closed',
    isKnownOwner: ({ context, event }) => context.staff.includes(followUpOf(event)?.owner ?? ''),
    isAgain: ({ context, event }) => context.followUps.some((known) => known.id === followUpOf(event)?.id),
    hasReachedSomeone: ({ event }) => isTold(event) && event.outcome === 'reached',
  },
  actions: {
    keepDisposition: assign(({ event }) =>
      event.type === 'closing.dispose' ? { disposition: event.disposition, by: event.by.person } : {},
    ),
    keepFollowUp: assign(({ context, event }) => {
      const followUp = followUpOf(event);
      return followUp === null ? {} : { followUps: [...context.followUps, followUp] };
    }),
    recordDisposed: emit(({ context }) =>
      record(
        'closing.disposed',
        ['X1'],
        { kind: 'session', id: 'session' },
        { outcome: context.disposition },
      ),
    ),
    recordFollowUp: emit(({ event }) => {
      const { id = 'none', kind = 'none', owner = 'none', dueOn = '' } = followUpOf(event) ?? {};
      const rule = isTold(event) ? 'X4' : event.type === 'channel.meetingAsked' ? 'W6' : 'X2';
      const details = { owner, dueOn: Number(dueOn.replaceAll('-', '')) };
      return record('followUp.opened', [rule], { kind: 'followUp', id }, { outcome: kind, details });
    }),
    refuseUnknown: emit(refuse('unknown-person')),
  },
}).createMachine({
  id: 'closing',
  context: ({ input }) => ({
    disposition: null,
    by: null,
    followUps: [],
    staff: [...input.session.people.filter((person) => person.role !== 'client').map((person) => person.id)],
    deadlines: {},
  }),
  initial: 'undecided',
  on: {
    'closing.addFollowUp': [
      { guard: 'isClosed' },
      { guard: 'isAgain' },
      { guard: not('isKnownOwner'), actions: 'refuseUnknown' },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'deciding.acted': [
      { guard: not('hasReachedSomeone') },
      { guard: 'isAgain' },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'run.lateReport': [
      { guard: or(['isClosed', not('hasReachedSomeone'), 'isAgain']) },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'channel.meetingAsked': [{ guard: 'isAgain' }, { actions: ['keepFollowUp', 'recordFollowUp'] }],
    // X1: said again, it replaces what was said: a person may correct themselves until the session is closed.
    'closing.dispose': {
      guard: 'isClosing',
      target: '.disposed',
      actions: ['keepDisposition', 'recordDisposed'],
    },
  },
  states: { undecided: {}, disposed: {} },
});
