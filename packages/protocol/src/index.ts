// For applications.
export { ROLES, Role, SOURCES, Source, Actor, Person } from './actors.js';
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
export {
  ActOutcome,
  CallOutcome,
  Command,
  CrisisExit,
  Decision,
  Disposition,
  OverrideReason,
} from './commands.js';
export type { CommandType } from './commands.js';
export { Fact, Verdict } from './facts.js';
export type { FactType } from './facts.js';
export type { Input, InputType } from './inputs.js';
export { AuditEvent, EVENT_KINDS, EventDetails, EventKind, ProtocolEvent, Subject } from './events.js';
export { ALERT_CAUSES } from './effects.js';
export type { AlertCause, Effect } from './effects.js';
export { checkPolicy } from './policy/check-policy.js';
export type { PolicyCheck, PolicyFault } from './policy/check-policy.js';
export { DURATIONS, PHONE_ATTEMPTS } from './policy/durations.js';
export type { DurationName, DurationRule, Durations } from './policy/durations.js';
export { DutyPerson, Policy } from './policy/policy.js';
export { drillPolicy, referencePolicy } from './policy/reference.js';
export { ladderPlan } from './precedence.js';
export type { LadderPlan, Precedence } from './precedence.js';
export { REFUSALS, refusal } from './errors.js';
export type { Refusal, RefusalCode } from './errors.js';
export { Personal, readableKeys, VAULT_KEYS, VaultEntry, VaultKey, VaultText } from './vault.js';
export type { VaultView } from './vault.js';

// For adapter authors.
export { COMMAND_ROLES, FACT_SOURCES, isCommandType, mayCommand, mayState } from './permissions.js';
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
