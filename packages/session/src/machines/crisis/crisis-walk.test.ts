import { CrisisExit, referencePolicy, type Command } from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import { aLiveSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const open = (): Walk => aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client });
const care = (walk: Walk, person = PRACTITIONER) => {
  const held = project(walk.session, person);
  if (held === null || !('care' in held) || held.care === null) throw new Error('nothing to see');
  return held.care;
};
const handOver = (walk: Walk): Walk =>
  walk
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client })
    .say('duty-1', { type: 'alert.acknowledge', alert: 'c1.crisis1.escalation.duty-1' })
    .say('duty-1', { type: 'alert.accept', alert: 'c1.crisis1.escalation.duty-1' })
    .say(PRACTITIONER, { type: 'crisis.briefEscalation', client })
    .say('duty-1', { type: 'crisis.acceptEscalation', client });

describe('the hand-over and its alert', () => {
  test('[C7][C3] who takes the alert has joined, and owns the crisis with the acceptance only', () => {
    const walk = open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    const alert = 'c1.crisis1.escalation.duty-1';
    walk.say('duty-1', { type: 'alert.acknowledge', alert }).say('duty-1', { type: 'alert.accept', alert });
    expect(care(walk).crisis).toMatchObject({ escalation: 'joined', joinedBy: 'duty-1', owner: 'p1' });
    walk.say('duty-1', { type: 'crisis.briefEscalation', client });
    walk.say('duty-1', { type: 'crisis.acceptEscalation', client });
    expect(care(walk).crisis).toMatchObject({ escalation: 'accepted', owner: 'duty-1' });
    expect(walk.kinds).toEqual(
      expect.arrayContaining([
        'crisis.escalationOffered',
        'alert.accepted',
        'crisis.escalationJoined',
        'crisis.escalationBriefed',
        'crisis.escalationAccepted',
      ]),
    );
  });

  test('[C7][A5] joining without the alert takes it, too, and stands the others down', () => {
    const walk = open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client }).by(60_000);
    expect(walk.alerted).toEqual(['escalation.duty-1', 'escalation.duty-2']);
    walk.say('duty-1', { type: 'crisis.joinEscalation', client });
    expect(walk.value('alert:c1.crisis1.escalation.duty-1')).toBe('accepted');
    expect(walk.value('alert:c1.crisis1.escalation.duty-2')).toBe('stoodDown');
  });

  test('[C7][A4][H21] silence returns to the sender and goes to the next in line; the crisis stays where it is', () => {
    const walk = open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client }).by(60_000);
    expect(care(walk).crisis).toMatchObject({ escalation: 'offered', owner: 'p1' });
    expect(walk.alerted.at(-1)).toBe('escalation.duty-2');
  });

  test('[C7] asked on, the list is walked anew, and who was waited for comes last', () => {
    const walk = open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    walk.say('duty-1', { type: 'crisis.joinEscalation', client }).forget();
    walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    expect(walk.alerted).toEqual(['escalation.duty-2']);
  });

  describe('[C11][A23] whoever takes the alert of their own crisis keeps it', () => {
    const staff = { ...referencePolicy.staff, duty: referencePolicy.staff.duty.slice(0, 1) };
    const alone = { policy: { ...referencePolicy, staff } };
    const ask: Command = { type: 'crisis.offerEscalation', client };
    const take = (walk: Walk, about: string): Walk =>
      walk.say('duty-1', { type: 'alert.accept', alert: `${about}.escalation.duty-1` });

    test('[E18] what was handed over to them is theirs as before, and can end as handed over', () => {
      const walk = handOver(aLiveSession(alone).say(PRACTITIONER, { type: 'crisis.open', client }));
      take(walk.say(PRACTITIONER, ask), 'c1.crisis1.o2');
      expect(care(walk).crisis).toMatchObject({
        escalation: 'accepted',
        owner: 'duty-1',
        joinedBy: 'duty-1',
      });
      expect(walk.kinds.at(-1)).toBe('crisis.escalationKept');
      walk.say('duty-1', { type: 'crisis.resolve', client, exit: 'handOverAccepted' });
      expect(walk.lastRefusal).toBeNull();
    });

    test('[E18][C3] what nobody handed over is not handed over by it, whoever asked', () => {
      for (const by of [PRACTITIONER, 'duty-1']) {
        const walk = aLiveSession(alone).say('duty-1', { type: 'crisis.open', client });
        take(walk.say(by, ask), 'c1.crisis1');
        expect(care(walk).crisis).toMatchObject({ escalation: 'none', owner: 'duty-1', joinedBy: null });
        walk.say('duty-1', { type: 'crisis.resolve', client, exit: 'handOverAccepted' });
        expect(walk.lastRefusal?.code).toBe('not-now');
        expect(walk.say(by, ask).lastRefusal).toBeNull();
      }
    });

    test('[A5] it stands the others down, also those of an offer before', () => {
      const walk = aLiveSession().say('duty-1', { type: 'crisis.open', client }).say('duty-2', ask);
      expect(walk.alerted).toEqual(['escalation.duty-1']);
      walk.by(300_000);
      expect(walk.value('alert:c1.crisis1.escalation.duty-2')).toBe('unanswered');
      take(walk, 'c1.crisis1');
      expect(walk.value('alert:c1.crisis1.escalation.duty-2')).toBe('stoodDown');
      expect(care(walk).crisis.escalation).toBe('none');
    });

    test('an alert of an offer before ends no later one: that goes on with its clock', () => {
      const walk = aLiveSession().say('duty-1', { type: 'crisis.open', client }).say('duty-2', ask);
      walk.say('duty-2', { type: 'crisis.joinEscalation', client }).say('duty-2', ask);
      const before = care(walk).crisis;
      take(walk, 'c1.crisis1');
      expect(care(walk).crisis).toEqual(before);
    });
  });

  test('[E18][C4][H21] over every exit that is not one, the session neither ends nor closes', () => {
    const walk = handOver(open());
    for (const by of [PRACTITIONER, 'duty-1']) {
      expect(walk.say(by, { type: 'session.end' }).lastRefusal?.code).toBe('crisis-open');
    }
    walk.leave(PRACTITIONER).leave(CLIENT).by(3_600_000);
    expect(care(walk).crisis.state).toBe('open');
    expect(walk.value('lifecycle:session')).toBe('live');
    walk.say('duty-1', { type: 'crisis.resolve', client, exit: 'handOverAccepted' });
    expect(care(walk).crisis.state).toBe('resolved');
  });

  test('[E18][H21] consent that is taken back ends the call, and closing waits for the crisis', () => {
    const walk = open().say(CLIENT, { type: 'consent.withdraw' });
    walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    const refused = walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code;
    expect(['crisis-open', 'run-open']).toContain(refused);
  });
});

