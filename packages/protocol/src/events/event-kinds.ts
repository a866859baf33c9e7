/** Of the session, its gate and its items. */
const SESSION_EVENTS = [
  'session.created',
  'session.gathered',
  'session.setUpStarted',
  'session.wentLive',
  'session.ending',
  'session.closed',
  'session.declined',
  'session.serverStarted',
  'policy.reviewOverdue',
  'item.answered',
  'item.reopened',
  'item.overridden',
  'item.expired',
  'gate.mediaOpened',
  'gate.overridden',
  'consent.withdrawn',
] as const;

/** Of people and their devices. */
const PRESENCE_EVENTS = [
  'person.admitted',
  'device.joined',
  'device.heard',
  'device.silent',
  'device.unloading',
  'device.tookMedia',
  'person.alive',
  'person.suspected',
  'person.gone',
  'person.left',
  'person.exited',
] as const;

/** Of contact and the phone call. */
const CONTACT_EVENTS = [
  'contact.together',
  'contact.suspected',
  'contact.lost',
  'contact.returning',
  'contact.recovered',
  'contact.ended',
  'contact.budgetSpent',
  'contact.byPhone',
  'call.cut',
  'call.checkDue',
  'call.stillTogether',
  'call.unanswered',
  'call.movedToVideo',
] as const;

/** Of the ladder. */
const LADDER_EVENTS = [
  'run.opened',
  'run.riskSwitched',
  'run.ended',
  'run.exhausted',
  'run.exhaustedRepeated',
  'run.ownerChanged',
  'run.handOverOffered',
  'run.wordDue',
  'run.wordGiven',
  'run.wordMissing',
  'run.ringingAllowed',
  'run.lateReport',
  'run.needsConfirmation',
  'run.clientLeft',
  'reconnecting.opened',
  'reconnecting.ended',
  'phoning.opened',
  'phoning.attemptDue',
  'phoning.recorded',
  'phoning.ended',
  'deciding.opened',
  'deciding.decided',
  'deciding.unanswered',
  'deciding.actDue',
  'deciding.acted',
  'deciding.actUnanswered',
  'deciding.lookAgain',
  'deciding.reopened',
  'deciding.stoodDown',
] as const;

/** Of risk, alerts and calls for someone. */
const CARE_EVENTS = [
  'practitioner.missing',
  'alert.sent',
  'alert.delivered',
  'alert.failed',
  'alert.acknowledged',
  'alert.accepted',
  'alert.unanswered',
  'alert.stoodDown',
  'alert.listExhausted',
  'risk.raised',
  'risk.lowered',
  'help.asked',
  'help.answered',
  'help.unanswered',
] as const;

/** Of a crisis. */
const CRISIS_EVENTS = [
  'crisis.opened',
  'crisis.harmSet',
  'crisis.factConfirmed',
  'crisis.factAsked',
  'crisis.escalationOffered',
  'crisis.escalationJoined',
  'crisis.escalationBriefed',
  'crisis.escalationAccepted',
  'crisis.escalationKept',
  'crisis.clientIntroduced',
  'crisis.senderReleased',
  'crisis.resolved',
] as const;

/** Of asking a colleague, of what was told to whom, and of words between people. */
const SUPPORT_EVENTS = [
  'consult.asked',
  'consult.taken',
  'consult.ended',
  'disclosure.recorded',
  'client.told',
  'staffNote.sent',
] as const;

/** Of the service's own lists of steps. */
const CHECKLIST_EVENTS = ['checklist.recorded'] as const;

/** Of safeguarding. */
const SAFEGUARDING_EVENTS = [
  'safeguarding.opened',
  'safeguarding.decided',
  'safeguarding.leadNotified',
  'safeguarding.leadAnswered',
  'safeguarding.leadTold',
  'safeguarding.contactPlanned',
  'safeguarding.guardianExceptionSet',
  'safeguarding.referralsReleased',
  'safeguarding.settled',
] as const;

/** Of attendance: who came, how late, for how long (A18). */
const ATTENDANCE_EVENTS = [
  'attendance.arrived',
  'attendance.late',
  'attendance.noShowOpened',
  'attendance.ended',
  'appointment.moved',
  'appointment.cancelled',
] as const;

/** Of suitability, of routes, and of an item that comes to concern the session. */
const SET_UP_EVENTS = [
  'item.asked',
  'route.tested',
  'alternative.owed',
  'alternative.offered',
  'alternative.notOwed',
] as const;

