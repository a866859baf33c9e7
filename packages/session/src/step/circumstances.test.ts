import { ladderPlan, referencePolicy, SUITABILITY_REASONS, usualAppointment } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession, aSession, CLIENT, PRACTITIONER, type SessionOptions } from '../testing/a-session.js';
import { circumstances } from './circumstances.js';
import type { Circumstances } from './concept.js';
import type { ChartState, Session } from './session.js';

interface Laid {
  readonly value?: unknown;
  readonly context?: object;
}
/** A live session in which these charts stand as they are written; null takes one away. */
function laid(charts: Readonly<Record<string, Laid | null>>, options: SessionOptions = {}): Session {
  const { session } = aLiveSession(options);
  const all: Record<string, ChartState> = { ...session.charts };
  for (const [key, chart] of Object.entries(charts)) {
    const { [key]: usual, ...rest } = all;
    if (chart === null) {
      for (const one of Object.keys(all)) if (!(one in rest)) delete all[one];
      continue;
    }
    const context = { deadlines: {}, ...usual?.context, ...chart.context };
    all[key] = { value: chart.value ?? usual?.value ?? 'open', context } as ChartState;
  }
  return { ...session, charts: all };
}
const now = (charts: Readonly<Record<string, Laid | null>>, options: SessionOptions = {}): Circumstances =>
  circumstances(laid(charts, options));

const answered = (answer: string, flags: object) => ({ value: 'confirmed', context: { answer, flags } });
const number = (flags: object, answer = 'confirmed') => ({
  'item:callBackNumber': answered(answer, { safeToRing: true, isOwnNumber: true, ...flags }),
});
const backUp = (flags: object, answer = 'confirmed') => ({
  'item:backUpChannel': answered(answer, { isSafeChannel: true, usesVoice: false, ...flags }),
});
const noBackUp = { 'item:backUpChannel': answered('confirmed', { isSafeChannel: false, usesVoice: true }) };
const guardianRisk = { 'item:guardianConsent': answered('notSafe', {}) };
const exception = { [`safeguarding:${CLIENT}`]: { value: 'none', context: { isGuardianException: true } } };
const broken = { [`privacy:${CLIENT}`]: { value: 'ended' } };
const exited = { [`presence:${CLIENT}`]: { value: 'exited' } };

test('[R4] of a quiet live session every machine hears the same, whole', () => {
  expect(now({})).toMatchSnapshot();
});

test.each([
  ['theirs and safe to ring', number({}), true],
  ['theirs and not safe to ring', number({ safeToRing: false }), false],
  ['nobody said that it is safe', number({ safeToRing: undefined }), false],
  ['an answer that settles nothing', number({}, 'notSure'), false],
  ['somebody else’s', number({ isOwnNumber: false }), true],
  [
    'somebody else’s, and the guardian is not safe to ask',
    { ...number({ isOwnNumber: false }), ...guardianRisk },
    false,
  ],
  [
    'of nobody knows whom, and the guardian is not safe',
    { ...number({ isOwnNumber: undefined }), ...guardianRisk },
    false,
  ],
  ['theirs, and the guardian is not safe to ask', { ...number({}), ...guardianRisk }, true],
  [
    'somebody else’s, nothing may go to a guardian',
    { ...number({ isOwnNumber: false }), ...exception },
    false,
  ],
  ['theirs, nothing may go to a guardian', { ...number({}), ...exception }, true],
  ['never asked', { 'item:callBackNumber': null }, false],
])('[W4][I14][S7][H03][H30] the number, %s: may it be rung by choice?', (_name, charts, may) => {
  expect(now(charts).mayCall).toBe(may);
});

