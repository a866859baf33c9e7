import { WATCHDOG_CODES } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import {
  aCare,
  aClientProjection,
  aCrisis,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
  aRun,
  itemsBut,
} from '../testing/a-projection.js';
import { NEEDED } from '../testing/a-participant.js';
import { Film, linesOf } from '../testing/film.js';
import { project } from '../project/project.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { adjustmentFacts } from './adjustment-facts.js';
import { clientScreens } from './client-screens.js';
import { staffScreens } from './staff-screens.js';
import { isMediaLost, lineNotices, lineOf } from './line.js';
import { peopleOf } from './people.js';
import { measuredOf, preflightNotices } from './preflight.js';
import { choice, oneOf, present, say, severalOf, task } from './say.js';
import { heldByAnother, isAway, nameOf, sceneOf, voiceOf } from './scene.js';
import { watchdogNotices } from './watchdog-notices.js';
import { view } from './view.js';

const up = { isUp: true, unsent: 0, sinceMs: null };
const down = { isUp: false, unsent: 0, sinceMs: 1000 };

describe('words and tasks', () => {
  test('a sentence has what to fill in only where there is something', () => {
    expect(say('a')).toStrictEqual({ key: 'a' });
    expect(say('a', {})).toStrictEqual({ key: 'a', params: {} });
    expect(say('a', { name: 'D Name' })).toStrictEqual({ key: 'a', params: { name: 'D Name' } });
  });

  test('a choice and a task are plain unless told otherwise', () => {
    const end = { type: 'session.end' } as const;
    const plain = { id: 'end', label: say('a'), command: end, fields: [], weight: 'other', confirm: null };
    expect(choice('end', say('a'), end)).toStrictEqual(plain);
    const weighty = { weight: 'danger', fields: ['reason'], confirm: say('b') } as const;
    expect(choice('end', say('a'), end, weighty)).toStrictEqual({ ...plain, ...weighty });
    const usual = {
      id: 't',
      title: say('a'),
      why: null,
      item: null,
      text: null,
      fields: [],
      choices: [],
      dueAtMs: null,
      urgency: 'normal',
      isOwnToDo: false,
      isQuiet: false,
      thanks: null,
    };
    expect(task('t', say('a'), [])).toStrictEqual(usual);
    expect(task('t', say('a'), [], { urgency: 'now', isQuiet: true })).toStrictEqual({
      ...usual,
      urgency: 'now',
      isQuiet: true,
    });
  });

  test('lists of codes take their words from one place, and one of them is asked for', () => {
    const of = {
      name: 'reason',
      label: say('reason.label'),
      options: [
        { value: 'a', label: say('reason.a') },
        { value: 'b', label: say('reason.b') },
      ],
      required: true,
    };
    expect(oneOf('reason', 'reason', ['a', 'b'])).toStrictEqual({ kind: 'choice', ...of });
    expect(severalOf('reason', 'reason', ['a', 'b'])).toStrictEqual({ kind: 'choices', ...of });
    expect(present([null, false, undefined, 0, '', 'a'])).toStrictEqual([0, '', 'a']);
  });
});

