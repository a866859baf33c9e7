import { describe, expect, test } from 'vitest';
import { aCare, aCrisis, aDevice, aPractitionerProjection, aRun, itemsBut } from '../testing/a-projection.js';
import type { Care } from '../project/projection.js';
import type { DeviceState, View } from './types.js';
import { view } from './view.js';

const seen = (
  care: Parameters<typeof aPractitionerProjection>[0] = {},
  device: DeviceState = aDevice(),
  nowMs = 0,
): View => view(aPractitionerProjection(care), device, nowMs);
const vault = {
  c1: {
    name: 'A Name',
    callBackNumber: '+44 (20) 1234',
    contactName: 'B',
    contactNumber: '+44 99',
    address: 'A Street',
  },
};
const ids = (shown: View) => shown.tasks.map((task) => task.id);
const now = (shown: View) => shown.tasks.filter((task) => task.urgency === 'now').map((task) => task.id);
const taskOf = (shown: View, id: string) => shown.tasks.find((task) => task.id === id);
const choices = (shown: View, id: string) => taskOf(shown, id)?.choices.map((choice) => choice.id) ?? [];
const lost = { state: 'lost', isMediaUp: false, lastTogetherAtMs: 0, deadlines: {} };

describe('the ladder', () => {
  test('[H31] reconnecting is the software; nobody has been called, and the screen says so', () => {
    const shown = seen(
      { run: aRun({ deadlines: { wait: 300_000 } }), contact: lost },
      aDevice({ verdict: 'them' }),
    );
    expect([shown.stage, shown.whoActs, now(shown)]).toEqual(['reconnecting', 'software', []]);
    expect(shown.explanation.map(({ key }) => key)).toEqual([
      'practitioner.reconnecting.what',
      'run.cause.contactLost',
      'verdict.them',
      'staff.nobodyCalled',
    ]);
    expect(shown.deadlines).toEqual([
      { id: 'run.wait', atMs: 300_000, message: { key: 'deadline.run.wait' } },
    ]);
  });

  test('[H20] phoning: every outcome is a choice that names run and attempt', () => {
    const shown = seen({
      run: aRun({ phoning: 'open', attempt: 2, deadlines: { attempt: 60_000 } }),
      contact: lost,
    });
    expect([shown.stage, shown.whoActs, now(shown)]).toEqual(['phone', 'you', ['call']]);
    expect(choices(shown, 'call')).toEqual([
      'reachedByName',
      'someoneElseAnswered',
      'guardianAnswered',
      'voicemail',
      'noAnswer',
      'failed',
    ]);
    expect(taskOf(shown, 'call')).toMatchObject({
      dueAtMs: 60_000,
      choices: [{ command: { client: 'c1', run: 'c1.r1', attempt: 2 } }, {}, {}, {}, {}, {}],
    });
  });

  test('[V4 H03] a number that must not be rung has no link, no call task, and its block can be lifted only with a reason', () => {
    const blocked = view(
      aPractitionerProjection(
        { run: aRun({ deciding: 'undecided' }), contact: lost, mayRing: false, mayPhone: false },
        { vault },
      ),
      aDevice(),
      0,
    );
    expect(blocked.facts[0]).toMatchObject({
      id: 'number',
      href: null,
      note: { key: 'fact.number.mustNotRing' },
      isCaution: true,
    });
    expect(choices(blocked, 'decide')).not.toContain('ringClientAgain');
    expect(taskOf(blocked, 'allowRinging')?.choices[0]).toMatchObject({
      fields: ['reason'],
      weight: 'danger',
    });
    const free = view(
      aPractitionerProjection({ run: aRun({ phoning: 'open' }), contact: lost }, { vault }),
      aDevice(),
      0,
    );
    expect(free.facts[0]).toMatchObject({ href: 'tel:+44201234', value: '+44 (20) 1234' });
  });

  test.each([
    ['none', 'cannot.contact.none'],
    ['notSafe', 'cannot.contact.notSafe'],
    ['notSure', 'cannot.contact.notSure'],
    [null, 'cannot.contact.open'],
  ] as const)(
    '[E14 H05] deciding with a contact that is %s opens without that choice and says why',
    (answer, because) => {
      const items = itemsBut({ emergencyContact: { answer, isSettled: answer !== null } });
      const shown = view(
        aPractitionerProjection({ run: aRun({ deciding: 'undecided' }), contact: lost, items }, { vault }),
        aDevice(),
        0,
      );
      expect(choices(shown, 'decide')).toEqual(['ringEmergencyServices', 'ringClientAgain', 'notNow']);
      expect(shown.cannot).toContainEqual({
        command: 'ladder.decide',
        because: { key: because },
        missing: [],
      });
      expect(JSON.stringify(shown.facts)).not.toContain(vault.c1.contactNumber);
    },
  );

  test('[E14] with an agreed contact the decision is asked again before it is taken, and "not now" names when', () => {
    const shown = seen({
      run: aRun({ deciding: 'undecided', deadlines: { decide: 120_000 } }),
      contact: lost,
    });
    expect(taskOf(shown, 'decide')?.choices[0]).toMatchObject({
      id: 'ringEmergencyContact',
      confirm: { key: 'decision.ringEmergencyContact.confirm' },
    });
    expect(taskOf(shown, 'decide')?.fields[0]).toMatchObject({
      options: [
        { delayMs: 60_000, label: { key: 'lookAgain.minute' } },
        { delayMs: 150_000, label: { params: { minutes: 2.5 } } },
        { delayMs: 300_000, label: { params: { minutes: 5 } } },
      ],
    });
    expect(taskOf(shown, 'decide')?.dueAtMs).toBe(120_000);
  });

  test('[H31] acting: who was to be called, and what came of it', () => {
    const shown = seen({
      run: aRun({ deciding: 'acting', decision: 'ringEmergencyServices' }),
      contact: lost,
    });
    expect(taskOf(shown, 'act')).toMatchObject({
      title: { key: 'staff.act.ringEmergencyServices' },
      urgency: 'now',
    });
    expect(choices(shown, 'act')).toEqual(['reached', 'notReached', 'notDone']);
  });

  test('contact is back: a word is asked for, a decision that is open is stood down by a person', () => {
    const back = { ...lost, state: 'together' };
    const word = seen({ run: aRun({ word: 'awaited', reconnecting: 'done' }), contact: back });
    expect([word.stage, word.headline.key, now(word)]).toEqual(['live', 'staff.word.headline', ['word']]);
    const open = seen({
      run: aRun({ word: 'awaited', deciding: 'undecided', mayStandDown: true }),
      contact: back,
    });
    expect(now(open)).toEqual(['word', 'decide', 'standDown']);
  });

  test('[H12] after quick exit, and reached by name, the decision comes before the question whether it is needed', () => {
    const open = { deciding: 'undecided', mayStandDown: true } as const;
    const exited = seen({
      run: aRun({ ...open, cause: 'exit', reconnecting: 'idle' }),
      contact: { ...lost, state: 'apart' },
      hasExited: true,
      mayRing: false,
      mayPhone: false,
    });
    const reached = seen({ run: aRun({ ...open, phoning: 'done' }), contact: { ...lost, state: 'byPhone' } });
    for (const shown of [exited, reached]) {
      expect([shown.stage, now(shown)]).toEqual(['deciding', ['decide', 'standDown']]);
    }
    const acting = seen({ run: aRun({ ...open, deciding: 'acting' }), contact: { ...lost, state: 'apart' } });
    expect(now(acting)).toEqual(['act', 'standDown']);
  });

  test("a run that is somebody else's can be taken over, and asks nothing else at once", () => {
    const shown = seen({ run: aRun({ owner: 'duty-1', deciding: 'undecided' }), contact: lost });
    expect([now(shown), shown.whoActs]).toEqual([[], 'duty']);
    expect(ids(shown)).toEqual([
      'report',
      'takeOver',
      'dispose',
      'consult',
      'staffNote.1',
      'tell',
      'disclosure.1',
      'channel',
    ]);
    expect(now(seen({ run: aRun({ owner: 'duty-1', offeredTo: 'p1' }), contact: lost }))).toEqual([
      'takeOver',
    ]);
  });

  test('[A48] exhausted is loud and asks for a disposition', () => {
    const shown = seen({ run: aRun({ status: 'exhausted', deciding: 'undecided' }), contact: lost });
    expect([shown.stage, now(shown)]).toEqual(['exhausted', ['decide', 'dispose']]);
    expect(shown.notices).toContainEqual({
      id: 'exhausted',
      level: 'alert',
      message: { key: 'staff.exhausted.notice' },
    });
  });

  test('by phone: still together, cut, or back to video when the client is there', () => {
    const shown = seen({
      contact: { ...lost, state: 'byPhone', isMediaUp: true, deadlines: { answer: 5000 } },
    });
    expect([shown.stage, now(shown), choices(shown, 'phone')]).toEqual([
      'phone',
      ['phone'],
      ['still', 'cut', 'move'],
    ]);
  });
});

