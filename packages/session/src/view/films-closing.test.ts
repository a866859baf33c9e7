import { Disposition, referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film } from '../testing/film.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
} from '../testing/a-session.js';

const client = CLIENT;
const [FIRST] = DUTY;
const BOTH = [PRACTITIONER, CLIENT] as const;
const BACK = ['supervisor-1', 'management-1'] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const end: Command = { type: 'session.end' };
const close: Command = { type: 'session.close' };
const dispose = (disposition: Disposition = 'endedAsPlanned'): Command => ({
  type: 'closing.dispose',
  disposition,
});
/** A crisis that ended without a reference to the reasons. */
const afterCrisis = (options: SessionOptions = {}): Walk =>
  aLiveSession(options)
    .join(FIRST)
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });

test('[X1][X2][X8][T3][G8][F6][E21] the end, on each screen: how it ended, what is owed, closed, feedback', () => {
  const film = new Film(aLiveSession(), BOTH, { isGoingOn: true }).step('ended', mine(end));
  for (const one of Disposition.options) film.aside(`it ended: ${one}`, mine(dispose(one)));
  film
    .step('as planned', mine(dispose()))
    .step(
      'a step of the closing',
      mine({ type: 'checklist.record', list: 'closing', step: 'summary', outcome: 'declined' }),
    )
    .step(
      'something is owed',
      mine({
        type: 'closing.addFollowUp',
        followUp: 'f1.p1',
        kind: 'callClient',
        owner: PRACTITIONER,
        dueOn: '2026-06-01',
      }),
    )
    .aside('it is settled', mine({ type: 'closing.settleFollowUp', followUp: 'f1.p1' }))
    .step('it is handed over', mine({ type: 'closing.handOverFollowUp', followUp: 'f1.p1', to: FIRST }))
    .step('closed', mine(close))
    .on(PRACTITIONER, { lastHeardAtMs: 0 })
    .on(CLIENT, { lastHeardAtMs: 0 })
    .frame('the lines are down')
    .on(PRACTITIONER, { hasLeft: 'left' })
    .on(CLIENT, {})
    .aside(
      'the questions are skipped',
      by(CLIENT, {
        type: 'feedback.give',
        safety: 'skipped',
        privacy: 'skipped',
        access: 'skipped',
        nextSteps: 'skipped',
      }),
    )
    .step(
      'feedback is given',
      by(CLIENT, { type: 'feedback.give', safety: 'yes', privacy: 'no', access: 'unsure', nextSteps: 'yes' }),
    );
  expect(film.text).toMatchSnapshot();
});

test('[F1][F2][F3][F4][F5][F7][F9][X7] after a crisis, on each screen: reasons, follow-ups, and looking back', () => {
  const policy = { ...referencePolicy, settleBeforeClose: ['afterIncident'] };
  const film = new Film(afterCrisis({ policy }), [...BOTH, ...BACK])
    .frame('a crisis is over')
    .step('a near miss', by(CLIENT, { type: 'nearMiss.flag', kind: 'overheard' }))
    .step('an issue', by(FIRST, { type: 'issue.report', kind: 'words', ref: 'note-3' }))
    .step('ended', mine(end))
    .step('as planned', mine(dispose()))
    .aside(
      'the reasons are given',
      mine({ type: 'closing.giveRationale', pathway: 'crisis1', rationaleRef: 'note-1' }),
    )
    .step(
      'the reasons are handed over',
      mine({ type: 'closing.handOverFollowUp', followUp: 'why.crisis1', to: FIRST }),
    )
    .step('the follow-up is settled', mine({ type: 'closing.settleFollowUp', followUp: 'after.crisis1' }))
    .step('closed', mine(close))
    .step(
      'the supervisor has looked back',
      by('supervisor-1', { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-2' }),
    )
    .step(
      'and gives the reasons',
      by('supervisor-1', { type: 'closing.giveRationale', pathway: 'crisis1', rationaleRef: 'note-1' }),
    )
    .on('supervisor-1', {
      lastHeardAtMs: 0,
      watchdog: [{ code: 'alertUndelivered', name: 'mail', sinceMs: 1 }],
    })
    .frame('the supervisor is cut off');
  expect(film.text).toMatchSnapshot();
});

test('[G8][X4][F9][Z2] closing with something open, on the practitioner’s screen: each is named', () => {
  const ended = (walk: Walk): Walk => walk.say(PRACTITIONER, end).say(PRACTITIONER, dispose());
  const shown = (what: string, walk: Walk): string =>
    new Film(walk, [PRACTITIONER], { isGoingOn: true }).step(what, ended).text;
  const texts = [
    shown('with an open signal', aLiveSession().say(CLIENT, { type: 'privacy.signal', client })),
    shown('with a call for someone', aLiveSession().say(CLIENT, { type: 'help.ask', client })),
    shown(
      'with safeguarding',
      aLiveSession().say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' }),
    ),
    shown('with risk', aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client })),
    shown('before it was live', aWaitingSession()),
    shown(
      'with a run that was walked',
      aLiveSession().cut().to(560_000).say(PRACTITIONER, {
        type: 'ladder.dispose',
        client,
        run: 'c1.r1',
        disposition: 'safeByReport',
      }),
    ),
  ];
  expect(texts.join('')).toMatchSnapshot();
});

test('[F8][K20][A27] a policy that is overdue, and a drill, on each screen that acts', () => {
  const policy = { ...referencePolicy, reviewOn: '1970-01-01' };
  const film = new Film(aLiveSession({ policy, drill: true }).join(FIRST), [...BOTH, FIRST, ...BACK], {
    isGoingOn: true,
  }).step('the next day', (walk) => {
    walk.nowMs = 86_400_000;
    walk.say(PRACTITIONER, { type: 'risk.raise', client });
  });
  const first = new Film(aLiveSession({ drill: true }), [CLIENT, FIRST]).frame('a drill');
  expect(film.text + first.text).toMatchSnapshot();
});
