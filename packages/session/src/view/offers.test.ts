import { drillPolicy, type Command, type Personal } from '@holdfast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../project/project.js';
import type { PractitionerProjection } from '../project/projection.js';
import { aDevice } from '../testing/a-projection.js';
import { aLiveSession, aWaitingSession, aWalk, Walk } from '../testing/a-session.js';
import type { Choice, Field, Task, View } from './types.js';
import { view } from './view.js';

/** What a person may fill in: every flag yes, the first option, the shortest wait. */
function filled(choice: Choice, fields: readonly Field[], nowMs: number): Command {
  const command: Record<string, unknown> = { ...choice.command };
  const flags: Record<string, boolean> = {};
  for (const field of fields.filter(({ name }) => choice.fields.includes(name))) {
    if (field.kind === 'flag') flags[field.name] = true;
    if (field.kind === 'choice') command[field.name] = field.options[0]?.value;
    if (field.kind === 'choices') command[field.name] = field.options.map(({ value }) => value);
    if (field.kind === 'lookAgain') command['lookAgainAtMs'] = nowMs + (field.options[0]?.delayMs ?? 0);
    if (field.kind === 'date') command[field.name] = '2025-01-01';
    if (field.kind === 'reference') command[field.name] = 'note-1';
  }
  // The words go to the vault; the authority puts their reference in their place.
  const isPlan = command['type'] === 'safeguarding.setContactPlan' && command['plan'] === 'set';
  if (isPlan || command['type'] === 'privacy.setSafeContact') command['answerRef'] = 'a-1';
  if (Object.keys(flags).length > 0) command['flags'] = flags;
  return command as Command;
}

const PEOPLE = ['c1', 'p1', 'duty-1', 'duty-2', 'safeguarding-1', 'supervisor-1', 'management-1'] as const;
const screenOf = (walk: Walk, person: string, vault: Record<string, Personal> = {}): View | null => {
  const held = project(walk.session, person, vault);
  return held === null ? null : view(held, aDevice({ lastHeardAtMs: walk.nowMs }), walk.nowMs);
};
const offersOf = (shown: View): { task: Task | null; choice: Choice }[] => [
  ...shown.actions.map((choice) => ({ task: null, choice })),
  ...[...shown.tasks, ...shown.reports].flatMap((task) => task.choices.map((choice) => ({ task, choice }))),
];

/** What happens between the presses of a button. */
const around: readonly ((walk: Walk) => unknown)[] = [
  (walk) => walk.by(1000),
  (walk) => walk.by(8000),
  (walk) => walk.by(30_000),
  (walk) => walk.cut(),
  (walk) => walk.heal(),
  (walk) => walk.leave('p1'),
  (walk) => walk.leave('c1'),
  (walk) => walk.exit('c1'),
  (walk) => walk.join('p1'),
  (walk) => walk.join('c1'),
  (walk) => walk.silent('p1'),
  (walk) => walk.silent('c1'),
];
/** Press number `pick` of what this person's screen offers. */
const press = (person: (typeof PEOPLE)[number], pick: number) => (walk: Walk) => {
  const shown = screenOf(walk, person);
  const offers = shown === null ? [] : offersOf(shown);
  const offer = offers[pick % Math.max(1, offers.length)];
  if (offer === undefined) return;
  const command = filled(offer.choice, offer.task?.fields ?? [], walk.nowMs);
  const before = walk.session;
  walk.say(person, command);
  if (walk.lastRefusal !== null) {
    const { items: _, ...care } = (project(before, 'p1') as PractitionerProjection).care;
    const at = JSON.stringify({ person, stage: shown?.stage, task: offer.task?.id, command, care });
    throw new Error(`a screen offered what is refused (${walk.lastRefusal.code}): ${at}`);
  }
};
const anyPress = fc
  .tuple(fc.constantFrom(...PEOPLE), fc.nat(60))
  .map(([person, pick]) => press(person, pick));
const drill = { policy: { ...drillPolicy, referrals: ['helpline'] }, drill: true };
const open = { type: 'safeguarding.open', client: 'c1', about: 'child' } as const;
const recorded = {
  ...drill,
  policy: { ...drillPolicy, recording: { mode: 'twoGrants' as const, policy: 'policy-v1' } },
};
const starts: readonly (() => Walk)[] = [
  () => aWalk(drill).join('p1').join('c1'),
  () => aWaitingSession(drill),
  () => aLiveSession(drill),
  () => aLiveSession(recorded),
  () => aLiveSession(drill).cut().by(3000),
  () => aWalk({ ...drill, appointment: { startsAtMs: 1000 } }).join('p1'),
  () => aLiveSession({ ...drill, appointment: { isMinor: true } }).say('p1', open),
  () =>
    aLiveSession(drill)
      .say('p1', open)
      .say('p1', { type: 'safeguarding.notifyLead', client: 'c1', way: 'alert' }),
  () => aLiveSession(drill).say('p1', { type: 'risk.raise', client: 'c1' }).cut().by(3000),
];

