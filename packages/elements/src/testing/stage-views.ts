import type { Task, View } from '@holdfast/session';
import { aChoice, aFlag, aTask, aView, sentence } from './a-view.js';

const NOON_MS = Date.UTC(2026, 0, 5, 12, 0, 0);

const help = aChoice({
  id: 'help',
  label: sentence('I need someone now'),
  command: { type: 'help.ask', client: 'c1' },
});
const raiseRisk = aChoice({
  id: 'risk',
  label: sentence('Raise risk'),
  command: { type: 'risk.raise', client: 'c1' },
  weight: 'danger',
});
const endSession = aChoice({
  id: 'end',
  label: sentence('End the session'),
  command: { type: 'session.end' },
  weight: 'other',
  confirm: sentence('End the session for everybody?'),
});

const people: View['people'] = [
  { id: 'p1', role: 'practitioner', name: null, presence: sentence('is here'), isHere: true },
  { id: 'c1', role: 'client', name: null, presence: sentence('lost contact'), isHere: false },
];
const facts: View['facts'] = [
  {
    id: 'number',
    label: sentence('Call-back number'),
    value: '+1 555 0100',
    note: sentence('May be rung. Leave no message.'),
    href: 'tel:+15550100',
  },
  { id: 'address', label: sentence('Where they are today'), value: 'Example Street 1, flat 2', note: null, href: null },
  {
    id: 'contact',
    label: sentence('Emergency contact'),
    value: null,
    note: sentence('Not safe to contact'),
    href: null,
  },
];

const numberTask: Task = aTask({
  id: 'item.callBackNumber',
  title: sentence('Which number may we ring if we lose contact?'),
  why: sentence('We only use it if the video stops and does not come back.'),
  item: 'callBackNumber',
  urgency: 'now',
  fields: [
    {
      kind: 'personal',
      name: 'callBackNumber',
      label: sentence('Phone number'),
      required: true,
      input: 'tel',
      current: null,
    },
    aFlag('safeToRing', 'Is it safe for us to ring this number?'),
    aFlag('safeToLeaveMessage', 'Is it safe to leave a message?'),
  ],
  choices: [
    aChoice({
      id: 'confirmed',
      label: sentence('Use this number'),
      command: { type: 'item.answer', item: 'callBackNumber', answer: 'confirmed' },
      fields: ['callBackNumber', 'safeToRing', 'safeToLeaveMessage'],
    }),
    aChoice({
      id: 'none',
      label: sentence('I have no number'),
      command: { type: 'item.answer', item: 'callBackNumber', answer: 'none' },
      weight: 'other',
    }),
  ],
});

const deviceTask: Task = aTask({
  id: 'item.device',
  title: sentence('Do your camera and microphone work?'),
  item: 'device',
  fields: [aFlag('hasCamera', 'Do you see yourself?', false)],
  choices: [
    aChoice({
      id: 'works',
      label: sentence('They work'),
      command: { type: 'item.answer', item: 'device', answer: 'confirmed' },
      fields: ['hasCamera'],
    }),
  ],
});

const callTask: Task = aTask({
  id: 'recordCall',
  title: sentence('Ring the client: attempt 1 of 3'),
  why: sentence('Ring from the service’s line. Say nothing about the session until you know who answers.'),
  urgency: 'now',
  dueAtMs: NOON_MS + 60_000,
  choices: (['reachedByName', 'someoneElseAnswered', 'voicemail', 'noAnswer'] as const).map((outcome, index) =>
    aChoice({
      id: outcome,
      label: sentence(['The client answered', 'Someone else answered', 'Voicemail', 'No answer'][index] ?? outcome),
      command: { type: 'ladder.recordCall', client: 'c1', run: 'c1.r1', attempt: 1, outcome },
      weight: index === 0 ? 'main' : 'other',
    }),
  ),
});

