import { referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { Film, FILM_WORDS } from '../testing/film.js';
import { aWaitingSession, aWalk, CLIENT, PRACTITIONER, type Walk } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const client = CLIENT;
const BOTH = [PRACTITIONER, CLIENT] as const;
type AnswerCommand = Extract<Command, { type: 'item.answer' }>;

/** An answer to an item other than the proper one. */
const answer = (item: AnswerCommand['item'], rest: Partial<AnswerCommand> = {}): AnswerCommand => ({
  ...ANSWERS[item],
  ...rest,
  flags: { ...ANSWERS[item].flags, ...rest.flags },
});
const bare = (item: AnswerCommand['item'], is: AnswerCommand['answer']): AnswerCommand => ({
  type: 'item.answer',
  item,
  answer: is,
});
const tested = (walk: Walk, route: string, outcome: 'reached' | 'failed' | 'untested'): Walk =>
  walk.state({ type: 'route.tested', route, outcome, asOfMs: walk.nowMs });
const settlingIn = (options: Parameters<typeof aWaitingSession>[0] = {}): Walk =>
  aWaitingSession(options).say(PRACTITIONER, { type: 'person.admit', person: client }).heal();

test('[I1][I20][I21][I22][G1][N1] before media, on each screen: from nobody there until the client has answered', () => {
  const unsure = (item: AnswerCommand['item']) => (walk: Walk) => walk.say(CLIENT, bare(item, 'notSure'));
  const film = new Film(aWalk(), BOTH)
    .frame('nobody is there')
    .step('the practitioner opens the page', (walk) => walk.join(PRACTITIONER))
    .step('the client opens the page', (walk) => walk.join(CLIENT))
    .aside('the client is not sure about the number', unsure('callBackNumber'))
    .aside('there is no number', (walk) => walk.say(CLIENT, bare('callBackNumber', 'none')))
    .aside('it is not safe to ring', (walk) =>
      walk.say(CLIENT, answer('callBackNumber', { flags: { safeToRing: false } })),
    )
    .aside('a message may be left, and the phone is somebody else’s', (walk) =>
      walk.say(CLIENT, answer('callBackNumber', { flags: { safeToLeaveMessage: true, isOwnNumber: false } })),
    )
    .step('the number is safe', (walk) => walk.say(CLIENT, ANSWERS.callBackNumber))
    .aside('the client is not sure about the place', unsure('location'))
    .step('the client says where they are', (walk) => walk.say(CLIENT, ANSWERS.location))
    .aside('the client has moved', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' }))
    .aside('the client asks about consent', unsure('consent'))
    .aside('the client does not consent', (walk) => walk.say(CLIENT, bare('consent', 'no')))
    .step('the client consents', (walk) => walk.say(CLIENT, ANSWERS.consent))
    .aside('the client has no camera', (walk) => walk.say(CLIENT, { ...ANSWERS.device, answer: 'no' }))
    .aside('the device measured what is weak', (walk) =>
      walk.say(
        CLIENT,
        answer('device', {
          flags: { isBrowserSupported: false, isConnectionWeak: true, isBatteryLow: true },
        }),
      ),
    )
    .aside('the device measured what is bad', (walk) =>
      walk.say(CLIENT, answer('device', { flags: { isBrowserSupported: true, isConnectionBad: true } })),
    )
    .step('the device is fine', (walk) => walk.say(CLIENT, ANSWERS.device));
  expect(film.text).toMatchSnapshot();
});

test('[I10][I11][I16][G1][G3][G4] what the practitioner settles before media, on each screen, and the way in', () => {
  const begun = aWalk().join(PRACTITIONER).join(CLIENT);
  for (const item of ['callBackNumber', 'location', 'consent', 'device'] as const)
    begun.say(CLIENT, ANSWERS[item]);
  const film = new Film(begun, BOTH, { isGoingOn: true })
    .step('one route was not reached', (walk) => tested(walk, 'mail', 'failed'))
    .step('another cannot be tested', (walk) => tested(walk.by(1000), 'pager', 'untested'))
    .step('a third was reached', (walk) => tested(walk.by(1000), 'log', 'reached'))
    .step('the practitioner is not alone', (walk) =>
      walk.say(PRACTITIONER, answer('practitionerPrivacy', { flags: { othersPresent: true } })),
    )
    .step('they open the question again', (walk) =>
      walk.say(PRACTITIONER, { type: 'item.reopen', item: 'practitionerPrivacy' }),
    )
    .aside('they are not sure', (walk) => walk.say(PRACTITIONER, bare('practitionerPrivacy', 'notSure')))
    .aside('it is not private', (walk) => walk.say(PRACTITIONER, bare('practitionerPrivacy', 'no')))
    .step('the practitioner is alone', (walk) => walk.say(PRACTITIONER, ANSWERS.practitionerPrivacy))
    .aside('suitability is not sure', (walk) => walk.say(PRACTITIONER, bare('suitability', 'notSure')))
    .aside('suitable with extra controls', (walk) =>
      walk.say(
        PRACTITIONER,
        answer('suitability', { answer: 'withExtraControls', because: 'needsSupportToEngage' }),
      ),
    )
    .aside('let in before the rest', (walk) =>
      walk.say(PRACTITIONER, { type: 'person.admit', person: client }),
    )
    .aside('passed over, one by one', (walk) =>
      walk.say(PRACTITIONER, { type: 'item.override', item: 'suitability', reason: 'clinicalJudgement' }),
    )
    .aside('the gate is passed in an emergency', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'person.admit', person: client })
        .say(PRACTITIONER, { type: 'gate.override', reason: 'crisis' }),
    )
    .step('suitable', (walk) => walk.say(PRACTITIONER, ANSWERS.suitability))
    .on(CLIENT, { media: 'connecting' })
    .step('let in', (walk) => walk.say(PRACTITIONER, { type: 'person.admit', person: client }))
    .on(CLIENT, { media: 'up' })
    .step('media both ways', (walk) => walk.heal())
    .aside('the gate is passed', (walk) =>
      walk.say(PRACTITIONER, { type: 'gate.override', reason: 'clientUnable' }),
    )
    .aside('the client withdraws consent', (walk) => walk.say(CLIENT, { type: 'consent.withdraw' }));
  expect(film.text).toMatchSnapshot();
});

