import type { Task } from '@holdfast/session';
import { aChoice, aFlag, aTask, NOON_MS, sentence } from './a-view.js';

export const numberTask: Task = aTask({
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

export const deviceTask: Task = aTask({
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

export const callTask: Task = aTask({
  id: 'recordCall',
  title: sentence('Ring the client: attempt 1 of 3'),
  why: sentence('Ring from the service’s line. Say nothing about the session until you know who answers.'),
  urgency: 'now',
  dueAtMs: NOON_MS + 60_000,
  choices: (['reachedByName', 'someoneElseAnswered', 'voicemail', 'noAnswer'] as const).map(
    (outcome, index) =>
      aChoice({
        id: outcome,
        label: sentence(
          ['The client answered', 'Someone else answered', 'Voicemail', 'No answer'][index] ?? outcome,
        ),
        command: { type: 'ladder.recordCall', client: 'c1', run: 'c1.r1', attempt: 1, outcome },
        weight: index === 0 ? 'main' : 'other',
      }),
  ),
});

export const decideTask: Task = aTask({
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

export const disposeTask: Task = aTask({
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

export const followUpTask: Task = aTask({
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
      command: {
        type: 'closing.addFollowUp',
        followUp: 'f1',
        kind: 'call',
        owner: 'p1',
        dueOn: '2026-01-06',
      },
      fields: ['owner', 'dueOn', 'kind'],
    }),
  ],
});

export const acknowledgeTask: Task = aTask({
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

export const reportTask: Task = aTask({
  id: 'nearMiss',
  title: sentence('Something nearly went wrong'),
  why: sentence('It asks for no names.'),
  fields: [
    {
      kind: 'choice',
      name: 'kind',
      label: sentence('What was it?'),
      required: true,
      options: [{ value: 'overheard', label: sentence('Somebody could have heard it') }],
    },
  ],
  choices: [
    aChoice({
      id: 'flag',
      label: sentence('Send it'),
      command: { type: 'nearMiss.flag', kind: 'somethingElse' },
      fields: ['kind'],
    }),
  ],
  thanks: sentence('Thank you. The service has it now.'),
});

export const doneTask: Task = aTask({
  id: 'item.location',
  title: sentence('Where are you today?'),
  urgency: 'done',
  choices: [
    aChoice({
      id: 'change',
      label: sentence('Change'),
      command: { type: 'item.reopen', item: 'location' },
      weight: 'other',
    }),
  ],
});