test.each([
  ['the number is safe', { ...number({}), ...noBackUp }, true],
  ['the channel is safe and has no voice', { ...number({ safeToRing: false }), ...backUp({}) }, true],
  ['the channel has a voice', { ...number({ safeToRing: false }), ...backUp({ usesVoice: true }) }, false],
  [
    'the channel is not safe',
    { ...number({ safeToRing: false }), ...backUp({ isSafeChannel: false }) },
    false,
  ],
  ['the channel was not confirmed', { ...number({ safeToRing: false }), ...backUp({}, 'none') }, false],
  [
    'a run began with ringing allowed',
    {
      ...number({ safeToRing: false }),
      ...noBackUp,
      [`run:${CLIENT}`]: { context: { ringingAllowed: true } },
    },
    true,
  ],
])('[L3][H32] the ladder may ring when %s', (_name, charts, may) => {
  const { precedence, plan } = now(charts);
  expect(precedence.mayRing).toBe(may);
  expect(plan).toEqual(ladderPlan(precedence));
});

test.each([
  ['safe and without voice', backUp({}), [true, true]],
  ['safe, with a voice', backUp({ usesVoice: true }), [true, false]],
  ['safe, nobody said whether it has a voice', backUp({ usesVoice: undefined }), [true, false]],
  ['not safe', backUp({ isSafeChannel: false }), [false, false]],
  ['safe, and privacy is broken', { ...backUp({}), ...broken }, [true, false]],
  ['safe, and the client went at once', { ...backUp({}), ...exited }, [true, false]],
])('[W5][A26] the back-up channel, %s: is it safe, and may it be written to?', (_name, charts, expected) => {
  const { isBackUpSafe, mayWrite, safeChannels } = now(charts);
  expect([isBackUpSafe, mayWrite]).toEqual(expected);
  expect(safeChannels).toEqual(isBackUpSafe ? ['backUpChannel'] : []);
});

test('[W4][H01] nobody is rung by choice whose privacy is broken, or who went at once', () => {
  expect([now(broken).mayCall, now(exited).mayCall]).toEqual([false, false]);
  expect([now(broken).precedence, now(exited).precedence]).toMatchObject([
    { hasExited: false, isPrivacyCompromised: true },
    { hasExited: true, isPrivacyCompromised: false },
  ]);
  const compromised = now({ [`privacy:${CLIENT}`]: { value: { compromised: 'paused' } } });
  expect(compromised.precedence.isPrivacyCompromised).toBe(true);
  expect(compromised.openPathways).toEqual(['privacy']);
});

test.each([
  ['agreed', answered('confirmed', {}), {}, true],
  ['none', answered('none', {}), {}, false],
  ['not confirmed any more', { ...answered('confirmed', {}), value: 'expired' }, {}, false],
  ['a guardian, and nothing may go to one', answered('confirmed', { isGuardian: true }), exception, false],
  ['no guardian, and nothing may go to one', answered('confirmed', { isGuardian: false }), exception, true],
])('[L9][H05][S7] the emergency contact, %s: may be chosen?', (_name, contact, charts, may) => {
  expect(now({ ...charts, 'item:emergencyContact': contact }).mayRingContact).toBe(may);
});

test('[S7][H30] a minor’s number and contact of nobody knows whom may be a guardian’s', () => {
  const charts = {
    ...exception,
    ...number({ isOwnNumber: undefined }),
    'item:emergencyContact': answered('confirmed', {}),
  };
  const both = (isMinor: boolean) => {
    const { mayCall, mayRingContact, isGuardianException } = now(charts, { appointment: { isMinor } });
    return [mayCall, mayRingContact, isGuardianException];
  };
  expect([both(false), both(true)]).toEqual([
    [true, true, true],
    [false, false, true],
  ]);
});

test.each(['crisis', 'safeguarding', 'plan', 'signal', 'privacy'] as const)(
  '[A34] an open pathway is named: %s',
  (concept) => {
    const open = {
      crisis: { open: {} },
      safeguarding: { open: {} },
      plan: 'due',
      signal: 'signalled',
      privacy: { compromised: {} },
    };
    expect(now({ [`${concept}:${CLIENT}`]: { value: open[concept] } }).openPathways).toEqual([concept]);
    expect(now({ [`${concept}:${CLIENT}`]: { value: 'settled' } }).openPathways).toEqual([]);
  },
);

