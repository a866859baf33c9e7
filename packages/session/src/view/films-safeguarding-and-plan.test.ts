import { PLAN_REVIEWS, referencePolicy, SafeguardingEnd, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film, FILM_WORDS } from '../testing/film.js';
import {
  aLiveSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
} from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const client = CLIENT;
const [FIRST] = DUTY;
const LEAD = 'safeguarding-1';
const THREE = [PRACTITIONER, CLIENT, LEAD] as const;
const by = (person: string, command: Command) => (walk: Walk) => walk.say(person, command);
const mine = (command: Command) => by(PRACTITIONER, command);
const open = (about: 'adult' | 'child' | 'thirdParty' = 'adult'): Command => ({
  type: 'safeguarding.open',
  client,
  about,
});
const decide = (
  threshold: 'yes' | 'no' | 'unsure',
  consentSought: 'yes' | 'unsafeToAsk' = 'yes',
): Command => ({ type: 'safeguarding.decide', client, threshold, consentSought, rationaleRef: 'note-1' });
const notify = (way: 'alert' | 'inPerson'): Command => ({ type: 'safeguarding.notifyLead', client, way });
const settle = (reason: SafeguardingEnd): Command => ({ type: 'safeguarding.settle', client, reason });
const exception = (isOn: boolean): Command => ({
  type: 'safeguarding.setGuardianException',
  client,
  isOn,
  rationaleRef: 'note-1',
});
const alertOf = (walk: Walk): string =>
  walk.events.findLast(({ kind }) => kind === 'alert.sent')?.subject?.id ?? 'none';
const live = (options: SessionOptions = {}): Walk => aLiveSession(options).join(LEAD);
const withHelp = { policy: { ...referencePolicy, referrals: ['shelter', 'helpline'] } };

test('[S1][S2][S3][S4][S5][S6][S8] safeguarding, on each screen: from opened to settled; the client’s shows nothing of it', () => {
  const words = { ...FILM_WORDS, c1: { ...FILM_WORDS['c1'], safeContact: 'After six, by the neighbour' } };
  const plan: Command = { type: 'safeguarding.setContactPlan', client, plan: 'set', answerRef: 'a-1' };
  const film = new Film(live(withHelp), THREE, { isGoingOn: true, words })
    .step('opened', mine(open()))
    .aside('it is about a child', mine(open('child')))
    .aside('it is about somebody else', mine(open('thirdParty')))
    .aside('the threshold is not met', mine(decide('no')))
    .step('not sure', mine(decide('unsure', 'unsafeToAsk')))
    .step('the threshold is met', mine(decide('yes')))
    .aside('the lead was told in person', mine(notify('inPerson')))
    .step('the lead is alerted', mine(notify('alert')))
    .aside('the next in line is told', (walk) => walk.by(60_000))
    .step('seen', (walk) => walk.say(LEAD, { type: 'alert.acknowledge', alert: alertOf(walk) }))
    .step('taken', (walk) => walk.say(LEAD, { type: 'alert.accept', alert: alertOf(walk) }))
    .aside(
      'no plan is needed',
      mine({ type: 'safeguarding.setContactPlan', client, plan: 'notNeeded', because: 'contactIsSafe' }),
    )
    .step('a plan for safe contact', by(LEAD, plan))
    .step(
      'the list of help goes to the client',
      mine({ type: 'safeguarding.sendReferrals', client, channel: 'backUpChannel' }),
    )
    .step(
      'a step of the list is done',
      mine({ type: 'checklist.record', list: 'safeguarding', step: 'dangerNow', outcome: 'done' }),
    )
    .step(
      'a referral in writing is owed',
      mine({
        type: 'closing.addFollowUp',
        followUp: 'sg1.p1',
        kind: 'safeguardingReferral',
        owner: LEAD,
        dueOn: '2026-06-01',
      }),
    )
    .aside('the session is ended over it', mine({ type: 'session.end' }));
  for (const end of SafeguardingEnd.options) film.aside(`settled: ${end}`, mine(settle(end)));
  film.step('handed to the lead', by(LEAD, settle('handedToLead')));
  expect(film.text).toMatchSnapshot();
});