test('[V3] what a screen offers is never refused when it is pressed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.array(
        fc.oneof({ weight: 2, arbitrary: anyPress }, { weight: 1, arbitrary: fc.constantFrom(...around) }),
        { maxLength: 40 },
      ),
      (start, steps) => {
        const walk = start();
        for (const next of steps) next(walk);
        expect(walk.nowMs).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 120 },
  );
}, 60_000);

test('[Z15] no two tasks of a screen share an id, nor two choices of a task, nor two values of a question: each button is one', () => {
  const valuesOf = (field: Field): readonly unknown[] => {
    if (field.kind === 'lookAgain') return field.options.map(({ delayMs }) => delayMs);
    return field.kind === 'choice' || field.kind === 'choices' ? field.options.map(({ value }) => value) : [];
  };
  const twiceIn = (where: string, names: readonly unknown[]): readonly string[] =>
    new Set(names).size < names.length ? [where] : [];
  const twiceOf = ({ id, choices, fields }: Task): readonly string[] => [
    ...twiceIn(
      `choices of ${id}`,
      choices.map((choice) => choice.id),
    ),
    ...twiceIn(
      `fields of ${id}`,
      fields.map(({ name }) => name),
    ),
    ...fields.flatMap((field) => twiceIn(`values of ${id} ${field.name}`, valuesOf(field))),
  ];
  const twiceOn = ({ actions, tasks, reports }: View): readonly string[] => [
    ...twiceIn(
      'actions',
      actions.map(({ id }) => id),
    ),
    ...twiceIn(
      'tasks',
      [...tasks, ...reports].map(({ id }) => id),
    ),
    ...[...tasks, ...reports].flatMap(twiceOf),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.array(fc.oneof(anyPress, fc.constantFrom(...around)), { maxLength: 25 }),
      (start, steps) => {
        const walk = start();
        for (const next of steps) {
          next(walk);
          for (const person of PEOPLE) {
            const shown = screenOf(walk, person);
            if (shown !== null) expect(twiceOn(shown), `${person}, ${shown.stage}`).toEqual([]);
          }
        }
      },
    ),
    { numRuns: 120 },
  );
}, 60_000);

test('[B7][E15][H06] recording is within reach of those whose it is, from their screens alone, and both sides see it', () => {
  const walk = aLiveSession(recorded);
  const pressing = (person: (typeof PEOPLE)[number], id: string, choiceId: string) => {
    const shown = screenOf(walk, person);
    const offers = shown === null ? [] : offersOf(shown);
    const found = offers.find(({ task, choice }) => (task?.id ?? choice.id) === id && choice.id === choiceId);
    expect(found, `${person} ${id} ${choiceId}`).toBeDefined();
    if (found !== undefined) walk.say(person, found.choice.command);
    expect(walk.lastRefusal).toBeNull();
  };
  const says = (person: string): (string | undefined)[] =>
    screenOf(walk, person)?.notices.map(({ message }) => message.key) ?? [];
  pressing('c1', 'recording', 'grant');
  pressing('management-1', 'recordingGrant', 'grant');
  pressing('p1', 'recording', 'start');
  const worker = { person: null, role: null, source: 'worker', device: null } as const;
  walk.take({ type: 'recording.started', take: 1 }, worker);
  expect(says('c1')).toContain('client.recording.is.on');
  expect(says('p1')).toContain('recording.is.on');
  pressing('c1', 'recordingOff', 'recordingOff');
  expect(says('c1')).toContain('client.recording.is.stopping');
  expect(says('p1')).toContain('recording.is.stopping');
});

test('[B7][H06] the client is told at the beginning that nobody can rule out a recording outside of our control', () => {
  const walk = aWaitingSession(drill).say('p1', { type: 'person.admit', person: 'c1' }).heal();
  expect(screenOf(walk, 'c1')?.notices.map(({ message }) => message.key)).toEqual(
    expect.arrayContaining(['client.recording.is.off', 'client.recording.outside']),
  );
});

test('[W2][D09] a client changes the channel from their own screen, in one action, and staff with a reason', () => {
  const walk = aLiveSession(drill);
  const offered = (person: string) => offersOf(screenOf(walk, person) as View);
  expect(offered('c1').map(({ choice }) => choice.id)).toEqual(
    expect.arrayContaining(['channel.audioOnly', 'channel.phone', 'channel.text']),
  );
  const choose = offered('p1').filter(({ task }) => task?.id === 'channel');
  expect(choose.map(({ choice }) => [choice.id, choice.fields.includes('because')])).toEqual([
    ['audioOnly', true],
    ['phone', true],
    ['faceToFace', true],
  ]);
});