test('[C6] a crisis is open while its chart is, and only then', () => {
  expect(now({ [`crisis:${CLIENT}`]: { value: { open: { step: 'asking' } } } }).isCrisisOpen).toBe(true);
  expect(now({ [`crisis:${CLIENT}`]: { value: 'resolved' } }).isCrisisOpen).toBe(false);
});

const followUp = (kind: string, state: string, id = 'f1') => ({
  id,
  kind,
  owner: 'p1',
  dueOn: '2025-01-01',
  state,
});
test('[X7][F9] what has to be settled before the close: of the kinds that the policy names, and only what is open', () => {
  const policy = { ...referencePolicy, settleBeforeClose: ['callClient', 'tellThemHowItEnded'] };
  const owed = (...followUps: readonly object[]) =>
    now({ 'closing:session': { context: { followUps } } }, { policy }).owed;
  expect(owed(followUp('callClient', 'open'), followUp('other', 'open'))).toEqual(['callClient']);
  expect(owed(followUp('callClient', 'settled'), followUp('tellThemHowItEnded', 'handedOver'))).toEqual([]);
  expect(now({ 'closing:session': null }).owed).toEqual([]);
});

test('[F9] pathways without reasons are named until these are given or handed over', () => {
  const walked = [
    { id: 'crisis1', rationaleRef: null },
    { id: 'run1', rationaleRef: 'note-1' },
  ];
  const unreasoned = (charts: Readonly<Record<string, Laid | null>>) =>
    now({ 'supervision:session': { context: { walked } }, ...charts }).unreasoned;
  const handedOver = [followUp('rationale', 'handedOver', 'why.crisis1')];
  expect(unreasoned({})).toEqual(['crisis1']);
  expect(unreasoned({ 'closing:session': { context: { followUps: handedOver } } })).toEqual([]);
  expect(unreasoned({ 'closing:session': null })).toEqual(['crisis1']);
  expect(unreasoned({ 'supervision:session': null })).toEqual([]);
});

test('[A28] what a crisis asks again is known only as far as there is an answer that counts', () => {
  expect(now({}).given).toEqual(['location', 'callBackNumber']);
  expect(now({ 'item:location': { value: 'expired' } }).given).toEqual(['callBackNumber']);
  expect(now({ 'item:location': null, 'item:callBackNumber': null }).given).toEqual([]);
});

test('[A1][H22] the lists of staff are the policy’s, each in its order', () => {
  const ids = (list: readonly { readonly person: string }[]) => list.map(({ person }) => person);
  const { duty, safeguardingLead, supervisor, management } = referencePolicy.staff;
  expect(now({}).staff).toEqual({
    duty: ids(duty),
    safeguardingLead: ids(safeguardingLead),
    supervisor: ids(supervisor),
    management: ids(management),
  });
});

test('[S4][S8] an open safeguarding pathway owes what nobody did yet, and a safe way that it agreed counts', () => {
  const parts = { decision: 'undecided', notified: 'notYet', contactPlan: 'none', followUp: 'none' };
  const open = (rest: object, context: object = {}) =>
    now({ ...noBackUp, [`safeguarding:${CLIENT}`]: { value: { open: { ...parts, ...rest } }, context } });
  expect(open({}).safeguardingOwed).toEqual(['decision', 'contactPlan']);
  expect(open({ decision: 'decided' }, { threshold: 'yes' }).safeguardingOwed).toEqual([
    'lead',
    'contactPlan',
  ]);
  expect(open({ contactPlan: 'set' }).safeguardingOwed).toEqual(['decision']);
  expect(open({ contactPlan: 'set' }).safeChannels).toEqual(['safeContact']);
  expect(open({ contactPlan: 'notNeeded' }).safeChannels).toEqual([]);
  const none = now({ ...noBackUp, [`safeguarding:${CLIENT}`]: null });
  expect([none.safeguardingOwed, none.safeChannels]).toEqual([[], []]);
});

test.each(['notYet', 'gone', 'left', 'exited'])(
  '[P5] the practitioner is not there when they are %s',
  (value) => {
    const of = now({ [`presence:${PRACTITIONER}`]: { value } });
    expect([of.practitionerPresence, of.isPractitionerGone]).toEqual([value, true]);
  },
);