test('[H03 H32] with a safe channel without voice the attempt is a message, and the number keeps its block', () => {
  const care = { run: aRun({ phoning: 'open' }), contact: lost, mayRing: false, mayPhone: true } as const;
  const shown = view(aPractitionerProjection(care, { vault }), aDevice(), 0);
  expect(taskOf(shown, 'call')?.title.key).toBe('staff.message.title');
  expect(shown.facts[0]).toMatchObject({ href: null, note: { key: 'fact.number.mustNotRing' } });
  expect(ids(shown)).not.toContain('allowRinging');
});

describe('alerts', () => {
  const alert = {
    id: 'a',
    about: 'c1.r1',
    cause: 'riskActive',
    person: 'duty-1',
    state: 'unanswered',
    deadlines: {},
  } as const;

  const accepted = { ...alert, state: 'accepted' } as const;
  const run = aRun({ id: 'c1.r2' });
  const noticeOf = (care: Parameters<typeof seen>[0]) =>
    seen(care).notices.flatMap(({ id, message }) => (id === 'alert.duty-1' ? message.key : []));

  test('[H21 H31] who of the duty list was alerted, and whether they come, is on the screen', () => {
    const alerts = [alert, { ...alert, id: 'b', person: 'duty-2', state: 'accepted' as const }];
    expect(seen({ run: aRun(), contact: lost, alerts }).notices).toMatchObject([
      { level: 'status', message: { key: 'notice.alert.unanswered', params: { name: 'duty-1' } } },
      { level: 'status', message: { key: 'notice.alert.accepted', params: { name: 'duty-2' } } },
    ]);
  });

  test('[H21 H31] what a person took is not said of what they were asked later and have not taken', () => {
    const silent = { ...alert, id: 'c1.r2.decidingSilent.duty-1', about: 'c1.r2', state: 'sent' } as const;
    const taken = { ...accepted, id: 'c1.r2.riskActive.duty-1', about: 'c1.r2' };
    expect(noticeOf({ run, contact: lost, alerts: [taken] })).toEqual(['notice.alert.accepted']);
    expect(noticeOf({ run, contact: lost, alerts: [silent, taken] })).toEqual(['notice.alert.sent']);
    const seenBy = { ...silent, state: 'acknowledged' } as const;
    expect(noticeOf({ run, contact: lost, alerts: [seenBy, { ...silent, state: 'unanswered' }] })).toEqual([
      'notice.alert.acknowledged',
    ]);
  });

  test('[H31] nor is it said any more once its matter is over', () => {
    const absence = { ...accepted, about: 'p1.a1', cause: 'practitionerGone' };
    const people = aCare().people.map((one) => (one.id === 'p1' ? { ...one, presence: 'gone' } : one));
    const crisis = aCrisis({ escalation: 'accepted', acceptedBy: 'duty-1' });
    const { privacy } = aCare();
    const broken = { privacy: { ...privacy, step: 'paused', about: 'c1.privacy1' } } as const;
    const matters = [
      [broken, { ...accepted, about: 'c1.privacy1', cause: 'privacy' }],
      [broken, { ...accepted, about: 'c1.privacy1.w2', cause: 'privacySilent' }],
      [{ run: aRun() }, accepted],
      [{ people }, absence],
      [{ contact: { ...lost, state: 'byPhone' } }, { ...accepted, about: 'c1.p1.1', cause: 'phoneSilent' }],
      [{ crisis }, { ...accepted, about: 'c1.crisis1', cause: 'escalation' }],
    ] as const;
    for (const [matter, one] of matters) {
      expect(noticeOf({ ...matter, alerts: [one] })).toEqual(['notice.alert.accepted']);
      expect(noticeOf({ run, alerts: [one] })).toEqual([]);
    }
    const next = { privacy: { ...broken.privacy, about: 'c1.privacy11' } };
    expect(
      noticeOf({ ...next, alerts: [{ ...accepted, about: 'c1.privacy1.w2', cause: 'privacy' }] }),
    ).toEqual([]);
  });

  test.each(['helpAsked', 'helpSilent', 'discreetSignal', 'fault'] as const)(
    '[H21 H31] who took %s goes on with it where no page can see, and stays named',
    (cause) => {
      expect(noticeOf({ alerts: [{ ...accepted, about: `c1.${cause}1`, cause }] })).toEqual([
        'notice.alert.accepted',
      ]);
    },
  );
});

test('[L18] what was reported late is shown as late, in the words of who said it, for five minutes', () => {
  const report = { report: 'call', outcome: 'noAnswer', by: 'duty-1', saidAtMs: 1000, atMs: 60_000 } as const;
  const noticesAt = (nowMs: number, late: Care['late']) =>
    view(aPractitionerProjection({ run: aRun(), contact: lost, late }), aDevice(), nowMs).notices.filter(
      ({ id }) => id === 'late',
    );
  const params = { name: 'duty-1', what: 'outcome.noAnswer', saidAtMs: 1000 };
  expect(noticesAt(360_000, report)).toEqual([
    { id: 'late', level: 'status', message: { key: 'notice.late', params } },
  ]);
  expect(noticesAt(360_001, report)).toEqual([]);
  const word = { ...report, report: 'together', outcome: null } as const;
  expect(noticesAt(60_000, word)[0]?.message.params?.['what']).toBe('staff.word.send');
  expect(noticesAt(60_000, null)).toEqual([]);
});