describe('the line', () => {
  test('[V5][H08] up until two seconds of silence, and only where the session server can store', () => {
    const line = (lastHeardAtMs: number | null, inCharge = true) =>
      lineOf(aDevice({ lastHeardAtMs, inCharge, unsent: 2 }), 10_000);
    expect(line(8000)).toStrictEqual({ isUp: true, unsent: 2, sinceMs: null });
    expect(line(7999)).toStrictEqual({ isUp: false, unsent: 2, sinceMs: 7999 });
    expect(line(10_000, false)).toStrictEqual({ isUp: false, unsent: 2, sinceMs: 10_000 });
    expect(line(null)).toStrictEqual({ isUp: false, unsent: 2, sinceMs: null });
  });

  test('[V5][H08] what is said while it is down: staff act, the others are told', () => {
    for (const role of ['client', 'participant', 'staff'] as const) {
      const level = role === 'staff' ? 'alert' : 'status';
      const said = { id: 'line', level, message: say(`line.${role}.down`, { sinceMs: 1000 }) };
      const unsent = { id: 'unsent', level: 'alert', message: say(`line.${role}.notSentYet`) };
      expect(lineNotices(role, up)).toStrictEqual([]);
      expect(lineNotices(role, down)).toStrictEqual([said]);
      expect(lineNotices(role, { ...down, unsent: 1 })).toStrictEqual([said, unsent]);
      expect(lineNotices(role, { ...down, unsent: 1, sinceMs: null })).toStrictEqual([
        { id: 'line', level: 'status', message: say('line.opening') },
      ]);
    }
  });

  test('[P10] media is lost once it was silent for long enough, and not before', () => {
    const isLost = (media: 'up' | 'silent', mediaSilentSinceMs: number | null) =>
      isMediaLost(aDevice({ media, mediaSilentSinceMs }), 3000, 10_000);
    expect([isLost('silent', 7000), isLost('silent', 7001), isLost('silent', null)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isLost('up', 7000)).toBe(false);
  });
});

describe('who is here', () => {
  const people = [
    { id: 'p1', role: 'practitioner', presence: 'suspected' },
    { id: 'c1', role: 'client', presence: 'gone' },
  ] as const;
  const p = { person: 'p1', vault: { c1: { name: 'C Name' } } };

  test('[V1][V5] nobody is shown as here without a line, nor in a session that is over', () => {
    const [first, second] = peopleOf(p, people, 'live', up);
    expect(first).toStrictEqual({
      id: 'p1',
      role: 'practitioner',
      name: null,
      presence: say('presence.suspected'),
      isHere: true,
    });
    expect(second).toMatchObject({ name: 'C Name', presence: say('presence.gone'), isHere: false });
    expect(peopleOf(p, people, 'live', down)).toMatchObject([
      { presence: say('presence.cutOff'), isHere: false },
      { presence: say('presence.unknown'), isHere: false },
    ]);
    expect([peopleOf(p, people, 'closed', up), peopleOf(p, people, 'left', up)]).toStrictEqual([[], []]);
    expect(peopleOf(p, people, 'openElsewhere', up)).toHaveLength(2);
  });

  test.each(['here', 'alive', 'suspected'] as const)('[V1] %s is here', (presence) => {
    const [one] = peopleOf(p, [{ id: 'c1', role: 'client', presence }], 'live', up);
    expect(one?.isHere).toBe(true);
  });

  test.each(['notYet', 'gone', 'left', 'exited'] as const)('[P1] %s is away', (presence) => {
    const care = aCare({ people: [{ id: 'c1', role: 'client', presence }] });
    expect([isAway(care, 'c1'), isAway(care, 'p1')]).toEqual([true, false]);
  });
});

describe('the device', () => {
  const preflight = { browser: 'unsupported', connection: 'weak', battery: 'low' } as const;
  const notices = (stage: Parameters<typeof preflightNotices>[1]) =>
    preflightNotices(aDevice({ preflight }), stage).map(({ id, message }) => [id, message.key]);

  test('[I23][D07] before the session all that is not good enough is said, in it the battery only', () => {
    const battery = ['preflight.battery', 'preflight.battery.low'];
    for (const stage of ['setUp', 'waiting', 'settlingIn'] as const)
      expect(notices(stage)).toStrictEqual([
        ['preflight.browser', 'preflight.browser.unsupported'],
        ['preflight.connection', 'preflight.connection.weak'],
        battery,
      ]);
    expect(notices('live')).toStrictEqual([battery]);
    for (const stage of ['reconnecting', 'phone', 'deciding', 'closing', 'closed', 'left'] as const)
      expect(notices(stage)).toStrictEqual([]);
    const fine = aDevice({ preflight: { browser: 'ok', connection: 'unknown', battery: 'unknown' } });
    expect(preflightNotices(fine, 'setUp')).toStrictEqual([]);
    const bad = aDevice({ preflight: { browser: 'ok', connection: 'bad', battery: 'ok' } });
    expect(preflightNotices(bad, 'setUp')).toStrictEqual([
      { id: 'preflight.connection', level: 'status', message: say('preflight.connection.bad') },
    ]);
  });

  test('[I23][E11] what was measured goes with the answer, what is not known is left out', () => {
    expect(measuredOf(preflight)).toStrictEqual({
      isBrowserSupported: false,
      isConnectionWeak: true,
      isConnectionBad: false,
      isBatteryKnown: true,
      isBatteryLow: true,
    });
    expect(measuredOf({ browser: 'ok', connection: 'bad', battery: 'ok' })).toStrictEqual({
      isBrowserSupported: true,
      isConnectionWeak: false,
      isConnectionBad: true,
      isBatteryKnown: true,
      isBatteryLow: false,
    });
    expect(measuredOf({ browser: 'ok', connection: 'unknown', battery: 'unknown' })).toStrictEqual({
      isBrowserSupported: true,
      isBatteryKnown: false,
    });
  });

  test('[V7][R11] what is wrong on the side of the session server, by what this person can do about it', () => {
    const watchdog = WATCHDOG_CODES.map((code) => ({ code, name: 'mail', sinceMs: 5 }));
    const said = (role: 'practitioner' | 'duty') =>
      watchdogNotices(role, aDevice({ watchdog })).map(
        ({ id, level, message }) => `${id} ${level} ${message.key}`,
      );
    const of = (role: string) => [
      'watchdog.sinkFailing.mail status watchdog.sinkFailing',
      `watchdog.alertUndelivered.mail status watchdog.alertUndelivered.${role}`,
      'watchdog.routeFailing.mail status watchdog.routeFailing',
      'watchdog.stepOverdue.mail status watchdog.stepOverdue',
      `watchdog.stepFailed.mail alert watchdog.stepFailed.${role}`,
    ];
    expect([said('practitioner'), said('duty')]).toStrictEqual([of('practitioner'), of('duty')]);
    const unnamed = aDevice({ watchdog: [{ code: 'stepOverdue', name: null, sinceMs: 5 }] });
    expect(watchdogNotices('duty', unnamed)).toStrictEqual([
      {
        id: 'watchdog.stepOverdue.',
        level: 'status',
        message: say('watchdog.stepOverdue', { name: '', sinceMs: 5 }),
      },
    ]);
  });
});

describe('the scene', () => {
  const sceneWith = (
    care: Parameters<typeof aCare>[0] = {},
    device: Parameters<typeof aDevice>[0] = {},
    vault = {},
  ) => sceneOf(aPractitionerProjection(care, { vault }), aCare(care), aDevice(device), 1000);
  const ringing = { run: aRun({ owner: 'duty-1', phoning: 'open' }) };

  test('[V8] who talks to the client or rings them, as far as this page can know', () => {
    const byPhone = { state: 'byPhone', isMediaUp: false, lastTogetherAtMs: 0, deadlines: {} };
    expect(heldByAnother(sceneWith({ contact: byPhone, caller: 'duty-1' }))).toStrictEqual({
      by: 'duty-1',
      way: 'talking',
    });
    expect(heldByAnother(sceneWith({ contact: byPhone, caller: 'p1' }))).toBeNull();
    expect(heldByAnother(sceneWith({ contact: byPhone, caller: null }))).toBeNull();
    expect(heldByAnother(sceneWith(ringing))).toStrictEqual({ by: 'duty-1', way: 'ringing' });
    expect(heldByAnother(sceneWith({ run: aRun({ phoning: 'open' }) }))).toBeNull();
    expect(heldByAnother(sceneWith({ run: aRun({ owner: 'duty-1' }) }))).toBeNull();
    expect(heldByAnother(sceneWith())).toBeNull();
    const gone = [{ id: 'duty-1', role: 'duty', presence: 'gone' }] as const;
    expect(heldByAnother(sceneWith({ ...ringing, people: [...gone] }))).toBeNull();
    const cut = sceneWith(ringing, { inCharge: false });
    expect([cut.isCut, heldByAnother(cut)]).toEqual([true, null]);
    expect(sceneWith(ringing, { lastHeardAtMs: null }).isCut).toBe(false);
  });

  test('[V5][V6] the words are those of the projection, and of the card where it has none', () => {
    const card = {
      vault: { c1: { callBackNumber: '1', address: 'As on the card' } },
      mayRing: true,
      mayLeaveMessage: true,
      contactAnswer: null,
      dutyLine: null,
    };
    const scene = sceneWith({}, { actionCard: card }, { c1: { callBackNumber: '2' } });
    expect(scene.words).toStrictEqual({ callBackNumber: '2', address: 'As on the card' });
    expect(sceneWith().words).toStrictEqual({});
    expect([sceneWith({ run: aRun() }).isOwner, sceneWith(ringing).isOwner, sceneWith().isOwner]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('[V6] whoever was alerted reads what the duty person reads, and a person without a name is their reference', () => {
    expect([voiceOf(aPractitionerProjection()), voiceOf(aDutyProjection())]).toEqual([
      'practitioner',
      'duty',
    ]);
    expect(voiceOf(aDutyProjection({}, { role: 'supervisor' }))).toBe('duty');
    const p = aPractitionerProjection({}, { vault: { 'duty-1': { name: 'D Name' } } });
    expect([nameOf({ p }, 'duty-1'), nameOf({ p }, 'duty-2')]).toEqual(['D Name', 'duty-2']);
  });
});

describe('facts', () => {
  const shown = (care: Parameters<typeof aCare>[0], words = {}) =>
    view(aPractitionerProjection(care, { vault: { c1: words } }), aDevice(), 0).facts;

  test('[V4][D14] no number at all, and a number that nobody knows', () => {
    const items = itemsBut({ callBackNumber: { answer: 'none' } });
    expect(shown({ items })[0]).toStrictEqual({
      id: 'number',
      label: say('fact.number'),
      value: null,
      note: say('fact.number.none'),
      isCaution: true,
      href: null,
    });
    expect(shown({})[0]).toMatchObject({ id: 'number', value: null, href: null, isCaution: false });
  });

  test('[V9][C9] the place is read back in this session, or since the crisis was opened', () => {
    const address = { address: '1 Test Street' };
    const note = (care: Parameters<typeof aCare>[0]) =>
      shown(care, address).find(({ id }) => id === 'address')?.note;
    expect(note({})).toStrictEqual(say('fact.address.confirmed', { atMs: 0 }));
    const open = itemsBut({ locationConfirmed: { answer: null, isSettled: false, atMs: null } });
    expect(note({ items: open })).toStrictEqual(say('fact.address.unconfirmed'));
    const checked = aCrisis({ location: { state: 'checked', atMs: 7 } });
    expect(note({ items: open, crisis: checked })).toStrictEqual(say('fact.address.confirmed', { atMs: 7 }));
    expect(note({ crisis: aCrisis() })).toStrictEqual(say('fact.address.unchecked'));
  });

  test('[U10] what makes a session fit, each only where it was agreed', () => {
    const none = {
      lengthMs: null,
      breakEveryMs: null,
      cameraOffByChoice: false,
      chatForKeyPoints: false,
      agenda: [],
      communication: null,
      whenOverwhelmed: null,
    };
    expect([adjustmentFacts(null), adjustmentFacts(none)]).toStrictEqual([[], []]);
    const [length, ...rest] = adjustmentFacts({ ...none, lengthMs: 90_000, agenda: ['talk'] });
    expect(length).toStrictEqual({
      id: 'adjust.length',
      label: say('adjust.length'),
      value: null,
      note: say('adjust.length.is', { minutes: 2 }),
      isCaution: false,
      href: null,
    });
    expect(rest).toMatchObject([
      { id: 'adjust.agenda.1', label: say('adjust.agenda'), note: say('agenda.talk') },
    ]);
  });
});

describe('screens of a page', () => {
  test('[V1][J7] a page reads its own kind of projection and nothing else, and draws it', () => {
    const device = aDevice();
    const [mine, theirs, duty] = [aClientProjection(), aPractitionerProjection(), aDutyProjection(null)];
    expect(clientScreens.parse(mine)).toStrictEqual(mine);
    expect(clientScreens.view(mine, device, 0)).toStrictEqual(view(mine, device, 0));
    for (const other of [theirs, duty, null, {}]) expect(clientScreens.parse(other)).toBeNull();
    const interpreter = project(aLiveSession({ others: [NEEDED] }).session, NEEDED.id);
    for (const known of [theirs, duty, interpreter]) {
      if (known === null) throw new TypeError('they are of the session');
      expect(staffScreens.parse(known)).toStrictEqual(known);
      expect(staffScreens.view(known, device, 0)).toStrictEqual(view(known, device, 0));
    }
    for (const other of [mine, null, {}]) expect(staffScreens.parse(other)).toBeNull();
  });
});

describe('a film', () => {
  test('says what is on a screen line by line, leaves out what is as usual, and says what stays once', () => {
    const lines = linesOf(view(aClientProjection({ contact: 'byPhone', pause: 'paused' }), aDevice(), 0));
    expect(lines.slice(0, 4)).toEqual([
      'screen role=client person=c1 client=c1',
      'stage stage=phone whoActs=nobody',
      'headline "client.phone.headline"',
      'explanation "client.phone.what"',
    ]);
    const film = new Film(aLiveSession(), [PRACTITIONER, CLIENT], { isGoingOn: true })
      .frame('nothing')
      .step('asked', (walk) => walk.say(CLIENT, { type: 'help.ask', client: CLIENT }));
    expect(film.text).toContain('# nothing [60 s]\np1: as before\nc1: as before\n\n# asked [60 s]\np1:\n');
    expect(film.text).toContain('c1:\n  + notice help level=status message="client.help.asked"\n');
    expect(() => film.step('refused', (walk) => walk.say(CLIENT, { type: 'session.end' }))).toThrow(
      'refused: refused',
    );
  });
});
