import { alertConcept } from '../machines/alert/alert.concept.js';
import { attendanceConcept } from '../machines/attendance/attendance.concept.js';
import { alternativeConcept } from '../machines/alternative/alternative.concept.js';
import { callBackConcept } from '../machines/call-back/call-back.concept.js';
import { channelConcept } from '../machines/channel/channel.concept.js';
import { checklistConcept } from '../machines/checklist/checklist.concept.js';
import { closingConcept } from '../machines/closing/closing.concept.js';
import { consultConcept } from '../machines/consult/consult.concept.js';
import { contactConcept } from '../machines/contact/contact.concept.js';
import { crisisConcept } from '../machines/crisis/crisis.concept.js';
import { disclosureConcept } from '../machines/disclosure/disclosure.concept.js';
import { faultConcept } from '../machines/fault/fault.concept.js';
import { helpConcept } from '../machines/help/help.concept.js';
import { itemConcept } from '../machines/item/item.concept.js';
import { leadConcept } from '../machines/lead/lead.concept.js';
import { lifecycleConcept } from '../machines/lifecycle/lifecycle.concept.js';
import { participantConcept } from '../machines/participant/participant.concept.js';
import { meetingConcept } from '../machines/meeting/meeting.concept.js';
import { pauseConcept } from '../machines/pause/pause.concept.js';
import { planConcept } from '../machines/plan/plan.concept.js';
import { observationConcept } from '../machines/observation/observation.concept.js';
import { presenceConcept } from '../machines/presence/presence.concept.js';
import { privacyConcept } from '../machines/privacy/privacy.concept.js';
import { recordingConcept } from '../machines/recording/recording.concept.js';
import { reportConcept } from '../machines/report/report.concept.js';
import { riskConcept } from '../machines/risk/risk.concept.js';
import { routeConcept } from '../machines/route/route.concept.js';
import { runConcept } from '../machines/run/run.concept.js';
import { safeguardingConcept } from '../machines/safeguarding/safeguarding.concept.js';
import { signalConcept } from '../machines/signal/signal.concept.js';
import { supervisionConcept } from '../machines/supervision/supervision.concept.js';
import { staffNoteConcept } from '../machines/staff-note/staff-note.concept.js';
import { toldConcept } from '../machines/told/told.concept.js';
import type { Concept } from './concept.js';

/**
 * Every concept, in the fixed order in which `step` hands a message to them (the order of `CONCEPTS`). What is known of
 * people and media comes before what is decided on it; alerts come after everything that may ask for one.
 */
export const concepts: readonly Concept[] = [
  leadConcept,
  lifecycleConcept,
  itemConcept,
  presenceConcept,
  contactConcept,
  attendanceConcept,
  riskConcept,
  crisisConcept,
  safeguardingConcept,
  runConcept,
  helpConcept,
  consultConcept,
  disclosureConcept,
  toldConcept,
  staffNoteConcept,
  alertConcept,
  checklistConcept,
  supervisionConcept,
  planConcept,
  routeConcept,
  alternativeConcept,
  closingConcept,
  reportConcept,
  recordingConcept,
  participantConcept,
  meetingConcept,
  callBackConcept,
  signalConcept,
  privacyConcept,
  pauseConcept,
  channelConcept,
  observationConcept,
  faultConcept,
];