test('[I10][I11][Z3] not suitable for video: what is offered instead, on each screen until the end', () => {
  const offer = (kind: 'faceToFace' | 'phone'): Command => ({
    type: 'suitability.offerAlternative',
    client,
    kind,
    dueOn: '2026-06-01',
    route: kind === 'phone' ? 'crisisLine' : 'serviceDutyLine',
  });
  const film = new Film(aWaitingSession(), BOTH, { isGoingOn: true })
    .step('found not suitable', (walk) =>
      walk
        .say(PRACTITIONER, { type: 'item.reopen', item: 'suitability' })
        .say(PRACTITIONER, answer('suitability', { answer: 'notSuitable', because: 'highVolatileRisk' })),
    )
    .step('ended with nothing offered', (walk) => walk.say(PRACTITIONER, { type: 'session.end' }))
    .step('something as good is offered', (walk) => walk.say(PRACTITIONER, offer('faceToFace')))
    .step('another is offered', (walk) => walk.say(PRACTITIONER, offer('phone')));
  expect(film.text).toMatchSnapshot();
});

test('[I3][I13][I22][G2] what is settled by talking, on each screen: each answer that shows something else', () => {
  const film = new Film(settlingIn(), BOTH, { words: { ...FILM_WORDS, c1: {} } }).frame('settling in');
  const says = (what: string, command: Command): Film =>
    film.aside(what, (walk) => walk.say(PRACTITIONER, command));
  for (const item of ['identity', 'clientPrivacy', 'locationConfirmed'] as const)
    for (const is of ['notSure', 'no', 'notSafeToAsk'] as const)
      says(`${item}: ${is}`, { ...bare(item, is), ...(item === 'identity' ? { method: 'document' } : {}) });
  says('not alone', answer('clientPrivacy', { flags: { alone: false } }));
  for (const is of ['none', 'notSafe', 'notSure', 'notSafeToAsk'] as const)
    says(`emergencyContact: ${is}`, bare('emergencyContact', is));
  for (const item of ['signal', 'preferences'] as const)
    for (const is of ['none', 'notSure', 'notSafeToAsk'] as const) says(`${item}: ${is}`, bare(item, is));
  for (const is of ['none', 'notSure'] as const) says(`backUpChannel: ${is}`, bare('backUpChannel', is));
  for (const is of ['notSure', 'notSafeToAsk'] as const) says(`limits: ${is}`, bare('limits', is));
  says('identity is passed over', { type: 'item.override', item: 'identity', reason: 'knownToService' });
  says('the number is wrong', { type: 'item.reopen', item: 'callBackNumber' });
  for (const item of ['emergencyContact', 'backUpChannel'] as const)
    film.aside(`the client asks about ${item}`, (walk) => walk.say(CLIENT, bare(item, 'notSure')));
  expect(film.text).toMatchSnapshot();
});