test('[P5] the practitioner is there while anything of them is heard, and not when they have no chart', () => {
  for (const value of ['alive', 'silent'])
    expect(now({ [`presence:${PRACTITIONER}`]: { value } }).isPractitionerGone).toBe(false);
  expect(now({ [`presence:${PRACTITIONER}`]: null }).isPractitionerGone).toBe(true);
});

test('[L17] the run and its owner are known while it is open, and not afterwards', () => {
  const context = { run: 'c1.r1', owner: 'duty-1' };
  const open = now({ [`run:${CLIENT}`]: { value: 'open', context } });
  expect([open.openRun, open.runOwner]).toEqual(['c1.r1', 'duty-1']);
  const over = now({ [`run:${CLIENT}`]: { value: 'none', context } });
  expect([over.openRun, over.runOwner]).toEqual([null, null]);
  const never = now({ [`run:${CLIENT}`]: null });
  expect([never.openRun, never.runOwner]).toEqual([null, null]);
});

test('[R4] what other charts say: risk, help, advice, what is owed instead, contact, stage', () => {
  expect(
    now({
      [`risk:${CLIENT}`]: { value: 'active' },
      [`help:${CLIENT}`]: { value: 'asked' },
      [`consult:${CLIENT}`]: { value: 'asked', context: { person: 'duty-2' } },
      [`alternative:${CLIENT}`]: { value: 'owed' },
      [`contact:${CLIENT}`]: { value: 'lost' },
      [`presence:${CLIENT}`]: { value: 'silent' },
      'lifecycle:session': { value: 'closing' },
    }),
  ).toMatchObject({
    isRiskActive: true,
    isHelpAsked: true,
    consulted: 'duty-2',
    isAlternativeOwed: true,
    contact: 'lost',
    clientPresence: 'silent',
    stage: 'closing',
  });
  const absent = now({ [`consult:${CLIENT}`]: null, [`contact:${CLIENT}`]: null });
  expect([absent.consulted, absent.contact]).toEqual([null, 'none']);
});

test('[J8] who is needed and was lost is missed; who is only welcome is not', () => {
  const others = [
    { id: 'n1', role: 'interpreter', isNeeded: true },
    { id: 'n2', role: 'supporter' },
  ] as const;
  const missed = (value: string) =>
    now({ 'callBack:n1': { value }, 'callBack:n2': { value } }, { others: [...others] }).missed;
  expect([missed('missing'), missed('there')]).toEqual([['n1'], []]);
});

test('[I15][A46] claims that are missing are named while they keep the gate shut', () => {
  const policy = { ...referencePolicy, competency: ['telehealth'] };
  const claims = (charts: Readonly<Record<string, Laid | null>>) => now(charts, { policy }).missingClaims;
  expect(claims({ 'item:competency': { value: 'open', context: { answer: null } } })).toEqual(['telehealth']);
  expect(claims({ 'item:competency': { value: 'overridden' } })).toEqual([]);
  expect(claims({ 'item:competency': null })).toEqual([]);
});

test('[R4] what never changes comes from the policy and the appointment', () => {
  const policy = { ...referencePolicy, phoneAttempts: 3, suitabilityReasons: ['ownReason'] };
  expect(now({}, { policy, appointment: { isFirst: false } })).toMatchObject({
    limits: policy.durations,
    phoneAttempts: 3,
    client: CLIENT,
    practitioner: PRACTITIONER,
    appointment: { ...usualAppointment, isFirst: false },
    suitabilityReasons: [...SUITABILITY_REASONS, 'ownReason'],
    referrals: policy.referrals,
    texts: policy.texts,
  });
});

test('[R5] asked again about the same session the answer is the same object, and of another one another', () => {
  const [one, other] = [aSession(), aSession({ client: 'c7' })];
  const first = circumstances(one);
  expect(circumstances(one)).toBe(first);
  expect(circumstances(other).client).toBe('c7');
  expect(circumstances(one)).toEqual(first);
});
