// For applications.
export {
  Actor,
  hasMedia,
  isOfService,
  isParticipant,
  PARTICIPANT_ROLES,
  ParticipantRole,
  Person,
  Role,
  ROLES,
  Source,
  SOURCES,
  STAFF_ROLES,
  StaffRole,
} from './actors.js';
export { Adjustments } from './adjustments.js';
export { Appointment, CalendarDate, SESSION_TYPES, SessionType, usualAppointment } from './appointment.js';
export { Code, Id, Instant } from './ids.js';
export {
  ANSWERS,
  Answer,
  AnswerFlags,
  AnswerMethod,
  ITEMS,
  ITEM_RULES,
  ItemName,
  PreferredWay,
  SUITABILITY_REASONS,
  Threshold,
  UNASKED_FLAGS,
} from './items.js';
export type { ItemRule } from './items.js';
export { Command, COMMAND_RULES } from './commands/command.js';
export type { CommandType } from './commands/command.js';
export { CHANNEL_REASONS, CHANNELS } from './channels.js';
export type { Channel, ChannelReason } from './channels.js';
export { CHECKLISTS } from './checklists.js';
export type { ChecklistName } from './checklists.js';
export { StepOutcome } from './commands/checklist-commands.js';
export { Disposition } from './commands/closing-commands.js';
export {
  ConsentSought,
  NoPlanReason,
  SafeguardingEnd,
  SafeguardingSubject,
  SafeguardingThreshold,
} from './commands/safeguarding-commands.js';
export { FEEDBACK_QUESTIONS, FeedbackAnswer, IssueKind, NearMissKind } from './commands/review-commands.js';
export { ConsultOutcome } from './commands/consult-commands.js';
export { CrisisExit, CrisisFact, CrisisHarm } from './commands/crisis-commands.js';
export {
  DISCLOSURE_CATEGORIES,
  DisclosureCategory,
  DisclosureRecipient,
} from './commands/disclosure-commands.js';
export { Trouble } from './commands/observation-commands.js';
export { ActOutcome, CallOutcome, Decision } from './commands/ladder-commands.js';
export { CallBackOutcome, ParticipantMethod, WithoutWay } from './commands/participant-commands.js';
export { PauseReason } from './commands/pause-commands.js';
export {
  PrivacyOutcome,
  SAFE_CONTACT_KEYS,
  SafeChannel,
  SignalOutcome,
} from './commands/privacy-commands.js';
export type { CommandRule, StateConcept } from './commands/rule.js';
export {
  PLAN_GROUPS,
  PLAN_REVIEWS,
  PlanCopy,
  PlanPutOffReason,
  PlanReason,
  PlanReviewOutcome,
  PlanSkipReason,
} from './commands/plan-commands.js';
export type { PlanGroup, PlanReview } from './commands/plan-commands.js';
export { OverrideReason } from './commands/session-commands.js';
export { TOLD_STEPS, ToldStep } from './commands/word-commands.js';
export { AlternativeKind, AlternativeRoute } from './commands/suitability-commands.js';
export { CancelReason, Fact, FellowReport, Picture, RouteOutcome, Sound, Verdict } from './facts.js';
export type { FactType } from './facts.js';
export type { Input, InputType } from './inputs.js';
export { AuditEvent, EventDetails, EventKind, ProtocolEvent, Subject } from './events/event.js';
export { EVENT_KINDS } from './events/event-kinds.js';
export { ALERT_CAUSES, ALERT_LISTS } from './effects.js';
export type { AlertCause, Effect } from './effects.js';
export { checkPolicy } from './policy/check-policy.js';
export type { PolicyCheck, PolicyFault } from './policy/check-policy.js';
export { DURATIONS, PHONE_ATTEMPTS } from './policy/durations.js';
export type { DurationName, DurationRule, Durations } from './policy/durations.js';
export { EXPIRIES, ItemPolicy, Policy, SessionTypePolicy, StaffPerson, TEXTS } from './policy/policy.js';
export type { Expiry, TextName } from './policy/policy.js';
export { drillPolicy, referencePolicy } from './policy/reference.js';
export { ladderPlan } from './precedence.js';
export type { LadderPlan, Precedence } from './precedence.js';
export { REFUSALS, refusal } from './errors.js';
export type { Refusal, RefusalCode } from './errors.js';
export { Personal, readableKeys, VAULT_KEYS, VaultEntry, VaultKey, VaultText } from './vault.js';
export type { VaultView } from './vault.js';

// For adapter authors.
export { COMMAND_WORDS } from './commands/command-words.js';
export { beatNote, isSignal } from './beat-note.js';
export { AFTER_CLOSE, REVIEWING } from './permissions.js';
export { FACT_SOURCES, isCommandType, isInState, mayCommand, mayState, rolesOf } from './permissions.js';
export { DeviceMessage, MediaEvidence } from './wire/device-message.js';
export {
  Beacon,
  CheckAnswer,
  CheckRequest,
  MeasureRequest,
  RedeemAnswer,
  RedeemRequest,
  SERVER_PATHS,
} from './wire/redeem.js';
export { MediaGrant, ServerMessage, WATCHDOG_CODES, WatchdogCondition } from './wire/server-message.js';
export { HEARTBEAT_EVERY_MS, MAX_MESSAGE_BYTES, WIRE_VERSION } from './wire/wire.js';