test('[I13][I17][I22][G2][V9] what is settled by talking, on each screen: the answers one after the other, until live', () => {
  const words = {
    ...FILM_WORDS,
    c1: {
      ...FILM_WORDS['c1'],
      addressUnit: '3',
      entryNotes: 'Bell',
      safeWord: 'a word',
      contactMayBeTold: 'x',
    },
  };
  const film = new Film(settlingIn(), BOTH, { words, isGoingOn: true });
  const says = (what: string, ...commands: Command[]): Film =>
    film.step(what, (walk) => commands.forEach((command) => walk.say(PRACTITIONER, command)));
  const flags = { ...ANSWERS.callBackNumber.flags, wasReadBack: true };
  says('doubt about who it is', { ...bare('identity', 'notSure'), method: 'document' });
  says('another proof', ANSWERS.identity);
  says('the number is read back', { ...ANSWERS.callBackNumber, flags });
  says('private', ANSWERS.clientPrivacy);
  says('the place is read back', ANSWERS.locationConfirmed);
  says('a contact who may be told a part', {
    ...ANSWERS.emergencyContact,
    flags: { agreedWhileAlone: false, mayTellPlace: true, mayTellRisk: true, mayTellCare: false },
  });
  says('a back-up channel that is not safe', answer('backUpChannel', { flags: { isSafeChannel: false } }));
  says('limits', ANSWERS.limits);
  says('each sign', answer('signal', { flags: { hasSafeWord: true, hasSoftwareSignal: true } }));
  says('wishes', ANSWERS.preferences);
  film.aside('the session is ended before it was live', (walk) =>
    walk.say(PRACTITIONER, { type: 'session.end' }),
  );
  says('live', { type: 'session.goLive' });
  says('the first step of the opening', {
    type: 'checklist.record',
    list: 'opening',
    step: 'greeting',
    outcome: 'done',
  });
  film.aside('the client has moved', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' }));
  film.aside('the client comes on another device', (walk) => walk.join(CLIENT, 'c1.b'));
  film.aside('the practitioner ends it', (walk) => walk.say(PRACTITIONER, { type: 'session.end' }));
  expect(film.text).toMatchSnapshot();
});

test('[I9][I14][J12][S7] a minor, on each screen: the consent of a guardian, and a guardian who may be the danger', () => {
  const film = new Film(settlingIn({ appointment: { isMinor: true, isFirst: false } }), BOTH)
    .frame('settling in, not for the first time')
    .aside('no guardian consents', (walk) => walk.say(PRACTITIONER, bare('guardianConsent', 'none')))
    .aside('a guardian consents', (walk) => walk.say(PRACTITIONER, ANSWERS.guardianConsent))
    .aside('a guardian is near as agreed', (walk) =>
      walk.say(PRACTITIONER, answer('clientPrivacy', { flags: { alone: false, isGuardianNearby: true } })),
    )
    .step('near, and the contact is a guardian', (walk) =>
      walk
        .say(PRACTITIONER, answer('clientPrivacy', { flags: { alone: false, isGuardianNearby: true } }))
        .say(PRACTITIONER, answer('emergencyContact', { flags: { isGuardian: true } })),
    )
    .step('the guardian may be the risk', (walk) =>
      walk.say(PRACTITIONER, { ...bare('guardianConsent', 'notSafe'), rationaleRef: 'note-1' }),
    );
  expect(film.text).toMatchSnapshot();
});

test('[I15][I18][I23][I27][U10][D06] what the host and the devices know, on each screen', () => {
  const adjustments = {
    lengthMs: 1_800_000,
    breakEveryMs: 600_000,
    cameraOffByChoice: true,
    chatForKeyPoints: true,
    agenda: ['hello', 'talk'],
    communication: 'shortSentences' as const,
    whenOverwhelmed: 'quiet' as const,
  };
  const policy = {
    ...referencePolicy,
    competency: ['videoTherapyTraining'],
    suitabilityReasons: ['ownReason'],
    planTemplates: [],
  };
  const appointment = {
    adjustments,
    planReviewedOn: '1970-01-01',
    preference: { way: 'phone' as const, reviewOn: '2026-06-01' },
  };
  const bad = { browser: 'unsupported', connection: 'bad', battery: 'low' } as const;
  const film = new Film(aWaitingSession({ policy, appointment }), BOTH)
    .frame('waiting')
    .on(PRACTITIONER, { preflight: bad })
    .on(CLIENT, { preflight: { ...bad, connection: 'weak' } })
    .frame('both devices found what is not good enough')
    .aside('passed over', (walk) =>
      walk.say(PRACTITIONER, { type: 'item.override', item: 'competency', reason: 'knownToService' }),
    )
    .step('risk is raised', (walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client }))
    .aside('there is no local route', (walk) => walk.say(PRACTITIONER, bare('localRoute', 'none')))
    .step('a local route is named', (walk) => walk.say(PRACTITIONER, ANSWERS.localRoute))
    .step('the device is asked again', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'device' }))
    .on(CLIENT, { preflight: { browser: 'ok', connection: 'unknown', battery: 'unknown' } })
    .frame('it tells nothing of itself any more');
  expect(film.text).toMatchSnapshot();
});