const decideTask: Task = aTask({
  id: 'decide',
  title: sentence('Decide: who is contacted now?'),
  why: sentence('Nobody has been called yet. You need to decide and to ring.'),
  urgency: 'now',
  dueAtMs: NOON_MS + 120_000,
  fields: [
    {
      kind: 'lookAgain',
      name: 'lookAgainAtMs',
      label: sentence('Look again in'),
      options: [
        { delayMs: 60_000, label: sentence('1 minute') },
        { delayMs: 300_000, label: sentence('5 minutes') },
      ],
      required: true,
    },
  ],
  choices: [
    aChoice({
      id: 'ringEmergencyServices',
      label: sentence('I ring the emergency services'),
      command: { type: 'ladder.decide', client: 'c1', run: 'c1.r1', decision: 'ringEmergencyServices' },
      weight: 'danger',
      confirm: sentence('You will ring the emergency services yourself. Holdfast calls nobody.'),
    }),
    aChoice({
      id: 'ringClientAgain',
      label: sentence('I ring the client again'),
      command: { type: 'ladder.decide', client: 'c1', run: 'c1.r1', decision: 'ringClientAgain' },
      weight: 'other',
    }),
    aChoice({
      id: 'notNow',
      label: sentence('Not now'),
      command: { type: 'ladder.decide', client: 'c1', run: 'c1.r1', decision: 'notNow' },
      fields: ['lookAgainAtMs'],
      weight: 'other',
    }),
  ],
});

const disposeTask: Task = aTask({
  id: 'dispose',
  title: sentence('How did the session end?'),
  urgency: 'now',
  fields: [
    {
      kind: 'choice',
      name: 'disposition',
      label: sentence('Outcome'),
      required: true,
      options: [
        { value: 'endedAsPlanned', label: sentence('Ended as planned') },
        { value: 'followUpArranged', label: sentence('A follow-up is arranged') },
      ],
    },
  ],
  choices: [
    aChoice({
      id: 'dispose',
      label: sentence('Record the outcome'),
      command: { type: 'closing.dispose', disposition: 'endedAsPlanned' },
      fields: ['disposition'],
    }),
  ],
});

const followUpTask: Task = aTask({
  id: 'followUp',
  title: sentence('Add a follow-up'),
  fields: [
    {
      kind: 'choice',
      name: 'owner',
      label: sentence('Who does it'),
      required: true,
      options: [
        { value: 'p1', label: sentence('The practitioner') },
        { value: 'd1', label: sentence('The duty person') },
      ],
    },
    { kind: 'date', name: 'dueOn', label: sentence('By when'), required: true },
    { kind: 'reference', name: 'kind', label: sentence('What, as a code'), required: true },
  ],
  choices: [
    aChoice({
      id: 'add',
      label: sentence('Add the follow-up'),
      command: { type: 'closing.addFollowUp', followUp: 'f1', kind: 'call', owner: 'p1', dueOn: '2026-01-06' },
      fields: ['owner', 'dueOn', 'kind'],
    }),
  ],
});

const acknowledgeTask: Task = aTask({
  id: 'alert',
  title: sentence('The practitioner has been gone for a minute'),
  urgency: 'now',
  dueAtMs: NOON_MS + 60_000,
  choices: [
    aChoice({
      id: 'acknowledge',
      label: sentence('I have seen this'),
      command: { type: 'alert.acknowledge', alert: 'c1.practitionerGone.d1' },
    }),
  ],
});

const doneTask: Task = aTask({
  id: 'item.location',
  title: sentence('Where are you today?'),
  urgency: 'done',
  choices: [
    aChoice({ id: 'change', label: sentence('Change'), command: { type: 'item.reopen', item: 'location' }, weight: 'other' }),
  ],
});

const staff = (change: Partial<View>): View =>
  aView({ role: 'practitioner', person: 'p1', people, facts, actions: [raiseRisk, endSession], ...change });
const client = (change: Partial<View>): View =>
  aView({ people: people.map((person) => ({ ...person, presence: sentence('is here') })), actions: [help], ...change });
const deadlines: View['deadlines'] = [
  { id: 'phoning', atMs: NOON_MS + 300_000, message: sentence('Ringing the client begins') },
];

/**
 * One view for every stage and role that draws differently, to look at a theme and to check it. The sentences are
 * stand-ins; the numbers are reserved for fiction.
 */
