import { Command, type Id } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { project } from '../project/project.js';
import {
  aCare,
  aCrisis,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
  aRun,
  itemsBut,
} from '../testing/a-projection.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../testing/a-session.js';
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
/** What is asked; another way to talk stands there always (D01). */
const ids = (shown: View) => shown.tasks.map((task) => task.id).filter((id) => id !== 'channel');
const now = (shown: View) => shown.tasks.filter((task) => task.urgency === 'now').map((task) => task.id);
const taskOf = (shown: View, id: string) => shown.tasks.find((task) => task.id === id);
const choices = (shown: View, id: string) => taskOf(shown, id)?.choices.map((choice) => choice.id) ?? [];
const lost = { state: 'lost', isMediaUp: false, lastTogetherAtMs: 0, deadlines: {} };

describe('set-up', () => {
  const gathering = {
    stage: 'gathering',
    isAdmitted: false,
    mediaAllowed: false,
    gate: { media: 'open', live: 'open' },
    contact: { state: 'notYet', isMediaUp: false, lastTogetherAtMs: null, deadlines: {} },
  } as const;

  test('[H19] the person who is let in is shown by name; without a person nobody can be let in', () => {
    const named = view(aPractitionerProjection(gathering, { vault }), aDevice(), 0);
    expect(taskOf(named, 'admit')).toMatchObject({
      title: { params: { name: 'A Name' } },
      choices: [{ command: { person: 'c1' } }],
    });
    const people = [{ id: 'c1', role: 'client', presence: 'notYet' } as const];
    const alone = seen({ ...gathering, people });
    expect([ids(alone).includes('admit'), alone.cannot[0]?.because.key]).toEqual([
      false,
      'cannot.admit.notHere',
    ]);
  });

  test('[A08 H13] what keeps the gate shut is named, item by item', () => {
    const items = itemsBut({ location: { isSettled: false, state: 'uncertain', answer: 'notSure' } });
    const shown = seen({ ...gathering, items });
    expect(shown.cannot).toMatchObject([
      { command: 'session.goLive', because: { key: 'cannot.media' }, missing: [{ key: 'item.location' }] },
    ]);
    expect(taskOf(shown, 'item.location')?.why?.key).toBe('item.state.uncertain');
  });

  test('[H14 A19] an override always asks for its reason', () => {
    const items = itemsBut({ identity: { isSettled: false, state: 'open', answer: null } });
    for (const shown of [seen({ ...gathering, items }), seen({ ...gathering, stage: 'settingUp', items })]) {
      expect(taskOf(shown, 'override')).toMatchObject({
        fields: [{ kind: 'choice', name: 'reason', required: true }],
        choices: [{ weight: 'danger', fields: ['reason'] }],
      });
    }
  });

  test('[C10] a place without flat or unit is named as incomplete, until it is there', () => {
    const noteOf = (words: object) =>
      view(aPractitionerProjection(gathering, { vault: { c1: words } }), aDevice(), 0).facts.find(
        ({ id }) => id === 'addressUnit',
      )?.note;
    expect(noteOf(vault.c1)?.key).toBe('fact.addressUnit.missing');
    expect(noteOf({ ...vault.c1, addressUnit: '2' })).toBeNull();
  });

  test('[A09] identity asks how it was checked', () => {
    const items = itemsBut({ identity: { isSettled: false, state: 'open', answer: null } });
    const shown = seen({ stage: 'settingUp', gate: { media: 'settled', live: 'open' }, items });
    expect(
      taskOf(shown, 'item.identity')?.choices.find((choice) => choice.id === 'confirmed')?.fields,
    ).toContain('method');
    expect(now(shown)).toEqual(['item.identity']);
  });

  test('live is one action when the gate is settled, and only then', () => {
    expect(now(seen({ stage: 'settingUp' }))).toEqual(['goLive']);
    expect(ids(seen({ stage: 'settingUp', gate: { media: 'settled', live: 'open' } }))).not.toContain(
      'goLive',
    );
  });

  test('[A28 H04] in a live session only what came open again is a task', () => {
    expect(ids(seen())).toEqual([]);
    const items = itemsBut({ locationConfirmed: { isSettled: false, state: 'expired', answer: null } });
    expect(now(seen({ items }))).toEqual(['item.locationConfirmed']);
  });
});