describe('what is asked again', () => {
  test('[C9][A28][A32] the number can be rung while it is asked again: the ladder walks as before', () => {
    const walk = open();
    expect(care(walk)).toMatchObject({ mayRing: true, crisis: { callBackNumber: { state: 'asked' } } });
    walk.cut().by(3000);
    expect(care(walk).run).toMatchObject({ phoning: 'open' });
  });

  test('[C9][A28][I3] the practitioner’s read-back settles item and crisis at once; the duty person’s the crisis', () => {
    const read = open().say(PRACTITIONER, ANSWERS.locationConfirmed);
    expect(care(read).crisis.location).toEqual({ state: 'checked', atMs: read.nowMs });
    expect(read.value('item:locationConfirmed')).toBe('confirmed');
    const duty = open().say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    duty.say('duty-1', { type: 'crisis.confirmFact', client, fact: 'location' });
    expect(care(duty).crisis.location.state).toBe('checked');
    expect(duty.value('item:locationConfirmed')).toBe('expired');
  });

  test('[C9][H04] a client who says that they have moved makes the check old', () => {
    const walk = open().say(PRACTITIONER, ANSWERS.locationConfirmed);
    walk.say(CLIENT, { type: 'item.reopen', item: 'location' });
    expect(care(walk).crisis.location.state).toBe('asked');
    const early = walk.say(PRACTITIONER, { type: 'crisis.confirmFact', client, fact: 'location' });
    expect(early.lastRefusal?.code).toBe('bad-answer');
    walk.say(CLIENT, ANSWERS.location).say(PRACTITIONER, ANSWERS.locationConfirmed);
    expect(care(walk).crisis.location.state).toBe('checked');
  });
});