export const stageViews: Readonly<Record<string, View>> = {
  'client set-up': client({
    stage: 'setUp',
    whoActs: 'you',
    headline: sentence('Before you meet'),
    explanation: [sentence('A few questions first. Take the time that you need.')],
    tasks: [numberTask, deviceTask, doneTask],
  }),
  'client waiting': client({
    stage: 'waiting',
    whoActs: 'practitioner',
    headline: sentence('You are in the waiting room'),
    explanation: [sentence('Your practitioner sees that you are here and lets you in.')],
    tasks: [doneTask],
  }),
  'client live': client({ showsVideo: true, headline: sentence('You are in your session') }),
  'client reconnecting': client({
    stage: 'reconnecting',
    showsVideo: true,
    whoActs: 'software',
    headline: sentence('The connection was lost'),
    explanation: [
      sentence('We are trying to get it back. You do not have to do anything.'),
      sentence('If it does not come back, we will try to reach you in the way that you agreed.'),
    ],
  }),
  'client line down': client({
    showsVideo: true,
    notices: [
      { id: 'line', level: 'status', message: sentence('Some messages are not getting through at the moment.') },
      { id: 'unsent', level: 'alert', message: sentence('Not sent yet: I need someone now.') },
      { id: 'numbers', level: 'status', message: sentence('In an emergency, ring your local emergency number.') },
    ],
    line: { isUp: false, unsent: 1, sinceMs: NOON_MS },
  }),
  'client phone': client({ stage: 'phone', headline: sentence('You are on the phone with us') }),
  'client left': client({ stage: 'left', headline: sentence('You left the session'), actions: [] }),
  'client elsewhere': client({
    stage: 'openElsewhere',
    headline: sentence('The session is open on another device'),
    actions: [],
  }),
  'client closed': client({ stage: 'closed', headline: sentence('The session has ended'), actions: [] }),
  'practitioner set-up': staff({
    stage: 'setUp',
    whoActs: 'you',
    headline: sentence('Set up the session'),
    tasks: [deviceTask, doneTask],
    cannot: [
      {
        command: 'session.goLive',
        because: sentence('The session cannot start yet. Still open:'),
        missing: [sentence('Consent'), sentence('Location')],
      },
    ],
  }),
  'practitioner settling in': staff({
    stage: 'settlingIn',
    showsVideo: true,
    headline: sentence('Setting up together'),
    tasks: [numberTask, deviceTask, followUpTask, doneTask],
  }),
  'practitioner live': staff({ showsVideo: true, headline: sentence('The session is live'), actions: [raiseRisk, endSession] }),
  'practitioner reconnecting': staff({
    stage: 'reconnecting',
    showsVideo: true,
    whoActs: 'software',
    headline: sentence('The client’s connection dropped'),
    explanation: [sentence('No contact since 12:00. Reconnecting goes on by itself.')],
    deadlines,
  }),
  'practitioner phone': staff({
    stage: 'phone',
    whoActs: 'you',
    headline: sentence('Ring the client now'),
    tasks: [callTask],
    deadlines,
  }),
  'practitioner deciding': staff({
    stage: 'deciding',
    whoActs: 'you',
    headline: sentence('No contact with the client'),
    explanation: [sentence('Nobody has been called yet.')],
    tasks: [decideTask, callTask],
    deadlines,
    showsVideo: true,
  }),
  'practitioner by hand': staff({
    stage: 'deciding',
    whoActs: 'you',
    headline: sentence('No contact, and the session server does not answer'),
    notices: [{ id: 'line', level: 'alert', message: sentence('Not sent. You need to ring.') }],
    tasks: [{ ...decideTask, isOwnToDo: true }],
    line: { isUp: false, unsent: 2, sinceMs: NOON_MS },
  }),
  'practitioner exhausted': staff({
    stage: 'exhausted',
    whoActs: 'you',
    headline: sentence('Nobody on the duty list has answered'),
    explanation: [sentence('The client has not been reached. Somebody must decide now.')],
    tasks: [decideTask],
  }),
  'practitioner closing': staff({
    stage: 'closing',
    whoActs: 'you',
    headline: sentence('Close the session'),
    tasks: [disposeTask, followUpTask],
  }),
  'duty alerted': staff({
    role: 'duty',
    person: 'd1',
    stage: 'alerted',
    whoActs: 'you',
    headline: sentence('You are needed'),
    explanation: [sentence('The practitioner lost the connection while contact with the client was open.')],
    tasks: [acknowledgeTask],
    deadlines,
    actions: [raiseRisk],
  }),
  'drill': staff({ drill: true, showsVideo: true, headline: sentence('The session is live') }),
};
