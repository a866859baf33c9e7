import { assign, emit, enqueueActions, not, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { fellowsOf, meetingNeeds, type Fellow, type MeetingContext } from './meeting-state.js';

type MeetingEvent =
  | Said<'meeting.clientAgrees' | 'meeting.clientRefuses' | 'meeting.bringIn' | 'meeting.setApart'>
  | Stated<'meeting.fellowChanged'>
  | Heard<'crisis.opened' | 'safeguarding.opened' | 'privacy.compromised' | 'person.left' | 'person.exited'>;

const STRANGER: Fellow = {
  isInside: false,
  agrees: false,
  alone: 0,
  clientSays: 'notAsked',
  wasInside: false,
};
const FOR: Readonly<Record<string, string>> = {
  'crisis.opened': 'crisis',
  'safeguarding.opened': 'safeguarding',
  'privacy.compromised': 'privacy',
};

const clientOf = ({ client }: MeetingContext) => ({ kind: 'client', id: client }) as const;
const fellowOf = (event: MeetingEvent): string => ('fellow' in event ? event.fellow : '');

/** Asking the client goes on wherever they are: it brings nobody in. */
const asking = {
  'meeting.clientAgrees': [
    { guard: not('isFellow'), actions: 'refuseUnknown' },
    { guard: 'hasAgreed' },
    { actions: ['keepAgrees', 'recordAgreed'] },
  ],
} as const;

/** All others are to be outside, whoever of them is in: each of their sessions is told (J16). */
const putOutFellows = ['keepAlone', 'recordFellowsOut'] as const;

/**
 * One client's part in a joint meeting: whether they are in the room that the sessions share, and what each said of the
 * other. Each client has a session of their own; only that much of another's is ever known here.
 *
 * Rules J14-J17 in docs/safety-protocol.md.
 */
export const meetingMachine = setup({
  types: {} as {
    input: ChartInput;
    context: MeetingContext;
    events: MeetingEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isFellow: ({ context, event }) => context.fellows[fellowOf(event)] !== undefined,
    hasAgreed: ({ context, event }) => context.fellows[fellowOf(event)]?.clientSays === 'agrees',
    hasRefused: ({ context, event }) => context.fellows[fellowOf(event)]?.clientSays === 'refuses',
    isSettled: ({ context }) => meetingNeeds(context).length === 0,
    isOutForFellow: ({ context, event }) => {
      if (event.type !== 'meeting.fellowChanged') return false;
      const before = context.fellows[event.fellow];
      return before !== undefined && (event.alone > before.alone || (event.isInside && !event.agrees));
    },
  },
  actions: {
    keepFellow: assign(({ context, event }) => {
      if (event.type !== 'meeting.fellowChanged') return {};
      const { fellow, isInside, agrees, alone } = event;
      const before = context.fellows[fellow];
      if (before === undefined) return {};
      const wasInside = before.wasInside || isInside;
      const after = { ...before, isInside, agrees, alone, wasInside };
      return { fellows: { ...context.fellows, [fellow]: after } };
    }),
    keepAgrees: assign(({ context, event }) => said(context, event, 'agrees')),
    keepRefuses: assign(({ context, event }) => said(context, event, 'refuses')),
    keepAlone: assign(({ context }) => ({ alone: context.alone + 1 })),
    keepInside: assign(({ context }) => ({ times: context.times + 1, because: null })),
    keepApart: assign({ because: 'practitioner' }),
    keepLeft: assign({ because: 'left' }),
    keepApartForFellow: assign({ because: 'fellow' }),
    recordAgreed: emit(({ context, event }) =>
      record('meeting.clientAgreed', ['J15'], clientOf(context), { details: { fellow: fellowOf(event) } }),
    ),
    recordRefused: emit(({ context, event }) =>
      record('meeting.clientRefused', ['J16'], clientOf(context), { details: { fellow: fellowOf(event) } }),
    ),
    recordBroughtIn: emit(({ context }) => record('meeting.broughtIn', ['J15'], clientOf(context))),
    recordSetApart: emit(({ context }) =>
      record('meeting.setApart', ['J16'], clientOf(context), { outcome: context.because }),
    ),
    recordFellowsOut: emit(({ context, event }) =>
      record('meeting.fellowsOut', ['J16'], clientOf(context), { outcome: FOR[event.type] ?? 'refused' }),
    ),
    refuseUnsettled: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ ...refuse('gate-open'), missing: meetingNeeds(context) });
    }),
    refuseUnknown: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'meeting',
  context: ({ input }) => ({
    client: input.instance,
    fellows: Object.fromEntries(fellowsOf(input.session).map((fellow) => [fellow, STRANGER])),
    alone: 0,
    times: 0,
    because: null,
    deadlines: {},
  }),
  initial: 'outside',
  on: {
    'meeting.fellowChanged': { actions: 'keepFellow' },
    'meeting.clientRefuses': [
      { guard: not('isFellow'), actions: 'refuseUnknown' },
      { guard: 'hasRefused' },
      { actions: ['keepRefuses', 'recordRefused', ...putOutFellows] },
    ],
    // J16: in a pathway nobody hears the next word who is not of this session (H26).
    'crisis.opened': { actions: putOutFellows },
    'safeguarding.opened': { actions: putOutFellows },
    'privacy.compromised': { actions: putOutFellows },
  },
  states: {
    outside: {
      on: {
        ...asking,
        'meeting.bringIn': [
          { guard: not('isSettled'), actions: 'refuseUnsettled' },
          { target: 'inside', actions: ['keepInside', 'recordBroughtIn'] },
        ],
      },
    },
    inside: {
      on: {
        ...asking,
        'meeting.setApart': { target: 'outside', actions: ['keepApart', 'recordSetApart'] },
        // J17: who comes again waits, as others may be inside by then.
        'person.left': { target: 'outside', actions: ['keepLeft', 'recordSetApart'] },
        'person.exited': { target: 'outside', actions: ['keepLeft', 'recordSetApart'] },
        'meeting.fellowChanged': [
          {
            guard: 'isOutForFellow',
            target: 'outside',
            actions: ['keepFellow', 'keepApartForFellow', 'recordSetApart'],
          },
          { actions: 'keepFellow' },
        ],
      },
    },
  },
});

function said(
  { fellows }: MeetingContext,
  event: MeetingEvent,
  clientSays: Fellow['clientSays'],
): Partial<MeetingContext> {
  const before = fellows[fellowOf(event)];
  return before === undefined
    ? {}
    : { fellows: { ...fellows, [fellowOf(event)]: { ...before, clientSays } } };
}
