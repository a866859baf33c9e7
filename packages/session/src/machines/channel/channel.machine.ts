import type { Channel, EventDetails, EventKind, Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { dayOf } from '../../step/date-of.js';

export interface ChannelContext {
  readonly client: Id;
  readonly channel: Channel;
  /** Who changed it last, why, and when; null as long as it is as it began. */
  readonly by: Id | null;
  readonly because: string | null;
  readonly atMs: Instant | null;
  /** The last channel of media: what they go back to from a call that was cut. */
  readonly media: 'video' | 'audioOnly';
  /** By phone or text: asked for, reached by name, or cut since. */
  readonly talk: 'none' | 'asked' | 'on' | 'cut';
  /** Counts meetings that were asked for, so that each is owed once. */
  readonly meetings: number;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type ChannelEvent =
  | Said<'channel.choose' | 'channel.recordCall'>
  | Heard<'contact.byPhone' | 'contact.together' | 'contact.recovered' | 'call.cut' | 'call.movedToVideo'>;
type Args = { readonly context: ChannelContext; readonly event: ChannelEvent };

const isFromClient = ({ by }: ChannelEvent): boolean => by.role === 'client';
const isTo = (event: ChannelEvent, ...channels: readonly Channel[]): boolean =>
  event.type === 'channel.choose' && channels.includes(event.to);

/** Where an event leads: what was chosen, the phone that somebody was reached by, or back to media. */
function channelAfter({ context, event }: Args): Channel {
  if (event.type === 'channel.choose') return event.to;
  return event.type === 'contact.byPhone' ? 'phone' : context.media;
}

function talkAfter({ event }: Args): ChannelContext['talk'] {
  if (event.type === 'contact.byPhone') return 'on';
  if (!isTo(event, 'phone', 'text')) return 'none';
  return event.now.contact === 'byPhone' ? 'on' : 'asked';
}

/** W1: on a failure nobody has chosen anything; the record says so. */
const reasonOf = (event: ChannelEvent): string | null => {
  if (event.type === 'channel.choose') return event.because ?? null;
  return event.type === 'contact.byPhone' ? 'contactLost' : 'videoIsBack';
};

/** W3: media that is back is nobody's choice, whichever device says so first; that it stayed is the clock's to say. */
const byOf = (event: ChannelEvent): Id | null => (event.type === 'contact.together' ? null : event.by.person);

const on = (
  { context }: Pick<Args, 'context'>,
  kind: EventKind,
  rule: string,
  outcome: string | null,
  details: EventDetails = {},
): Emitted => record(kind, [rule], { kind: 'client', id: context.client }, { outcome, details });

/** W3: back on media, on the channel that it was. */
const backToMedia = [
  { guard: 'isToAudioOnly', target: 'audioOnly', actions: ['recordChanged', 'keepChannel'] },
  { target: 'video', actions: ['recordChanged', 'keepChannel'] },
] as const;
/** A wish to be rung is still one when media breaks and heals meanwhile; a call that was cut is over. */
const onMedia = [{ guard: not('isCut') }, ...backToMedia] as const;

/** W4: by phone, or on the back-up channel: somebody is reached by name, a person says so, and no run opens. */
const byVoiceOrWords = {
  'channel.recordCall': [
    { guard: 'isRunOpen', actions: 'refuseRunOpen' },
    { guard: 'isTalking', actions: 'refuseNotNow' },
    { guard: not('isReached'), actions: 'recordCall' },
    { actions: ['recordCall', 'recordReached'] },
  ],
  'contact.byPhone': { actions: 'keepTalking' },
  'call.cut': { actions: 'keepCut' },
  'contact.together': onMedia,
  'contact.recovered': onMedia,
  'call.movedToVideo': backToMedia,
} as const;

/**
 * How one client and the practitioner meet: chosen by a person, or where the ladder brought them. Whatever it is, the
 * checks, the ladder, risk and closing are the same (A15). Nothing here moves anybody off video by itself (B10).
 *
 * Rules W1-W7 in docs/safety-protocol.md. Contact by phone or text is the contact chart's: this one says that somebody
 * was reached by name.
 */
export const channelMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ChannelContext;
    events: ChannelEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isMeetingByClient: ({ event }) => isFromClient(event) && isTo(event, 'faceToFace'),
    isSame: ({ context, event }) => isTo(event, context.channel),
    isTooLate: ({ event }) => event.now.stage === 'closing' && !isTo(event, 'faceToFace'),
    isWithoutReason: ({ event }) =>
      event.type === 'channel.choose' &&
      !isFromClient(event) &&
      event.to !== 'video' &&
      event.because === undefined,
    // A client's own wish is never refused for what was marked unsafe: a refusal would show it (V1, H05).
    isBlocked: ({ event }) =>
      !isFromClient(event) &&
      ((isTo(event, 'phone') && !event.now.mayCall) || (isTo(event, 'text') && !event.now.mayWrite)),
    isPast: ({ event }) =>
      event.type === 'channel.choose' && event.dueOn !== undefined && event.dueOn < dayOf(event),
    isTalking: ({ event }) => event.now.contact === 'byPhone',
    isToMedia: ({ event }) => isTo(event, 'video', 'audioOnly'),
    isToVideo: (args) => channelAfter(args) === 'video',
    isToAudioOnly: (args) => channelAfter(args) === 'audioOnly',
    isToPhone: (args) => channelAfter(args) === 'phone',
    isToText: (args) => channelAfter(args) === 'text',
    isRunOpen: ({ event }) => event.now.openRun !== null,
    isReached: ({ event }) => event.type === 'channel.recordCall' && event.outcome === 'reachedByName',
    isCut: ({ context }) => context.talk === 'cut',
  },
  actions: {
    keepChannel: assign(({ context, event }) => {
      const channel = channelAfter({ context, event });
      return {
        channel,
        by: byOf(event),
        because: reasonOf(event),
        atMs: event.atMs,
        media: channel === 'video' || channel === 'audioOnly' ? channel : context.media,
        talk: talkAfter({ context, event }),
      };
    }),
    keepTalking: assign({ talk: 'on' }),
    keepCut: assign({ talk: 'cut' }),
    countMeeting: assign(({ context }) => ({ meetings: context.meetings + 1 })),
    recordChanged: emit(({ context, event }) =>
      on({ context }, 'channel.changed', 'W1', channelAfter({ context, event }), {
        was: context.channel,
        because: reasonOf(event),
        by: byOf(event),
      }),
    ),
    recordMeeting: emit(({ context, event }) =>
      on({ context }, 'channel.meetingAsked', 'W6', null, {
        meeting: context.meetings,
        dueOn: (event.type === 'channel.choose' ? event.dueOn : undefined) ?? dayOf(event),
      }),
    ),
    recordCall: emit(({ context, event }) =>
      on(
        { context },
        'channel.callRecorded',
        'W4',
        event.type === 'channel.recordCall' ? event.outcome : null,
        { channel: context.channel },
      ),
    ),
    recordReached: emit(({ context }) => on({ context }, 'channel.reached', 'W4', context.channel)),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
    refuseReasonMissing: emit(refuse('reason-missing')),
    refuseBlocked: emit(refuse('ringing-blocked')),
    refuseBadTime: emit(refuse('bad-time')),
    refuseRunOpen: emit(refuse('run-open')),
  },
}).createMachine({
  id: 'channel',
  context: ({ input }) => ({
    client: input.instance,
    channel: 'video',
    by: null,
    because: null,
    atMs: null,
    media: 'video',
    talk: 'none',
    meetings: 0,
    deadlines: {},
  }),
  initial: 'video',
  on: {
    'channel.choose': [
      { guard: 'isMeetingByClient', actions: 'refuseNotAllowed' },
      { guard: 'isSame' },
      { guard: 'isTooLate', actions: 'refuseNotNow' },
      { guard: 'isWithoutReason', actions: 'refuseReasonMissing' },
      { guard: 'isBlocked', actions: 'refuseBlocked' },
      { guard: 'isPast', actions: 'refuseBadTime' },
      // P13: moving back from a call is a command of its own, by whoever is on the phone.
      { guard: and(['isToMedia', 'isTalking']), actions: 'refuseNotNow' },
      { guard: 'isToVideo', target: '.video', actions: ['recordChanged', 'keepChannel'] },
      { guard: 'isToAudioOnly', target: '.audioOnly', actions: ['recordChanged', 'keepChannel'] },
      { guard: 'isToPhone', target: '.phone', actions: ['recordChanged', 'keepChannel'] },
      { guard: 'isToText', target: '.text', actions: ['recordChanged', 'keepChannel'] },
      {
        target: '.faceToFace',
        actions: ['recordChanged', 'keepChannel', 'countMeeting', 'recordMeeting'],
      },
    ],
    // W1: reached by phone in a run: the channel is what they meet by now.
    'contact.byPhone': { target: '.phone', actions: ['recordChanged', 'keepChannel'] },
  },
  states: {
    video: {},
    audioOnly: {},
    phone: { on: byVoiceOrWords },
    text: { on: byVoiceOrWords },
    faceToFace: {},
  },
});
