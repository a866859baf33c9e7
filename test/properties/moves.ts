import {
  AlternativeKind,
  RouteOutcome,
  ActOutcome,
  CallOutcome,
  CrisisExit,
  Decision,
  Disposition,
  SafeguardingEnd,
  SafeguardingThreshold,
  PauseReason,
  PrivacyOutcome,
  referencePolicy,
  SafeChannel,
  SignalOutcome,
  FeedbackAnswer,
  IssueKind,
  NearMissKind,
  ConsultOutcome,
  CrisisFact,
  CrisisHarm,
  TOLD_STEPS,
  PLAN_REVIEWS,
  type Command,
} from '@holdfast/protocol';
import { nextDeadline, runOf, type Session } from '@holdfast/session/authority';
import { ANSWERS, CLIENT, DUTY, PRACTITIONER, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';

/** One thing that happens in a session: a person, a device, a network, or only time. */
export interface Move {
  readonly name: string;
  readonly make: (walk: Walk) => void;
}

const move = (name: string, make: (walk: Walk) => void): Move => ({ name, make });
const SIDES = [PRACTITIONER, CLIENT] as const;
const STAFF = [PRACTITIONER, ...DUTY] as const;
const EVERYBODY = [...SIDES, ...DUTY] as const;

const runNow = (session: Session): string => runOf(session, CLIENT)?.context.run ?? `${CLIENT}.r1`;
const attemptNow = (session: Session): number => runOf(session, CLIENT)?.context.attempt ?? 1;
const alertsNow = (session: Session): readonly string[] =>
  Object.keys(session.charts)
    .filter((key) => key.startsWith('alert:'))
    .map((key) => key.slice('alert:'.length));

/** Time: to just before, exactly at, or just after what is due next, or somewhere in between. */
const time = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(-1, 0, 1).map((offMs) =>
      move(`due${offMs}`, (walk) => {
        const due = nextDeadline(walk.session);
        if (due !== null && due + offMs > walk.nowMs) walk.to(due + offMs);
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 10_000 }).map((ms) => move(`+${ms}`, (walk) => walk.by(ms))),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 10_000, max: 400_000 }).map((ms) => move(`+${ms}`, (walk) => walk.by(ms))),
  },
);

const device = fc
  .tuple(fc.constantFrom(...SIDES), fc.constantFrom('a', 'b'))
  .map(([person, tab]) => ({ person, device: `${person}.${tab}` }));