test('[S7][S8][H30] the guardian may be the danger, on each screen: numbers and contact are blocked until asked again', () => {
  const contact = { ...ANSWERS.emergencyContact, flags: { agreedWhileAlone: true } };
  const minor = live({ ...withHelp, appointment: { isMinor: true } }).say(PRACTITIONER, contact);
  const film = new Film(minor, THREE, { isGoingOn: true })
    .step('opened for a minor', mine(open('child')))
    .step('the exception is set', mine(exception(true)))
    .aside('contact is lost', (walk) => walk.cut().to(370_000))
    .aside('the contact is asked again', mine({ type: 'item.reopen', item: 'emergencyContact' }))
    .aside(
      'the contact is no guardian',
      mine({ ...contact, flags: { agreedWhileAlone: true, isGuardian: false } }),
    )
    .step('the number is somebody else’s', (walk) =>
      walk.say(PRACTITIONER, {
        ...ANSWERS.callBackNumber,
        flags: { ...ANSWERS.callBackNumber.flags, isOwnNumber: false, wasReadBack: true },
      }),
    )
    .step('no channel is safe', mine({ ...ANSWERS.backUpChannel, answer: 'none', flags: {} }))
    .step('the exception is taken back', mine(exception(false)));
  const near = new Film(
    aLiveSession({ appointment: { isMinor: true } }).say(PRACTITIONER, {
      ...ANSWERS.clientPrivacy,
      flags: { alone: false, freeToSpeak: true, isGuardianNearby: true },
    }),
    [PRACTITIONER],
    { isGoingOn: true },
  ).step('the guardian who is near may be the danger', (walk) =>
    walk.say(PRACTITIONER, open('child')).say(PRACTITIONER, exception(true)),
  );
  expect(film.text + near.text).toMatchSnapshot();
});

test('[S9][S1] safeguarding in other hands, on each screen: by the duty person, in closing, with a practitioner who goes', () => {
  const going = new Film(live().say(PRACTITIONER, open()), [...THREE, FIRST], { isGoingOn: true })
    .step('the practitioner goes', (walk) => walk.leave(PRACTITIONER))
    .step('taken', (walk) => walk.say(FIRST, { type: 'alert.accept', alert: alertOf(walk) }));
  const closing = new Film(live().say(PRACTITIONER, { type: 'session.end' }), THREE, {
    isGoingOn: true,
  }).step('opened in closing', mine(open()));
  expect(going.text + closing.text).toMatchSnapshot();
});

test('[I25][I26][I27][I28][I29][I30][I31] the safety plan, on each screen', () => {
  const review = (name: (typeof PLAN_REVIEWS)[number], isDone = true): Command => ({
    type: 'plan.review',
    client,
    review: name,
    ...(isDone ? { outcome: 'reviewed' } : { outcome: 'notDone', reason: 'clientDeclined' }),
  });
  const [coping, routes, permissions] = PLAN_REVIEWS;
  const flags = {
    triggers: true,
    copingAndSupports: false,
    providerResponse: true,
    emergencyProtocol: false,
  };
  const film = new Film(aLiveSession(), [PRACTITIONER, CLIENT], { isGoingOn: true })
    .aside('put off', mine({ type: 'plan.putOff', client, because: 'laterSession' }))
    .step('asked for', mine({ type: 'plan.raise', client, because: 'presentation' }))
    .aside('the session is ended over it', mine({ type: 'session.end' }))
    .step('a template is used', mine({ type: 'plan.useTemplate', client, template: 'ownTemplate' }))
    .step('the first review', mine(review(coping)))
    .step('the second is not done', mine(review(routes, false)))
    .step('the third', mine(review(permissions)))
    .step('what is in it', mine({ type: 'plan.recordContent', client, flags }))
    .step(
      'agreed',
      mine({ type: 'plan.agree', client, flags: { tookPart: true, agreed: true }, planRef: 'plan-1' }),
    )
    .aside('no copy', mine({ type: 'plan.giveCopy', client, way: 'notGiven' }))
    .step('a copy', mine({ type: 'plan.giveCopy', client, way: 'safeChannel' }))
    .step('a crisis, and after it', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'crisis.open', client })
        .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' }),
    );
  const stale = new Film(
    aLiveSession({
      atMs: 86_400_000 * 365,
      appointment: { planReviewedOn: '1970-06-01' },
    }).say(PRACTITIONER, { ...ANSWERS.backUpChannel, flags: { usesVoice: true, isSafeChannel: false } }),
    [PRACTITIONER],
  )
    .frame('an old plan, and no channel that is safe')
    .step('asked for', mine({ type: 'plan.raise', client, because: 'planIsOld' }));
  const duty = new Film(
    aLiveSession()
      .join(FIRST)
      .say(PRACTITIONER, { type: 'plan.raise', client, because: 'clientAsked' })
      .say(PRACTITIONER, { type: 'crisis.open', client }),
    [FIRST],
    { isGoingOn: true },
  ).step('the duty person is asked for help', mine({ type: 'crisis.offerEscalation', client }));
  expect(film.text + stale.text + duty.text).toMatchSnapshot();
});