describe('the lists', () => {
  test('[C8][A30][T2] each crisis begins them anew, and an exit waits for none of them', () => {
    const walk = open().say(PRACTITIONER, {
      type: 'checklist.record',
      list: 'crisis',
      step: 'means',
      outcome: 'done',
    });
    const outcomeOf = () => care(walk).checklists.crisis?.find(({ step }) => step === 'means')?.outcome;
    expect(outcomeOf()).toBe('done');
    walk.say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(walk.lastRefusal).toBeNull();
    expect(outcomeOf()).toBe('done');
    walk.say(PRACTITIONER, { type: 'crisis.open', client });
    expect(outcomeOf()).toBeNull();
  });
});

/** Everything that staff can say in a crisis. */
const sayings: readonly Command[] = [
  { type: 'crisis.open', client },
  { type: 'crisis.setHarm', client, to: 'both' },
  { type: 'crisis.confirmFact', client, fact: 'location' },
  { type: 'crisis.confirmFact', client, fact: 'callBackNumber' },
  { type: 'crisis.offerEscalation', client },
  { type: 'crisis.joinEscalation', client },
  { type: 'crisis.briefEscalation', client },
  { type: 'crisis.acceptEscalation', client },
  { type: 'crisis.introduceClient', client },
  { type: 'crisis.releaseSender', client },
  { type: 'consult.ask', client, person: 'supervisor-1' },
  { type: 'staffNote.send', client },
  { type: 'disclosure.record', client, to: 'police', categories: ['place'], rationaleRef: 'note-1' },
  ...CrisisExit.options.map(
    (exit) => ({ type: 'crisis.resolve', client, exit, reason: 'crisis', rationaleRef: 'note-1' }) as const,
  ),
];
const anySaying = fc.tuple(fc.constantFrom(PRACTITIONER, 'duty-1', 'duty-2'), fc.constantFrom(...sayings));

test('[C7a][A29] nothing that is said in a crisis touches media, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(anySaying, { maxLength: 25 }), (said) => {
      const walk = aLiveSession().forget();
      for (const [by, command] of said) {
        walk.say(by, command);
        for (const person of [PRACTITIONER, CLIENT]) {
          const held = project(walk.session, person);
          const isAllowed = held?.role === 'client' ? held.mediaAllowed : care(walk, person).mediaAllowed;
          expect(isAllowed).toBe(true);
        }
        expect(walk.value('contact:c1')).toBe('together');
      }
      expect(walk.effects.filter(({ kind }) => kind === 'closeRoom')).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('[C7a][A24] crisis and run go on side by side: neither moves, ends or holds up the other', () => {
  const crisisOf = (walk: Walk) => walk.session.charts['crisis:c1'];
  const runSteps = (walk: Walk): Walk => walk.cut().by(3000).recordCall('noAnswer').by(1000);
  fc.assert(
    fc.property(fc.array(anySaying, { maxLength: 15 }), (said) => {
      // The same run, with and without what is said about the crisis once it is open.
      const [alone, beside] = [runSteps(open()), runSteps(open())];
      for (const [by, command] of said) {
        if (command.type === 'crisis.resolve' || command.type === 'crisis.open') continue;
        beside.say(by, command);
      }
      expect(beside.session.charts['run:c1']?.value).toEqual(alone.session.charts['run:c1']?.value);
      expect(beside.run.context.deadlines).toEqual(alone.run.context.deadlines);
      // And what the run does moves nothing of the crisis.
      const before = crisisOf(beside);
      beside.recordCall('reachedByName').by(600_000).heal().by(10_000);
      expect(crisisOf(beside)).toEqual(before);
    }),
    { numRuns: 40 },
  );
}, 60_000);
