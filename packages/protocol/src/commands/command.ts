import * as z from 'zod/mini';
import { attendanceCommands, attendanceRules } from './attendance-commands.js';
import { careCommands, careRules } from './care-commands.js';
import { channelCommands, channelRules } from './channel-commands.js';
import { checklistCommands, checklistRules } from './checklist-commands.js';
import { closingCommands, closingRules } from './closing-commands.js';
import { consultCommands, consultRules } from './consult-commands.js';
import { crisisCommands, crisisRules } from './crisis-commands.js';
import { disclosureCommands, disclosureRules } from './disclosure-commands.js';
import { handOverCommands, handOverRules } from './hand-over-commands.js';
import { itemCommands, itemRules } from './item-commands.js';
import { ladderCommands, ladderRules } from './ladder-commands.js';
import { meetingCommands, meetingRules } from './meeting-commands.js';
import { participantCommands, participantRules } from './participant-commands.js';
import { pauseCommands, pauseRules } from './pause-commands.js';
import { privacyCommands, privacyRules } from './privacy-commands.js';
import { reviewCommands, reviewRules } from './review-commands.js';
import { planCommands, planRules } from './plan-commands.js';
import { observationCommands, observationRules } from './observation-commands.js';
import { recordingCommands, recordingRules } from './recording-commands.js';
import type { CommandRule } from './rule.js';
import { safeguardingCommands, safeguardingRules } from './safeguarding-commands.js';
import { sessionCommands, sessionRules } from './session-commands.js';
import { wordCommands, wordRules } from './word-commands.js';
import { suitabilityCommands, suitabilityRules } from './suitability-commands.js';

/** Imperative: someone wants it, it may be refused with a code. Who may send which, and when, is {@link COMMAND_RULES}. */
export const Command = z.discriminatedUnion('type', [
  ...itemCommands,
  ...sessionCommands,
  ...ladderCommands,
  ...careCommands,
  ...crisisCommands,
  ...consultCommands,
  ...disclosureCommands,
  ...wordCommands,
  ...checklistCommands,
  ...closingCommands,
  ...safeguardingCommands,
  ...attendanceCommands,
  ...pauseCommands,
  ...privacyCommands,
  ...reviewCommands,
  ...planCommands,
  ...suitabilityCommands,
  ...participantCommands,
  ...meetingCommands,
  ...handOverCommands,
  ...recordingCommands,
  ...channelCommands,
  ...observationCommands,
]);
/** What the schema {@link Command} lets through. */
export type Command = z.infer<typeof Command>;
/** The name of a command, like `item.answer`. */
export type CommandType = Command['type'];

/** Which role may send which command in which state: the one table. */
export const COMMAND_RULES: Readonly<Record<CommandType, CommandRule>> = {
  ...itemRules,
  ...sessionRules,
  ...ladderRules,
  ...careRules,
  ...crisisRules,
  ...consultRules,
  ...disclosureRules,
  ...wordRules,
  ...checklistRules,
  ...closingRules,
  ...safeguardingRules,
  ...attendanceRules,
  ...pauseRules,
  ...privacyRules,
  ...reviewRules,
  ...planRules,
  ...suitabilityRules,
  ...participantRules,
  ...meetingRules,
  ...handOverRules,
  ...recordingRules,
  ...channelRules,
  ...observationRules,
};