describe('cut off from the session server', () => {
  const cut = (rest: Partial<DeviceState> = {}) =>
    aDevice({ lastHeardAtMs: 1, unsent: 2, media: 'silent', mediaSilentSinceMs: 1, ...rest });

  test("[V5 H08 H31] it says since when, and the ring is the person's own to do", () => {
    const actionCard = {
      vault,
      mayRing: true,
      mayLeaveMessage: false,
      contactAnswer: null,
      dutyLine: '+44 100',
    };
    const shown = seen({}, cut({ actionCard }), 5001);
    expect(shown.notices[0]).toEqual({
      id: 'line',
      level: 'alert',
      message: { key: 'line.staff.down', params: { sinceMs: 1 } },
    });
    expect(shown.tasks.filter((task) => task.isOwnToDo).map((task) => task.id)).toEqual([
      'ownCall',
      'ownDuty',
    ]);
    expect(shown.facts.find((fact) => fact.id === 'number')?.href).toBe('tel:+44201234');
    expect(shown.facts.find((fact) => fact.id === 'dutyLine')?.href).toBe('tel:+44100');
  });

  test('[V5 H08] it also says when it is the own connection that is down', () => {
    const said = (verdict: DeviceState['verdict']) =>
      seen({}, cut({ verdict }), 5001).explanation.map(({ key }) => key);
    expect(said('me')).toContain('verdict.me');
    expect(said(null).filter((key) => key.startsWith('verdict.'))).toEqual([]);
  });

  test('[H08] what is recorded offline names the run that the session server will have opened', () => {
    expect(taskOf(seen({ nextRun: 'c1.r3' }, cut(), 5001), 'ownCall')?.choices[0]?.command).toMatchObject({
      run: 'c1.r3',
      attempt: 1,
      outcome: 'reachedByName',
    });
  });

  test('[H03] a number that must not be rung is not rung offline either', () => {
    expect(ids(seen({ mayRing: false }, cut(), 5001))).toEqual(['ownDuty']);
  });

  test('while they still talk nothing has to be rung', () => {
    const shown = seen({}, aDevice({ lastHeardAtMs: 1 }), 5001);
    expect([shown.notices[0]?.message.key, ids(shown)]).toEqual(['line.staff.downTogether', []]);
  });

  test('[H08] a session server that lives but cannot store is no better', () => {
    const shown = seen({ run: aRun({ phoning: 'open' }), contact: lost }, aDevice({ inCharge: false }), 0);
    expect([shown.line.isUp, taskOf(shown, 'call')?.isOwnToDo]).toEqual([false, true]);
  });
});