/** Of closing. */
const CLOSING_EVENTS = ['closing.disposed', 'followUp.opened'] as const;

/** Of a pause. */
const PAUSE_EVENTS = ['pause.started', 'pause.reminded', 'pause.clientReady', 'pause.ended'] as const;

/** Of the discreet signal and of broken privacy. */
const PRIVACY_EVENTS = [
  'privacy.signalled',
  'privacy.signalUnanswered',
  'privacy.acknowledged',
  'privacy.compromised',
  'privacy.stepTaken',
  'privacy.unanswered',
  'privacy.leadAlerted',
  'privacy.safeContactSet',
  'privacy.resolved',
] as const;

/** Of what was opened at the end and is settled or handed over, and of looking back. */
const REVIEW_EVENTS = [
  'followUp.settled',
  'followUp.handedOver',
  'pathway.ended',
  'pathway.rationaleGiven',
  'supervision.opened',
  'supervision.settled',
  'nearMiss.flagged',
  'issue.reported',
  'feedback.given',
] as const;

/** Of the safety plan. */
const PLAN_EVENTS = [
  'plan.raised',
  'plan.reviewRecorded',
  'plan.reviewed',
  'plan.prompted',
  'plan.putOff',
  'plan.contentRecorded',
  'plan.agreed',
  'plan.copyDecided',
  'plan.templateChosen',
] as const;

/** Of other participants. */
const PARTICIPANT_EVENTS = [
  'participant.atTheDoor',
  'participant.identityConfirmed',
  'participant.consented',
  'participant.consentWithdrawn',
  'participant.clientAgreed',
  'participant.clientRefused',
  'participant.admitted',
  'participant.heldOutside',
  'participant.left',
  'participant.removed',
  'participant.lost',
  'participant.reminded',
  'participant.calledBack',
  'participant.waitedFor',
  'participant.goneOnWithout',
  'participant.back',
] as const;

/** Of a joint meeting. */
const MEETING_EVENTS = [
  'meeting.clientAgreed',
  'meeting.clientRefused',
  'meeting.broughtIn',
  'meeting.setApart',
  'meeting.fellowsOut',
] as const;

/** Of who leads the session. */
const LEAD_EVENTS = ['lead.offered', 'lead.declined', 'lead.changed'] as const;
/** Of recording. */
const RECORDING_EVENTS = [
  'recording.granted',
  'recording.withdrawn',
  'recording.asked',
  'recording.started',
  'recording.stopAsked',
  'recording.stopped',
  'recording.failed',
] as const;

/** Of the channel. */
const CHANNEL_EVENTS = [
  'channel.changed',
  'channel.callRecorded',
  'channel.reached',
  'channel.meetingAsked',
] as const;

/** Of what can be seen and heard. */
const OBSERVATION_EVENTS = [
  'observation.pictureChanged',
  'observation.soundChanged',
  'observation.soundMissing',
  'observation.reported',
  'observation.settled',
] as const;
/** Of a fault of ours. */
const FAULT_EVENTS = ['session.faulted'] as const;

/** Of the session server. */
const SERVER_EVENTS = [
  'sink.failed',
  'sink.recovered',
  'media.granted',
  'media.refused',
  'input.refused',
  'input.ignored',
  'clock.overdue',
] as const;

/** Every kind of event there is. Past tense; the sentence of each is in docs/safety-protocol.md. */
export const EVENT_KINDS = [
  ...SESSION_EVENTS,
  ...PRESENCE_EVENTS,
  ...CONTACT_EVENTS,
  ...LADDER_EVENTS,
  ...CARE_EVENTS,
  ...CRISIS_EVENTS,
  ...SUPPORT_EVENTS,
  ...CHECKLIST_EVENTS,
  ...SET_UP_EVENTS,
  ...CLOSING_EVENTS,
  ...SAFEGUARDING_EVENTS,
  ...ATTENDANCE_EVENTS,
  ...PAUSE_EVENTS,
  ...PRIVACY_EVENTS,
  ...REVIEW_EVENTS,
  ...PLAN_EVENTS,
  ...PARTICIPANT_EVENTS,
  ...MEETING_EVENTS,
  ...LEAD_EVENTS,
  ...RECORDING_EVENTS,
  ...CHANNEL_EVENTS,
  ...OBSERVATION_EVENTS,
  ...FAULT_EVENTS,
  ...SERVER_EVENTS,
] as const;
