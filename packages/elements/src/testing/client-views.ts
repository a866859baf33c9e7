import type { View } from '@holdfast/session';
import { aChoice, aView, NOON_MS, sentence } from './a-view.js';
import { numberTask, deviceTask, doneTask } from './stage-tasks.js';

const help = aChoice({
  id: 'help',
  label: sentence('I need someone now'),
  command: { type: 'help.ask', client: 'c1' },
});
const people: View['people'] = [
  { id: 'p1', role: 'practitioner', name: null, presence: sentence('is here'), isHere: true },
  { id: 'c1', role: 'client', name: null, presence: sentence('lost contact'), isHere: false },
];
const client = (change: Partial<View>): View =>
  aView({
    people: people.map((person) => ({ ...person, presence: sentence('is here') })),
    actions: [help],
    ...change,
  });
const over = { actions: [], people: [] };
/** The client's screens. */
export const clientViews: Readonly<Record<string, View>> = {
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
      {
        id: 'line',
        level: 'status',
        message: sentence('Some messages are not getting through at the moment.'),
      },
      { id: 'unsent', level: 'alert', message: sentence('Not sent yet: I need someone now.') },
      {
        id: 'numbers',
        level: 'status',
        message: sentence('In an emergency, ring your local emergency number.'),
      },
    ],
    people: people.map((person) => ({ ...person, presence: sentence('not known now'), isHere: false })),
    line: { isUp: false, unsent: 1, sinceMs: NOON_MS },
  }),
  'client phone': client({ stage: 'phone', headline: sentence('You are on the phone with us') }),
  'client left': client({ stage: 'left', headline: sentence('You left the session'), ...over }),
  'client elsewhere': client({
    stage: 'openElsewhere',
    headline: sentence('The session is open on another device'),
    actions: [],
  }),
  'client closed': client({ stage: 'closed', headline: sentence('The session has ended'), ...over }),
};
