import { FeedbackAnswer, IssueKind, NearMissKind, ROLES, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project } from '../../project/project.js';
import {
  aLiveSession,
  aWalk,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { PARTICIPANTS } from '../../testing/a-participant.js';
import { PEOPLE } from '../../testing/deliver.js';
import type { ReportContext } from './report.machine.js';

const kept = (walk: Walk) => walk.session.charts['report:session']?.context as unknown as ReportContext;
const ended = (walk: Walk = aLiveSession()): Walk => walk.say(PRACTITIONER, { type: 'session.end' });
const closed = (): Walk => closedFrom(aLiveSession());
const closedFrom = (walk: Walk): Walk =>
  ended(walk)
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })
    .say(PRACTITIONER, { type: 'session.close' });
const others = PARTICIPANTS;
const STATES: Readonly<Record<string, () => Walk>> = {
  new: () => aWalk({ others }),
  waiting: () => aWaitingSession({ others }),
  live: () => aLiveSession({ others }),
  'in a run': () => aLiveSession({ others }).cut().by(310_000),
  'in a crisis': () => aLiveSession({ others }).say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }),
  ended: () => ended(aLiveSession({ others })),
  closed: () => closedFrom(aLiveSession({ others })),
};
const EVERYBODY = [...PEOPLE, ...PARTICIPANTS];
const feedback: Command = {
  type: 'feedback.give',
  safety: 'yes',
  privacy: 'no',
  access: 'unsure',
  nextSteps: 'skipped',
};

for (const [name, start] of Object.entries(STATES)) {
  test(`[F4][F5][A47][E23] anybody flags a near miss and reports an issue in one step: ${name}`, () => {
    const walk = start();
    expect(EVERYBODY.map(({ role }) => role).sort()).toEqual(
      [...ROLES.filter((role) => role !== 'colleague' && role !== 'fellowClient'), 'duty'].sort(),
    );
    for (const { id } of EVERYBODY) {
      walk.say(id, { type: 'nearMiss.flag', kind: 'overheard' });
      expect(walk.lastRefusal).toBeNull();
      walk.say(id, { type: 'issue.report', kind: 'connection' });
      expect(walk.lastRefusal).toBeNull();
    }
    expect(kept(walk)).toMatchObject({ nearMissCount: EVERYBODY.length, issueCount: EVERYBODY.length });
  });
}

test('[F4][B09] a near miss says what happened and never who did it; it alerts nobody and changes no screen', () => {
  const walk = aLiveSession();
  const seen = (): string =>
    JSON.stringify([CLIENT, PRACTITIONER, ...DUTY].map((person) => project(walk.session, person)));
  const before = seen();
  walk.forget();
  for (const kind of NearMissKind.options) walk.say(CLIENT, { type: 'nearMiss.flag', kind });
  for (const kind of IssueKind.options) walk.say(PRACTITIONER, { type: 'issue.report', kind, ref: 'note-1' });
  expect(seen()).toBe(before);
  expect(walk.effects).toEqual([]);
  expect(Object.keys(kept(walk).nearMisses[0] ?? {}).sort()).toEqual(['atMs', 'kind', 'ref']);
});

test('[F4][H18] a client gives no reference: it could only hold words', () => {
  const walk = aLiveSession().say(CLIENT, { type: 'nearMiss.flag', kind: 'overheard', ref: 'JohnSmith' });
  expect(walk.lastRefusal?.code).toBe('bad-answer');
  expect(JSON.stringify(walk.session)).not.toContain('JohnSmith');
});

test('[F4] however often it is pressed the snapshot stays small, and the record has all of them', () => {
  const walk = aLiveSession().forget();
  for (let count = 0; count < 50; count += 1) walk.say(CLIENT, { type: 'nearMiss.flag', kind: 'helpLate' });
  expect(kept(walk).nearMisses).toHaveLength(20);
  expect(kept(walk).nearMissCount).toBe(50);
  expect(walk.kinds.filter((kind) => kind === 'nearMiss.flagged')).toHaveLength(50);
});

test("[F6][A50][E28] feedback is the client's, at the end only, and once", () => {
  expect(aLiveSession().say(CLIENT, feedback).lastRefusal?.code).toBe('not-now');
  expect(ended().say(PRACTITIONER, feedback).lastRefusal?.code).toBe('not-allowed');
  for (const walk of [ended(), closed()]) {
    walk.forget().say(CLIENT, feedback);
    expect(walk.events).toMatchObject([
      {
        kind: 'feedback.given',
        details: { safety: 'yes', privacy: 'no', access: 'unsure', nextSteps: 'skipped' },
      },
    ]);
    expect(walk.say(CLIENT, feedback).lastRefusal?.code).toBe('not-now');
  }
});

test('[F6][A50] whatever is said, or skipped, no screen of staff changes, and nothing is held back', () => {
  const answer = fc.constantFrom(...FeedbackAnswer.options);
  fc.assert(
    fc.property(fc.tuple(answer, answer, answer, answer), ([safety, privacy, access, nextSteps]) => {
      const walk = ended();
      const staff = (): string =>
        JSON.stringify(
          PEOPLE.filter(({ role }) => role !== 'client').map(({ id }) => project(walk.session, id)),
        );
      const before = staff();
      walk.say(CLIENT, { type: 'feedback.give', safety, privacy, access, nextSteps });
      expect(staff()).toBe(before);
    }),
    { numRuns: 50 },
  );
  expect(closed().value('lifecycle:session')).toBe('closed');
});

test('[F4][F5][H18] who is not of the service has no record to refer to: a reference of theirs is refused', () => {
  const roles = ['interpreter', 'supporter', 'observer', 'trainee'] as const;
  const others = roles.map((role, index) => ({ id: `n${index}`, role }));
  const walk = aLiveSession({ others });
  for (const { id } of others) {
    walk.join(id);
    for (const ref of ['JohnSmith', undefined]) {
      walk.say(id, { type: 'nearMiss.flag', kind: 'overheard', ...(ref === undefined ? {} : { ref }) });
      expect(walk.lastRefusal?.code, id).toBe(ref === undefined ? undefined : 'bad-answer');
    }
  }
  expect(JSON.stringify(walk.session)).not.toContain('JohnSmith');
});
