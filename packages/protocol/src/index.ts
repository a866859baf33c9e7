// For applications.
export { Actor, hasMedia, Person, Role, ROLES, Source, SOURCES, STAFF_ROLES, StaffRole } from './actors.js';
export { Appointment, SESSION_TYPES, SessionType, usualAppointment } from './appointment.js';
export { Code, Id, Instant } from './ids.js';
export {
  ANSWERS,
  Answer,
  AnswerFlags,
  AnswerMethod,
  ITEMS,
  ITEM_RULES,
  ItemName,
  Threshold,
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
export { CrisisExit } from './commands/crisis-commands.js';
export { Trouble } from './commands/observation-commands.js';
export { ActOutcome, CallOutcome, Decision } from './commands/ladder-commands.js';
export type { CommandRule, StateConcept } from './commands/rule.js';
export { OverrideReason } from './commands/session-commands.js';
export { Fact, Picture, Sound, Verdict } from './facts.js';
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
export { FACT_SOURCES, isCommandType, isInState, mayCommand, mayState, rolesOf } from './permissions.js';
export {
  Beacon,
  DeviceMessage,
  HEARTBEAT_EVERY_MS,
  MAX_MESSAGE_BYTES,
  MediaEvidence,
  MediaGrant,
  RedeemAnswer,
  RedeemRequest,
  SERVER_PATHS,
  ServerMessage,
  WATCHDOG_CODES,
  WatchdogCondition,
  WIRE_VERSION,
} from './wire.js';