const facts = fc.oneof(
  {
    weight: 3,
    arbitrary: device.map((of) => move(`join ${of.device}`, (walk) => walk.join(of.person, of.device))),
  },
  {
    weight: 2,
    arbitrary: device.map((of) => move(`heard ${of.device}`, (walk) => walk.heard(of.person, of.device))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(device, fc.integer({ min: 0, max: 4000 }))
      .map(([of, agoMs]) =>
        move(`silent ${of.device} ${agoMs}`, (walk) =>
          walk.silent(of.person, Math.max(0, walk.nowMs - agoMs), of.device),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: device.map((of) =>
      move(`unload ${of.device}`, (walk) => walk.state({ type: 'device.unloading', ...of }, of.person)),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(device, fc.integer({ min: 0, max: 4000 }))
      .map(([of, agoMs]) =>
        move(`media silent ${of.device} ${agoMs}`, (walk) =>
          walk.media(of.person, 'silent', Math.max(0, walk.nowMs - agoMs), of.device),
        ),
      ),
  },
  {
    weight: 5,
    arbitrary: device.map((of) =>
      move(`media up ${of.device}`, (walk) => walk.media(of.person, 'up', walk.nowMs, of.device)),
    ),
  },
  { weight: 2, arbitrary: fc.constant(move('cut', (walk) => walk.cut())) },
  { weight: 2, arbitrary: fc.constant(move('heal', (walk) => walk.heal())) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...SIDES)
      .map((person) => move(`leave ${person}`, (walk) => walk.leave(person))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...SIDES).map((person) => move(`exit ${person}`, (walk) => walk.exit(person))),
  },
  {
    weight: 1,
    arbitrary: fc.constant(move('server started', (walk) => walk.state({ type: 'server.started' }))),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map((pick) =>
      move('alert failed', (walk) => {
        const alerts = alertsNow(walk.session);
        const alert = alerts[pick % Math.max(1, alerts.length)];
        if (alert !== undefined) walk.state({ type: 'alert.failed', alert, channel: 'webhook' });
      }),
    ),
  },
);

const routes = fc
  .tuple(fc.constantFrom('log', 'webhook'), fc.constantFrom(...RouteOutcome.options))
  .map(([route, outcome]) =>
    move(`${route} ${outcome}`, (walk) =>
      walk.state({ type: 'route.tested', route, outcome, asOfMs: walk.nowMs }),
    ),
  );

const client = CLIENT;
const say = (command: (walk: Walk) => Command, name: string, by: readonly string[] = STAFF) =>
  fc
    .tuple(fc.constantFrom(...by), fc.constantFrom(0, 0, 0, 2000, 100_000))
    .map(([person, agoMs]) =>
      move(`${person} ${name} ${agoMs}`, (walk) =>
        walk.say(person, command(walk), agoMs === 0 ? null : Math.max(0, walk.nowMs - agoMs)),
      ),
    );

const ladder = fc.oneof(
  fc.tuple(fc.constantFrom(...CallOutcome.options), fc.constantFrom(0, 0, 0, 1)).chain(([outcome, back]) =>
    say(
      (walk) => ({
        type: 'ladder.recordCall',
        client,
        run: runNow(walk.session),
        attempt: attemptNow(walk.session) - back,
        outcome,
      }),
      outcome,
    ),
  ),
  fc
    .tuple(fc.constantFrom(...Decision.options), fc.integer({ min: -10, max: 320_000 }))
    .chain(([decision, inMs]) =>
      say(
        (walk) => ({
          type: 'ladder.decide',
          client,
          run: runNow(walk.session),
          decision,
          ...(decision === 'notNow' ? { lookAgainAtMs: Math.max(0, walk.nowMs + inMs) } : {}),
        }),
        decision,
      ),
    ),
  fc
    .constantFrom(...ActOutcome.options)
    .chain((outcome) =>
      say((walk) => ({ type: 'ladder.recordAct', client, run: runNow(walk.session), outcome }), outcome),
    ),
  say((walk) => ({ type: 'ladder.confirmTogether', client, run: runNow(walk.session) }), 'together'),
  say((walk) => ({ type: 'ladder.standDown', client, run: runNow(walk.session) }), 'standDown'),
  say((walk) => ({ type: 'ladder.takeOver', client, run: runNow(walk.session) }), 'takeOver'),
  say(
    (walk) => ({
      type: 'ladder.allowRinging',
      client,
      run: runNow(walk.session),
      reason: 'clinicalJudgement',
    }),
    'allowRinging',
  ),
  fc
    .constantFrom(...EVERYBODY)
    .chain((to) =>
      say((walk) => ({ type: 'ladder.offerHandOver', client, run: runNow(walk.session), to }), `offer ${to}`),
    ),
  fc
    .constantFrom(...Disposition.options)
    .chain((disposition) =>
      say(
        (walk) => ({ type: 'ladder.dispose', client, run: runNow(walk.session), disposition }),
        disposition,
      ),
    ),
  say(
    () => ({ type: 'ladder.dispose', client, run: `${CLIENT}.r1`, disposition: 'safeByReport' }),
    'dispose r1',
  ),
);

/** Pauses, the discreet signal, and broken privacy. */
const privacy = fc.oneof(
  fc
    .constantFrom(...PauseReason.options)
    .chain((reason) => say(() => ({ type: 'pause.start', client, reason }), `pause ${reason}`, SIDES)),
  say(() => ({ type: 'pause.end', client }), 'go on', SIDES),
  say(() => ({ type: 'privacy.signal', client }), 'signal', [CLIENT]),
  fc
    .constantFrom(...SignalOutcome.options)
    .chain((outcome) => say(() => ({ type: 'privacy.acknowledge', client, outcome }), outcome)),
  say(() => ({ type: 'privacy.open', client }), 'privacy'),
  say(() => ({ type: 'privacy.pause', client }), 'stop'),
  say(() => ({ type: 'privacy.recontract', client }), 'agree anew'),
  fc
    .constantFrom(...SafeChannel.options)
    .chain((to) => say(() => ({ type: 'privacy.switchChannel', client, to }), `go over to ${to}`)),
  say(
    () => ({ type: 'privacy.endNeutrally', client, wording: referencePolicy.texts.neutralEnding }),
    'end neutrally',
  ),
  fc
    .tuple(fc.constantFrom(...PrivacyOutcome.options), fc.boolean())
    .chain(([outcome, isFreeToSpeak]) =>
      say(() => ({ type: 'privacy.resolve', client, outcome, isFreeToSpeak }), outcome),
    ),
  say(() => ({ type: 'privacy.alertLead', client }), 'alert lead'),
  say(() => ({ type: 'privacy.setSafeContact', client, answerRef: 'a-1' }), 'safe contact'),
);

const plan = fc.oneof(
  say(() => ({ type: 'plan.raise', client, because: 'presentation' }), 'raise plan'),
  say(() => ({ type: 'plan.putOff', client, because: 'laterSession' }), 'put plan off'),
  fc
    .tuple(fc.constantFrom(...PLAN_REVIEWS), fc.boolean(), fc.boolean())
    .chain(([review, isDone, hasReason]) =>
      say(
        () => ({
          type: 'plan.review',
          client,
          review,
          outcome: isDone ? 'reviewed' : 'notDone',
          ...(hasReason ? { reason: 'notNow' as const } : {}),
        }),
        `review ${review}`,
      ),
    ),
  say(() => ({ type: 'plan.giveCopy', client, way: 'safeChannel' }), 'copy of the plan'),
  say(
    () => ({ type: 'plan.agree', client, flags: { tookPart: true, agreed: false }, planRef: 'plan-1' }),
    'agree plan',
  ),
  say(() => ({ type: 'item.reopen', item: 'location' }), 'moved', SIDES),
  say(() => ANSWERS.location, 'here', SIDES),
  say(() => ANSWERS.locationConfirmed, 'read back', [PRACTITIONER]),
);

const others = fc.oneof(
  plan,
  say(() => ({ type: 'risk.raise', client }), 'raise'),
  say(() => ({ type: 'risk.lower', client, reason: 'reassessed' }), 'lower'),
  say(() => ({ type: 'help.ask', client }), 'help', [CLIENT]),
  say(() => ({ type: 'help.answer', client }), 'answer'),
  say(() => ({ type: 'call.cut', client }), 'cut call'),
  say(() => ({ type: 'call.stillTogether', client }), 'still together'),
  say(() => ({ type: 'call.moveToVideo', client }), 'to video'),
  say(() => ({ type: 'crisis.open', client }), 'crisis'),
  say(() => ({ type: 'crisis.offerEscalation', client }), 'escalate'),
  fc
    .constantFrom(...CrisisExit.options)
    .chain((exit) =>
      say(() => ({ type: 'crisis.resolve', client, exit, reason: 'crisis', rationaleRef: 'r1' }), exit),
    ),
  say(() => ({ type: 'session.end' }), 'end'),
  say(() => ({ type: 'closing.dispose', disposition: 'endedAsPlanned' }), 'how it ended'),
  say(() => ({ type: 'session.close' }), 'close'),
  say(() => ({ type: 'consent.withdraw' }), 'withdraw', SIDES),
  say(
    () => ({ ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } }),
    'do not ring',
    [CLIENT],
  ),
  say(() => ANSWERS.callBackNumber, 'ring me', [CLIENT]),
  say(() => ANSWERS.suitability, 'suitable', [PRACTITIONER]),
  say(
    () => ({ ...ANSWERS.suitability, answer: 'notSuitable', because: 'highVolatileRisk' }),
    'not suitable',
    [PRACTITIONER],
  ),
  say(() => ({ type: 'item.answer', item: 'suitability', answer: 'notSure' }), 'not sure', [PRACTITIONER]),
  say(() => ({ type: 'item.reopen', item: 'suitability' }), 'ask suitability again', [PRACTITIONER]),
  say(() => ANSWERS.localRoute, 'local route', [PRACTITIONER]),
  fc.constantFrom(...AlternativeKind.options).chain((kind) =>
    say(
      () => ({
        type: 'suitability.offerAlternative',
        client,
        kind,
        dueOn: '2026-01-01',
        route: 'crisisLine',
      }),
      `offer ${kind}`,
    ),
  ),
  say(() => ({ type: 'item.answer', item: 'emergencyContact', answer: 'notSafe' }), 'contact not safe', [
    CLIENT,
  ]),
);

const LEAD = 'safeguarding-1';
const WITH_LEAD = [...STAFF, LEAD] as const;

/** Safeguarding from its opening to its end, and a client who does not come. */
const pathways = fc.oneof(
  fc
    .constantFrom('adult', 'child', 'thirdParty')
    .chain((about) =>
      say(() => ({ type: 'safeguarding.open', client, about }), `safeguard ${about}`, WITH_LEAD),
    ),
  fc
    .constantFrom(...SafeguardingThreshold.options)
    .chain((threshold) =>
      say(
        () => ({ type: 'safeguarding.decide', client, threshold, consentSought: 'yes', rationaleRef: 'r1' }),
        `threshold ${threshold}`,
        WITH_LEAD,
      ),
    ),
  fc
    .constantFrom('alert', 'inPerson')
    .chain((way) => say(() => ({ type: 'safeguarding.notifyLead', client, way }), `lead ${way}`, WITH_LEAD)),
  say(() => ({ type: 'safeguarding.setContactPlan', client, plan: 'set' }), 'safe contact', WITH_LEAD),
  fc
    .boolean()
    .chain((isOn) =>
      say(
        () => ({ type: 'safeguarding.setGuardianException', client, isOn, rationaleRef: 'r1' }),
        `guardian ${isOn}`,
        WITH_LEAD,
      ),
    ),
  fc
    .constantFrom(...SafeguardingEnd.options)
    .chain((reason) => say(() => ({ type: 'safeguarding.settle', client, reason }), reason, WITH_LEAD)),
  say(() => ({ type: 'attendance.openNoShow', client }), 'no-show'),
);

const SUPERVISOR = 'supervisor-1';
const PATHWAY_IDS = ['crisis1', 'crisis2', `${CLIENT}.r1`, `${CLIENT}.r2`];

/** What is owed at the end, and looking back. */
const looking = fc.oneof(
  fc.constantFrom(...PATHWAY_IDS).chain((pathway) =>
    fc.oneof(
      say(() => ({ type: 'supervision.settle', pathway, rationaleRef: 'n1' }), `settle ${pathway}`, [
        SUPERVISOR,
        ...EVERYBODY,
      ]),
      say(() => ({ type: 'closing.giveRationale', pathway, rationaleRef: 'n2' }), `reasons ${pathway}`),
      say(
        () => ({ type: 'closing.settleFollowUp', followUp: `after.${pathway}` }),
        `follow-up ${pathway} done`,
      ),
      fc
        .constantFrom(...EVERYBODY)
        .chain((to) =>
          say(
            () => ({ type: 'closing.handOverFollowUp', followUp: `after.${pathway}`, to }),
            `follow-up ${pathway} to ${to}`,
          ),
        ),
    ),
  ),
  fc
    .constantFrom(...NearMissKind.options)
    .chain((kind) => say(() => ({ type: 'nearMiss.flag', kind }), kind, EVERYBODY)),
  fc
    .constantFrom(...IssueKind.options)
    .chain((kind) => say(() => ({ type: 'issue.report', kind }), kind, EVERYBODY)),
  fc
    .constantFrom(...FeedbackAnswer.options)
    .chain((safety) =>
      say(
        () => ({ type: 'feedback.give', safety, privacy: 'skipped', access: 'no', nextSteps: 'unsure' }),
        `feedback ${safety}`,
        [CLIENT],
      ),
    ),
);

/** A crisis from its opening to what is asked in it. */
const crisis = fc.oneof(
  say(() => ({ type: 'crisis.open', client }), 'crisis'),
  say(() => ({ type: 'crisis.offerEscalation', client }), 'escalate'),
  say(() => ({ type: 'crisis.joinEscalation', client }), 'join escalation'),
  say(() => ({ type: 'crisis.briefEscalation', client }), 'brief'),
  say(() => ({ type: 'crisis.acceptEscalation', client }), 'accept escalation'),
  say(() => ({ type: 'crisis.introduceClient', client }), 'introduce'),
  say(() => ({ type: 'crisis.releaseSender', client }), 'release'),
  fc
    .constantFrom(...CrisisHarm.options)
    .chain((to) => say(() => ({ type: 'crisis.setHarm', client, to }), `harm ${to}`)),
  fc
    .constantFrom(...CrisisFact.options)
    .chain((fact) => say(() => ({ type: 'crisis.confirmFact', client, fact }), `same ${fact}`)),
);

const colleagues = fc.oneof(
  fc
    .constantFrom(...STAFF, 'supervisor-1')
    .chain((person) => say(() => ({ type: 'consult.ask', client, person }), `consult ${person}`)),
  fc
    .constantFrom(...ConsultOutcome.options)
    .chain((outcome) => say(() => ({ type: 'consult.end', client, outcome }), outcome)),
  say(() => ({ type: 'staffNote.send', client }), 'note'),
  fc
    .constantFrom(...TOLD_STEPS, null)
    .chain((step) => say(() => ({ type: 'client.tell', client, step }), `tell ${String(step)}`)),
  say(
    () => ({
      type: 'disclosure.record',
      client,
      to: 'emergencyServices',
      categories: ['place', 'risk'],
      rationaleRef: 'r1',
    }),
    'disclose',
  ),
);

const alerts = fc
  .tuple(fc.nat(), fc.constantFrom('alert.acknowledge', 'alert.accept'), fc.boolean())
  .map(([pick, type, isOwn]) =>
    move(`${type} ${pick}`, (walk) => {
      const known = alertsNow(walk.session);
      const alert = known[pick % Math.max(1, known.length)];
      if (alert === undefined) return;
      const addressee = [...DUTY, LEAD, SUPERVISOR].find((person) => alert.endsWith(`.${person}`)) ?? DUTY[0];
      walk.say(isOwn ? addressee : DUTY[0], { type, alert });
    }),
  );

/** Any order of anything that can happen. */
export const anyMove = fc.oneof(
  { weight: 8, arbitrary: time },
  { weight: 7, arbitrary: facts },
  { weight: 5, arbitrary: ladder },
  { weight: 3, arbitrary: alerts },
  { weight: 2, arbitrary: others },
  { weight: 2, arbitrary: pathways },
  { weight: 2, arbitrary: privacy },
  { weight: 1, arbitrary: looking },
  { weight: 1, arbitrary: crisis },
  { weight: 1, arbitrary: colleagues },
  { weight: 1, arbitrary: routes },
);

export const manyMoves = (maxLength: number) => fc.array(anyMove, { minLength: 1, maxLength });
