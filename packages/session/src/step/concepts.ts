import { alertConcept } from '../machines/alert/alert.concept.js';
import { channelConcept } from '../machines/channel/channel.concept.js';
import { checklistConcept } from '../machines/checklist/checklist.concept.js';
import { closingConcept } from '../machines/closing/closing.concept.js';
import { contactConcept } from '../machines/contact/contact.concept.js';
import { crisisConcept } from '../machines/crisis/crisis.concept.js';
import { helpConcept } from '../machines/help/help.concept.js';
import { itemConcept } from '../machines/item/item.concept.js';
import { lifecycleConcept } from '../machines/lifecycle/lifecycle.concept.js';
import { observationConcept } from '../machines/observation/observation.concept.js';
import { presenceConcept } from '../machines/presence/presence.concept.js';
import { recordingConcept } from '../machines/recording/recording.concept.js';
import { riskConcept } from '../machines/risk/risk.concept.js';
import { runConcept } from '../machines/run/run.concept.js';
import type { Concept } from './concept.js';

/**
 * Every concept, in the fixed order in which `step` hands a message to them (the order of `CONCEPTS`). What is known of
 * people and media comes before what is decided on it; alerts come after everything that may ask for one.
 */
export const concepts: readonly Concept[] = [
  lifecycleConcept,
  itemConcept,
  presenceConcept,
  contactConcept,
  riskConcept,
  crisisConcept,
  runConcept,
  helpConcept,
  alertConcept,
  checklistConcept,
  closingConcept,
  recordingConcept,
  channelConcept,
  observationConcept,
];