describe('risk, crisis, end', () => {
  test('raising is one action; lowering asks for a reason and is not offered in a crisis', () => {
    expect(seen().actions.map((action) => action.id)).toEqual([
      'risk',
      'crisis',
      'safeguarding',
      'privacy',
      'pause',
      'cannotSee',
      'cannotHear',
      'end',
    ]);
    expect(taskOf(seen({ risk: { isActive: true, sinceMs: 0 } }), 'risk')?.choices[0]?.fields).toEqual([
      'reason',
    ]);
    const shown = ids(seen({ risk: { isActive: true, sinceMs: 0 }, crisis: aCrisis() }));
    expect(shown).toContain('crisis');
    expect(shown).not.toContain('risk');
  });

  test('[H21 C5] the four exits, each only where it may be said', () => {
    const open = (escalation: 'none' | 'offered' | 'accepted') => ({
      crisis: aCrisis({ escalation }),
    });
    expect(choices(seen(open('none')), 'crisis')).toEqual([
      'offer',
      'helpOnScene',
      'clientSafe',
      'overridden',
    ]);
    expect(choices(seen(open('accepted')), 'crisis')).toEqual([
      'introduce',
      'release',
      'offerOn',
      'helpOnScene',
      'handOverAccepted',
      'clientSafe',
      'overridden',
    ]);
    expect(choices(view(aDutyProjection(open('offered')), aDevice(), 0), 'crisis')).toEqual([
      'join',
      'helpOnScene',
      'overridden',
    ]);
    const safe = taskOf(seen(open('none')), 'crisis')?.choices.find((choice) => choice.id === 'clientSafe');
    expect(safe?.fields).toEqual(['rationaleRef']);
  });

  test('[G6 H21] the end is not offered over an open run or crisis, and the screen says why', () => {
    const shown = seen({
      run: aRun(),
      contact: lost,
      crisis: aCrisis(),
    });
    expect(shown.actions.map((action) => action.id)).not.toContain('end');
    expect(shown.cannot.map(({ because }) => because.key)).toEqual(['cannot.runOpen', 'cannot.crisisOpen']);
  });

  test('[G8 H15] closing is not offered over a client who asked for someone: the answer is', () => {
    const shown = seen({
      stage: 'closing',
      mediaAllowed: false,
      closing: { ...aCare().closing, disposition: 'endedAsPlanned' },
      help: { isAsked: true, askedAtMs: 0, deadlines: {} },
    });
    expect([now(shown), ids(shown).includes('close')]).toEqual([['help'], false]);
    expect(shown.cannot.map(({ command, because }) => [command, because.key])).toEqual([
      ['session.close', 'cannot.helpOpen'],
    ]);
  });

  test('[A48 G8] closing asks how it ended before it offers to close', () => {
    const open = seen({ stage: 'closing', mediaAllowed: false });
    expect([now(open), ids(open).includes('close'), open.cannot[0]?.because.key]).toEqual([
      ['closing'],
      false,
      'cannot.dispositionMissing',
    ]);
    const followUps = [{ id: 'tell.c1.r1', kind: 'tellThemHowItEnded', owner: 'p1', dueOn: '2025-01-01' }];
    const closing = { ...aCare().closing, disposition: 'endedAsPlanned' };
    const said = (state: 'open' | 'settled') =>
      seen({
        stage: 'closing',
        closing: { ...closing, followUps: followUps.map((one) => ({ ...one, state })) },
      });
    expect(ids(said('open'))).toEqual(['followUp.tell.c1.r1', 'followUp', 'close', 'closing']);
    expect(ids(said('settled'))).toEqual(['followUp', 'close', 'closing', 'followUp.tell.c1.r1']);
  });
});

describe('duty', () => {
  const alert = {
    id: 'c1.r1.decidingSilent.duty-1',
    about: 'c1.r1',
    cause: 'decidingSilent',
    person: 'duty-1',
    state: 'sent',
    deadlines: { acknowledge: 60_000 },
  } as const;

  test('[V6 E20] nothing before an alert', () => {
    const shown = view(aDutyProjection(null), aDevice(), 0);
    expect([shown.stage, shown.tasks, shown.facts, shown.people, shown.actions]).toEqual([
      'waiting',
      [],
      [],
      [],
      [],
    ]);
  });

  test('whom a run is offered to can take it, and does nothing else before', () => {
    const offered = aRun({ deciding: 'undecided', offeredTo: 'duty-1' });
    expect(ids(view(aDutyProjection({ run: offered, contact: lost }), aDevice(), 0))).toEqual(['takeOver']);
    expect(
      ids(view(aDutyProjection({ run: { ...offered, helpers: ['duty-1'] }, contact: lost }), aDevice(), 0)),
    ).toContain('report');
  });

  test('acknowledge, then accept, each by its deadline; the alert of a colleague is theirs', () => {
    const sent = view(
      aDutyProjection({ alerts: [alert, { ...alert, id: 'x', person: 'duty-2' }] }),
      aDevice(),
      0,
    );
    expect([sent.stage, now(sent), taskOf(sent, `alert.${alert.id}`)?.dueAtMs]).toEqual([
      'alerted',
      [`alert.${alert.id}`],
      60_000,
    ]);
    expect(choices(sent, `alert.${alert.id}`)).toEqual(['acknowledge']);
    const seenIt = view(aDutyProjection({ alerts: [{ ...alert, state: 'acknowledged' }] }), aDevice(), 0);
    expect(choices(seenIt, `alert.${alert.id}`)).toEqual(['accept']);
  });

  test('[H02] a duty person who owns the run has the number, the decision and the disposition', () => {
    const shown = view(
      aDutyProjection(
        { run: aRun({ owner: 'duty-1', phoning: 'open', deciding: 'undecided' }), contact: lost },
        { vault },
      ),
      aDevice(),
      0,
    );
    expect(now(shown)).toEqual(['call', 'decide']);
    expect(shown.showsVideo).toBe(false);
    expect(shown.facts.find((fact) => fact.id === 'number')?.href).toBe('tel:+44201234');
  });
});

