import type { Command, Id, Personal } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../testing/a-session.js';
import type { DeviceState, View } from './types.js';
import { view } from './view.js';

const client = CLIENT;
const [FIRST, SECOND] = DUTY;
const mine = (walk: Walk, ...commands: readonly Command[]): Walk =>
  commands.reduce((one, command) => one.say(PRACTITIONER, command), walk);
const raise: Command = { type: 'risk.raise', client };

const pageOf = (walk: Walk, device: Partial<DeviceState>): View => {
  const held = project(walk.session, PRACTITIONER);
  if (held === null) throw new TypeError('they are of the session');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs, ...device }), walk.nowMs);
};
/** Neither the session server nor the client was heard for five seconds. */
const cutOff = ({ nowMs }: Walk): Partial<DeviceState> => ({
  lastHeardAtMs: nowMs - 5000,
  media: 'silent',
  mediaSilentSinceMs: nowMs - 5000,
});
const explained = ({ stage, explanation }: View) => [stage, ...explanation.map(({ key }) => key)];

/** With risk active, reached by name: a decision is due beside the call. */
const decidingByPhone = (): Walk => mine(aLiveSession(), raise).cut().by(3000).recordCall('reachedByName');
/** The same, and the decision was stood down: nothing is left but the call. */
const byPhone = (): Walk => mine(decidingByPhone(), { type: 'ladder.standDown', client, run: 'c1.r1' });

test('[V3][L13][P13] while they talk by phone the page says what is due before how to go on talking, and nothing of it once it was left', () => {
  expect([
    explained(pageOf(decidingByPhone(), {})),
    explained(pageOf(byPhone(), {})),
    explained(pageOf(byPhone(), { hasLeft: 'left' })),
  ]).toEqual([
    ['deciding', 'practitioner.deciding.what', 'run.cause.contactLost', 'staff.youCall'],
    ['phone', 'staff.talking.what'],
    ['left', 'practitioner.left.what'],
  ]);
});

test('[V5][H08] whose link is down is said where somebody rings by hand for it, and not beside a decision', () => {
  const said = (walk: Walk): readonly unknown[] =>
    explained(pageOf(walk, { ...cutOff(walk), verdict: 'me' })).filter(
      (key, at) => at === 0 || key?.startsWith('verdict.'),
    );
  expect([
    said(aLiveSession().cut().by(400_000)),
    said(aLiveSession().cut().by(600_000)),
    said(decidingByPhone()),
  ]).toEqual([['phone', 'verdict.me'], ['deciding'], ['deciding']]);
});

test('[V5][H08][P13] off the line in a call by phone nothing has to be rung yet; a page that is open elsewhere says nothing of it', () => {
  const walk = byPhone();
  const line = (device: Partial<DeviceState>) =>
    pageOf(walk, { ...cutOff(walk), ...device }).notices.find(({ id }) => id === 'line')?.message.key;
  expect([line({}), line({ media: 'none' })]).toEqual(['line.staff.downTogether', 'line.staff.downTogether']);
  const lost = aLiveSession().cut().by(400_000);
  expect(pageOf(lost, cutOff(lost)).notices[0]?.message.key).toBe('line.staff.down');
  expect(pageOf(walk, {}).notices.length).toBeGreaterThan(0);
  expect(pageOf(walk, { ...cutOff(walk), isSuperseded: true }).notices).toEqual([]);
});

const said = (walk: Walk): readonly string[] =>
  screenOf(walk, PRACTITIONER)
    .notices.filter(({ id }) => id === `alert.${FIRST}`)
    .map(({ message }) => message.key);
const taken = ['notice.alert.accepted'];
const takes = (walk: Walk, alert: Id): Walk => walk.say(FIRST, { type: 'alert.accept', alert });

test('[H31][S3][A7] who took an alert of safeguarding for the lead is named until that is settled', () => {
  const walk = mine(
    aLiveSession(),
    { type: 'safeguarding.open', client, about: 'adult' },
    { type: 'safeguarding.notifyLead', client, way: 'alert' },
  ).by(60_000);
  expect(said(walk)).toEqual(['notice.alert.sent']);
  expect(said(takes(walk, `c1.safeguarding1.safeguarding.${FIRST}`))).toEqual(taken);
  const decided = { threshold: 'yes', consentSought: 'unsafeToAsk', rationaleRef: 'note-7' } as const;
  mine(
    walk,
    { type: 'safeguarding.decide', client, ...decided },
    { type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'notAboutClient' },
  );
  expect(said(walk)).toEqual(taken);
  mine(walk, { type: 'safeguarding.settle', client, reason: 'handedToLead' });
  expect([walk.lastRefusal, said(walk)]).toEqual([null, []]);
});

test('[H31][Q10][Q8] who took an alert of broken privacy is named until that is private again or over, and not for the next', () => {
  const open: Command = { type: 'privacy.open', client };
  const resolve = (outcome: 'privateAgain' | 'endedNeutrally'): Command => ({
    type: 'privacy.resolve',
    client,
    outcome,
    isFreeToSpeak: outcome === 'privateAgain',
  });
  const lead = mine(aLiveSession(), open, { type: 'privacy.alertLead', client }).by(60_000);
  const silent = mine(aLiveSession(), open).by(120_000);
  takes(lead, `c1.privacy1.privacy.${FIRST}`);
  takes(silent, `c1.privacy1.w1.privacySilent.${FIRST}`);
  for (const walk of [lead, silent]) {
    expect([walk.lastRefusal, said(walk)]).toEqual([null, taken]);
    const { neutralEnding: wording } = walk.session.policy.texts;
    const ended = mine(
      walk.fork(),
      { type: 'privacy.endNeutrally', client, wording },
      resolve('endedNeutrally'),
    );
    const again = mine(walk, { type: 'privacy.recontract', client }, resolve('privateAgain'));
    expect([ended.lastRefusal, said(ended), again.lastRefusal, said(again)]).toEqual([null, [], null, []]);
    expect([said(mine(again, open)), again.lastRefusal]).toEqual([[], null]);
  }
});

test('[H31][H2][H3][Q2] who took a call for someone, or a signal, goes on with it where no page can see, and stays named', () => {
  const ask: Command = { type: 'help.ask', client };
  const walks = [
    [mine(aLiveSession(), raise).say(client, ask), 'c1.h1.helpAsked'],
    [aLiveSession().say(client, ask).by(30_000), 'c1.h1.helpSilent'],
    [
      mine(aLiveSession(), raise).say(client, { type: 'privacy.signal', client }),
      'c1.signal1.discreetSignal',
    ],
  ] as const;
  for (const [walk, matter] of walks)
    expect([said(walk), said(takes(walk, `${matter}.${FIRST}`))]).toEqual([['notice.alert.sent'], taken]);
});

test('[M4] a note whose words are not in the vault any more is no notice; the others stay', () => {
  const walk = mine(
    aLiveSession(),
    { type: 'crisis.open', client },
    { type: 'crisis.offerEscalation', client },
  );
  for (const by of DUTY) walk.say(by, { type: 'staffNote.send', client });
  const notes = (words: Readonly<Record<Id, Personal>>) =>
    screenOf(walk, PRACTITIONER, words)
      .notices.filter(({ id }) => id.startsWith('note.'))
      .map(({ message }) => message.params?.['words']);
  const [coming, alone] = [{ staffNote: 'I come' }, { staffNote: 'I am alone here' }];
  expect([
    notes({ [FIRST]: coming, [SECOND]: alone }),
    notes({ [FIRST]: coming, [SECOND]: {} }),
    notes({}),
  ]).toEqual([['I come', 'I am alone here'], ['I come'], []]);
});
