import type { View } from '@holdfast/session';
import { aChoice, aView, NOON_MS, sentence } from './a-view.js';
import {
  numberTask,
  deviceTask,
  callTask,
  decideTask,
  disposeTask,
  followUpTask,
  acknowledgeTask,
  doneTask,
  reportTask,
} from './stage-tasks.js';

const raiseRisk = aChoice({
  id: 'risk',
  label: sentence('Raise risk'),
  command: { type: 'risk.raise', client: 'c1' },
  weight: 'danger',
});
const openCrisis = aChoice({
  id: 'crisis',
  label: sentence('Open a crisis'),
  command: { type: 'crisis.open', client: 'c1' },
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
    isCaution: false,
    href: 'tel:+15550100',
  },
  {
    id: 'address',
    label: sentence('Where they are today'),
    value: 'Example Street 1, flat 2',
    note: null,
    isCaution: false,
    href: null,
  },
  {
    id: 'contact',
    label: sentence('Emergency contact'),
    value: null,
    note: sentence('Not safe to contact'),
    isCaution: true,
    href: null,
  },
];

const staff = (change: Partial<View>): View =>
  aView({
    role: 'practitioner',
    person: 'p1',
    people,
    facts,
    actions: [raiseRisk, openCrisis, endSession],
    ...change,
  });
const deadlines: View['deadlines'] = [
  { id: 'phoning', atMs: NOON_MS + 300_000, message: sentence('Ringing the client begins') },
];

const exhausted = staff({
  stage: 'exhausted',
  whoActs: 'you',
  headline: sentence('Nobody on the duty list has answered'),
  explanation: [sentence('The client has not been reached. Somebody must decide now.')],
  tasks: [decideTask],
});

/** The screens of practitioner and duty. */
export const staffViews: Readonly<Record<string, View>> = {
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
  'practitioner live': staff({
    showsVideo: true,
    headline: sentence('The session is live'),
    actions: [raiseRisk, openCrisis, endSession],
  }),
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
  'practitioner exhausted': exhausted,
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
    actions: [raiseRisk, openCrisis],
  }),
  'supervisor review': staff({
    role: 'supervisor',
    person: 's1',
    stage: 'review',
    headline: sentence('There is something to look back at'),
    people: [],
    actions: [],
    reports: [reportTask],
  }),
  drill: staff({ drill: true, showsVideo: true, headline: sentence('The session is live') }),
  'drill exhausted': { ...exhausted, drill: true },
};