test('every command that a screen offers is a whole command', () => {
  const offered = [
    seen({ run: aRun({ phoning: 'open', deciding: 'undecided' }), contact: lost }),
    seen({ run: aRun({ deciding: 'acting', word: 'awaited', owner: 'duty-1' }) }),
    seen({
      stage: 'settingUp',
      items: itemsBut(
        Object.fromEntries(itemsBut().map(({ item }) => [item, { isSettled: false, state: 'open' }])),
      ),
    }),
    seen({ stage: 'closing', crisis: aCrisis({ escalation: 'offered' }) }),
  ].flatMap((shown) => [...shown.actions, ...shown.tasks.flatMap((task) => task.choices)]);
  expect(offered.length).toBeGreaterThan(60);
  for (const { command } of offered) expect(Command.safeParse(command).error).toBeUndefined();
});

describe('who acts, as whoever reads it stands to it', () => {
  const [FIRST, SECOND] = DUTY;
  const run = 'c1.r1';
  const pageOf = (walk: Walk, person: Id = PRACTITIONER, device: Partial<DeviceState> = {}): View => {
    const held = project(walk.session, person);
    if (held === null) throw new TypeError('they are of the session');
    return view(held, aDevice({ lastHeardAtMs: walk.nowMs, ...device }), walk.nowMs);
  };
  const read = ({ stage, headline, whoActs }: View) => [stage, headline.key, whoActs];
  /** Contact is lost with risk active: somebody rings, and a decision is due at once. */
  const atRisk = (): Walk =>
    aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).cut().by(3000);

  test('[L14][L15] nobody on the list asked for the missing word: every page says that before that contact is back', () => {
    const walk = atRisk().heal().by(6000);
    walk.say(PRACTITIONER, { type: 'ladder.standDown', client: CLIENT, run });
    expect(read(pageOf(walk))).toEqual(['live', 'staff.word.headline', 'you']);
    walk.by(400_000);
    expect([read(pageOf(walk)), read(pageOf(walk, FIRST))]).toEqual([
      ['exhausted', 'practitioner.exhausted.headline', 'you'],
      ['exhausted', 'duty.exhausted.headline', 'you'],
    ]);
  });

  test('[V8][Z4][L17] a decision that is due is whose run it is, whoever talks to the client meanwhile', () => {
    const walk = atRisk().say(FIRST, { type: 'alert.accept', alert: `${run}.riskActive.${FIRST}` });
    expect(read(pageOf(walk, FIRST))).toEqual(['deciding', 'duty.deciding.headline', 'practitioner']);
    walk
      .recordCall('reachedByName')
      .say(PRACTITIONER, { type: 'consult.ask', client: CLIENT, person: SECOND });
    walk.say(SECOND, { type: 'alert.accept', alert: 'c1.consult1.consult.duty-2' });
    expect(read(pageOf(walk))).toEqual(['deciding', 'practitioner.deciding.headline', 'you']);
    walk.say(FIRST, { type: 'ladder.takeOver', client: CLIENT, run });
    expect(read(pageOf(walk, SECOND))).toEqual(['deciding', 'duty.deciding.headline', 'duty']);
  });

  test('[Z4][B07] a page that was left says so and no more: nobody is to act there, nothing is due, nothing "cannot be done"', () => {
    const owned = atRisk();
    const held = atRisk().recordCall('reachedByName', { by: FIRST });
    held.say(FIRST, { type: 'ladder.standDown', client: CLIENT, run });
    expect(read(pageOf(held))).toEqual(['phone', 'staff.held.talking.headline', 'you']);
    for (const walk of [owned, held]) {
      const left = pageOf(walk.leave(PRACTITIONER), PRACTITIONER, { hasLeft: 'left' });
      expect(read(left)).toEqual(['left', 'practitioner.left.headline', 'nobody']);
      expect([left.tasks, left.deadlines, left.cannot, left.facts]).toEqual([[], [], [], []]);
    }
  });

  test('[V5][F5] whom nobody alerted is offered to report something, unless it would reach nobody', () => {
    const walk = aLiveSession();
    const reports = (lastHeardAtMs: number) =>
      pageOf(walk, FIRST, { lastHeardAtMs }).reports.map(({ id }) => id);
    expect([reports(walk.nowMs), reports(walk.nowMs - 5000)]).toEqual([['nearMiss', 'issue'], []]);
  });
});
