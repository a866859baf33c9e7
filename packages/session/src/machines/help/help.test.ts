import { expect, test } from 'vitest';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';

const client = CLIENT;
const ask = (walk: Walk) => walk.say(CLIENT, { type: 'help.ask', client });
const value = (walk: Walk) => walk.value('help:c1');

test('[H1] asked in waiting and in session; it raises no risk and alerts nobody yet', () => {
  for (const walk of [aWaitingSession(), aLiveSession()]) {
    expect(value(ask(walk))).toBe('asked');
    expect(walk.value('risk:c1')).toBe('routine');
    expect(walk.alerted).toEqual([]);
  }
});

test('[H3][H33] no answer within 30 s: the duty role is alerted', () => {
  const walk = ask(aLiveSession()).to(89_999);
  expect(walk.alerted).toEqual([]);
  expect(walk.to(90_000).alerted).toEqual(['helpSilent.duty-1']);
});

test('[H4] the practitioner’s answer ends it, and stands a late alert down', () => {
  const walk = ask(aLiveSession()).by(10_000).say(PRACTITIONER, { type: 'help.answer', client });
  expect(value(walk)).toBe('quiet');
  expect(walk.to(300_000).alerted).toEqual([]);
  const late = ask(aLiveSession()).to(95_000).say(PRACTITIONER, { type: 'help.answer', client });
  expect(late.value('alert:c1.h1.helpSilent.duty-1')).toBe('stoodDown');
});

test('[H4][A7] so does the acceptance of the alert', () => {
  const walk = ask(aLiveSession())
    .to(95_000)
    .say('duty-1', { type: 'alert.accept', alert: 'c1.h1.helpSilent.duty-1' });
  expect(value(walk)).toBe('quiet');
  expect(walk.events.find((event) => event.kind === 'help.answered')?.outcome).toBe('duty');
});

test('[H2][H02] the duty role at once when the practitioner has not come, is gone, or left', () => {
  expect(ask(aWalk().join(CLIENT)).alerted).toEqual(['helpAsked.duty-1']);
  expect(ask(aWaitingSession().silent(PRACTITIONER).by(3000)).alerted).toEqual(['helpAsked.duty-1']);
  expect(ask(aLiveSession().leave(PRACTITIONER)).alerted).toEqual(['helpAsked.duty-1']);
});

test('[H2] also when the practitioner goes, or risk is raised, while it is open', () => {
  expect(ask(aWaitingSession()).silent(PRACTITIONER).by(3000).alerted).toContain('helpAsked.duty-1');
  expect(ask(aLiveSession()).say('duty-1', { type: 'risk.raise', client }).alerted).toEqual([
    'helpAsked.duty-1',
  ]);
});

test('[H2] with risk active practitioner and duty role at once; silence alerts nobody twice', () => {
  const walk = ask(aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }));
  expect(walk.alerted).toEqual(['helpAsked.duty-1']);
  expect(walk.to(95_000).alerted).toEqual(['helpAsked.duty-1']);
});

test('[H1][H09] pressed again it is the same call; after an answer it is a new one', () => {
  const walk = ask(ask(aLiveSession()).by(1000));
  expect(walk.lastRefusal).toBeNull();
  expect(walk.to(90_000).alerted).toEqual(['helpSilent.duty-1']);
  walk.say(PRACTITIONER, { type: 'help.answer', client });
  expect(ask(walk).by(30_000).events.at(-1)?.subject?.id).toBe('c1.h2.helpSilent.duty-1');
});

test('[G8][H4] who asked for someone is answered before the session is closed; ending leaves the clock as it is', () => {
  const walk = ask(aLiveSession()).say(PRACTITIONER, { type: 'session.end' });
  expect(walk.lastRefusal).toBeNull();
  walk.say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  expect(walk.say(PRACTITIONER, { type: 'session.close' }).lastRefusal?.code).toBe('help-open');
  expect(walk.to(90_000).alerted).toEqual(['helpSilent.duty-1']);
  walk.say(PRACTITIONER, { type: 'help.answer', client }).say(PRACTITIONER, { type: 'session.close' });
  expect([walk.lastRefusal, walk.value('lifecycle:session')]).toEqual([null, 'closed']);
});

test('[H4] nobody can answer what was not asked', () => {
  expect(aLiveSession().say(PRACTITIONER, { type: 'help.answer', client }).lastRefusal?.code).toBe('not-now');
});

test('[H2] the client’s own going is not the practitioner’s', () => {
  const walk = ask(aWaitingSession()).silent(CLIENT).by(5000);
  expect(walk.alerted).not.toContain('helpAsked.duty-1');
  const left = ask(aLiveSession()).leave(CLIENT);
  expect(left.alerted).not.toContain('helpAsked.duty-1');
  expect(left.events.filter(({ kind, outcome }) => kind === 'help.asked' && outcome === 'ofDuty')).toEqual(
    [],
  );
});

test('[H2][H09] a practitioner who goes when the duty role is on its way already asks for nobody twice', () => {
  const walk = ask(aWaitingSession()).to(30_000).silent(PRACTITIONER).by(3000);
  expect(walk.alerted.filter((alert) => alert.startsWith('help'))).toEqual(['helpSilent.duty-1']);
});

test('[H4][A3] whoever takes an alert about something else has not answered it', () => {
  const other = 'c1.crisis1.escalation.duty-1';
  const walk = ask(aLiveSession()).say(PRACTITIONER, { type: 'crisis.open', client });
  walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client }).say('duty-1', {
    type: 'alert.accept',
    alert: other,
  });
  expect([walk.lastRefusal, walk.value(`alert:${other}`), value(walk)]).toEqual([null, 'accepted', 'asked']);
  expect(value(walk.say('duty-1', { type: 'alert.accept', alert: 'c1.h1.helpAsked.duty-1' }))).toBe('quiet');
});

test('[H2] the duty role at once when the practitioner leaves while it is open', () => {
  const walk = ask(aLiveSession());
  expect(walk.alerted).toEqual([]);
  expect(walk.leave(PRACTITIONER).alerted).toContain('helpAsked.duty-1');
  const known = ask(aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client })).leave(PRACTITIONER);
  expect(known.alerted.filter((alert) => alert === 'helpAsked.duty-1')).toHaveLength(1);
  expect(known.events.filter(({ kind, outcome }) => kind === 'help.asked' && outcome === 'ofDuty')).toEqual(
    [],
  );
});

test('[H1] a closed session has nobody to call', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' })
    .say(PRACTITIONER, { type: 'session.close' });
  expect(walk.value('lifecycle:session')).toBe('closed');
  expect(ask(walk).lastRefusal?.code).toBe('not-now');
  expect([value(walk), walk.alerted]).toEqual(['quiet', []]);
});
