import type { Role, Source } from './actors.js';
import type { CommandType } from './commands.js';
import type { FactType } from './facts.js';

/**
 * Which role may send which command: the one table. The authority refuses by it, the view offers by it, and a test
 * tries every cell. In which *state* a command counts is the machine's own answer (`not-now`).
 */
export const COMMAND_ROLES: Readonly<Record<CommandType, readonly Role[]>> = {
  'item.answer': ['practitioner', 'client'],
  'item.reopen': ['practitioner', 'client'],
  'item.override': ['practitioner'],
  'person.admit': ['practitioner'],
  'gate.override': ['practitioner', 'duty'],
  'session.goLive': ['practitioner'],
  'session.end': ['practitioner', 'duty'],
  'session.close': ['practitioner', 'duty'],
  'consent.withdraw': ['client', 'practitioner'],
  'risk.raise': ['practitioner', 'duty'],
  'risk.lower': ['practitioner', 'duty'],
  'ladder.recordCall': ['practitioner', 'duty'],
  'ladder.decide': ['practitioner', 'duty'],
  'ladder.recordAct': ['practitioner', 'duty'],
  'ladder.confirmTogether': ['practitioner', 'duty'],
  'ladder.standDown': ['practitioner', 'duty'],
  'ladder.dispose': ['practitioner', 'duty'],
  'ladder.allowRinging': ['practitioner', 'duty'],
  'ladder.offerHandOver': ['practitioner', 'duty'],
  'ladder.takeOver': ['practitioner', 'duty'],
  'call.cut': ['practitioner', 'duty'],
  'call.stillTogether': ['practitioner', 'duty'],
  'call.moveToVideo': ['practitioner', 'duty'],
  'alert.acknowledge': ['duty'],
  'alert.accept': ['duty'],
  'help.ask': ['client'],
  'help.answer': ['practitioner', 'duty'],
  'crisis.open': ['practitioner', 'duty'],
  'crisis.offerEscalation': ['practitioner', 'duty'],
  'crisis.acceptEscalation': ['duty'],
  'crisis.resolve': ['practitioner', 'duty'],
  'closing.dispose': ['practitioner', 'duty'],
  'closing.addFollowUp': ['practitioner', 'duty'],
};

/** Which source may state which fact. A device speaks for its own connection and its own person only. */
export const FACT_SOURCES: Readonly<Record<FactType, readonly Source[]>> = {
  'device.joined': ['server'],
  'device.heard': ['server'],
  'device.silent': ['server'],
  'device.unloading': ['device'],
  'person.left': ['device'],
  'person.exited': ['device'],
  'media.reported': ['device'],
  'clock.reached': ['clock'],
  'server.started': ['server'],
  'alert.delivered': ['worker'],
  'alert.failed': ['worker'],
  'sink.failed': ['worker'],
  'sink.recovered': ['worker'],
  'input.refused': ['server'],
};

/** Whether a role may send a command at all, by {@link COMMAND_ROLES}. */
export const mayCommand = (role: Role, type: CommandType): boolean => COMMAND_ROLES[type].includes(role);
/** Whether a source may state a fact, by {@link FACT_SOURCES}. */
export const mayState = (source: Source, type: FactType): boolean => FACT_SOURCES[type].includes(source);
/** Tells the names of commands from those of facts. */
export const isCommandType = (type: string): type is CommandType => Object.hasOwn(COMMAND_ROLES, type);
