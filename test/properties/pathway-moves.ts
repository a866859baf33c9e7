import {
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
} from '@holdfast/protocol';
import { ANSWERS, CLIENT, PRACTITIONER } from '@holdfast/session/testing';
import fc from 'fast-check';
import { client, EVERYBODY, LEAD, say, SIDES, STAFF, SUPERVISOR } from './say.js';

/** Pauses, the discreet signal, and broken privacy. */
export const privacy = fc.oneof(
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

export const plan = fc.oneof(
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

const WITH_LEAD = [...STAFF, LEAD] as const;

/** Safeguarding from its opening to its end, and a client who does not come. */
export const pathways = fc.oneof(
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
  say(
    () => ({ type: 'safeguarding.setContactPlan', client, plan: 'set', answerRef: 'a-1' }),
    'safe contact',
    WITH_LEAD,
  ),
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

const PATHWAY_IDS = ['crisis1', 'crisis2', `${CLIENT}.r1`, `${CLIENT}.r2`];

/** What is owed at the end, and looking back. */
export const looking = fc.oneof(
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
export const crisis = fc.oneof(
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

export const colleagues = fc.oneof(
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
