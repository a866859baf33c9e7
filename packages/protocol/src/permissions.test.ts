import { describe, expect, test } from 'vitest';
import { SOURCES, STAFF_ROLES } from './actors.js';
import { Command, COMMAND_RULES } from './commands/command.js';
import { Fact } from './facts.js';
import { FACT_SOURCES, isCommandType, mayCommand, mayState } from './permissions.js';

const typesOf = (union: { def: { options: readonly unknown[] } }): string[] =>
  union.def.options.map(
    (option) =>
      (option as { def: { shape: { type: { def: { values: string[] } } } } }).def.shape.type.def.values[0] ??
      '',
  );

describe('who may say what', () => {
  test('[E01] the table has exactly one row for each command and each fact', () => {
    expect(Object.keys(COMMAND_RULES).sort()).toEqual(typesOf(Command).sort());
    expect(Object.keys(FACT_SOURCES).sort()).toEqual(typesOf(Fact).sort());
  });

  test('[H15] nothing that a client may send raises or lowers risk, closes a session or touches the ladder', () => {
    const ofClient = Object.keys(COMMAND_RULES)
      .filter(isCommandType)
      .filter((type) => mayCommand('client', type));
    expect(ofClient.sort()).toEqual([
      'channel.choose',
      'consent.withdraw',
      'feedback.give',
      'help.ask',
      'issue.report',
      'item.answer',
      'item.reopen',
      'nearMiss.flag',
      'observation.report',
      'observation.settle',
      'pause.end',
      'pause.start',
      'privacy.signal',
      'recording.grant',
      'recording.withdraw',
    ]);
  });

  test('[E09] only staff whom the policy names answer alerts', () => {
    for (const type of ['alert.acknowledge', 'alert.accept'] as const)
      expect(COMMAND_RULES[type].roles).toEqual(STAFF_ROLES);
  });

  test('[H07] time is stated by the clock alone; a device speaks only of its own connection and person', () => {
    for (const source of SOURCES) expect(mayState(source, 'clock.reached')).toBe(source === 'clock');
    const ofDevices = Object.entries(FACT_SOURCES).filter(([, sources]) => sources.includes('device'));
    expect(ofDevices.map(([type]) => type).sort()).toEqual([
      'device.unloading',
      'media.observed',
      'media.reported',
      'person.exited',
      'person.left',
    ]);
  });
});
