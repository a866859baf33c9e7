import { STAFF_ROLES, type Role, type Source } from './actors.js';
import { COMMAND_RULES, type CommandType } from './commands/command.js';
import type { FactType } from './facts.js';
import type { Id } from './ids.js';
import type { Policy } from './policy/policy.js';

/** Which source may state which fact. A device speaks for its own connection and its own person only. */
export const FACT_SOURCES: Readonly<Record<FactType, readonly Source[]>> = {
  'device.joined': ['server'],
  'device.heard': ['server'],
  'device.silent': ['server'],
  'device.unloading': ['device'],
  'person.left': ['device'],
  'person.exited': ['device'],
  'media.reported': ['device'],
  'media.observed': ['device'],
  'meeting.fellowChanged': ['server'],
  'appointment.moved': ['host'],
  'appointment.cancelled': ['host'],
  'recording.started': ['worker'],
  'recording.stopped': ['worker'],
  'recording.failed': ['worker'],
  'clock.reached': ['clock'],
  'server.started': ['server'],
  'step.failed': ['server'],
  'alert.delivered': ['worker'],
  'alert.failed': ['worker'],
  'route.tested': ['server'],
  'sink.failed': ['worker'],
  'sink.recovered': ['worker'],
  'input.refused': ['server'],
};

/** Whether a role may send a command at all, by {@link COMMAND_RULES}. */
export const mayCommand = (role: Role, type: CommandType): boolean =>
  COMMAND_RULES[type].roles.includes(role);
/** Whether a source may state a fact, by {@link FACT_SOURCES}. */
export const mayState = (source: Source, type: FactType): boolean => FACT_SOURCES[type].includes(source);
/** Tells the names of commands from those of facts. */
export const isCommandType = (type: string): type is CommandType => Object.hasOwn(COMMAND_RULES, type);

/**
 * What may still be said in a session that is closed: looking back, and nothing that would act (A20, A47, A50, A55).
 * Everything else is refused with `session-closed`.
 */
export const AFTER_CLOSE: readonly CommandType[] = [
  'supervision.settle',
  'closing.giveRationale',
  'nearMiss.flag',
  'issue.report',
  'feedback.give',
];

/** Roles that may still open a session that is closed: to look back at it. Any other page only stays where it is. */
export const REVIEWING: readonly Role[] = ['supervisor', 'management'];

/**
 * Every role of a person: their own, and those of the policy's staff lists that name them. In a small service one person
 * may be on several lists.
 */
export const rolesOf = (
  policy: Pick<Policy, 'staff'>,
  person: Id | null,
  role: Role | null,
): readonly Role[] => [
  ...new Set([
    ...(role === null ? [] : [role]),
    ...STAFF_ROLES.filter((list) => policy.staff[list].some((entry) => entry.person === person)),
  ]),
];

/** Whether a chart's state, like `open.offered`, is one of those named, or inside one of them. */
export const isInState = (state: string, names: readonly string[]): boolean =>
  names.some((name) => state === name || state.startsWith(`${name}.`));
