import { usualAppointment, type AnswerFlags } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { aChart } from '../../testing/deliver.js';
import { isContactGuarded, isGuardianException, isNumberGuarded } from './guardian-exception.js';
import { safeguardingConcept } from './safeguarding.concept.js';

const client = 'c1';
const none = aChart(safeguardingConcept, client);
const chart = (isOn: boolean): ChartState => ({
  ...none,
  context: { ...none.context, isGuardianException: isOn } as never,
});
const item = (flags: AnswerFlags): ChartState => ({
  value: 'confirmed',
  context: { deadlines: {}, flags } as never,
});
const session = (isMinor: boolean, charts: Readonly<Record<string, ChartState>>) => ({
  appointment: { ...usualAppointment, isMinor },
  charts,
});
const safeguarding = (isOn: boolean) => ({ 'safeguarding:c1': chart(isOn) });

test('[S7] the exception is on only where a person set it', () => {
  expect(isGuardianException(session(true, safeguarding(true)), client)).toBe(true);
  expect(isGuardianException(session(true, safeguarding(false)), client)).toBe(false);
  expect(isGuardianException(session(true, {}), client)).toBe(false);
  expect(isGuardianException(session(true, safeguarding(true)), 'c9')).toBe(false);
});

test('[S7] a number that is not the client’s own is blocked; of a minor also one of which nobody said', () => {
  const isGuarded = (isMinor: boolean, flags: AnswerFlags | null, isOn = true) =>
    isNumberGuarded(
      session(isMinor, {
        ...safeguarding(isOn),
        ...(flags === null ? {} : { 'item:callBackNumber': item(flags) }),
      }),
      client,
    );
  for (const isMinor of [true, false]) {
    expect(isGuarded(isMinor, { isOwnNumber: true })).toBe(false);
    expect(isGuarded(isMinor, { isOwnNumber: false })).toBe(true);
    expect(isGuarded(isMinor, {})).toBe(isMinor);
    expect(isGuarded(isMinor, null)).toBe(isMinor);
    expect(isGuarded(isMinor, { isOwnNumber: false }, false)).toBe(false);
  }
});

test('[S7] an emergency contact who is a guardian is blocked; of a minor also one of whom nobody said', () => {
  const isGuarded = (isMinor: boolean, flags: AnswerFlags | null, isOn = true) =>
    isContactGuarded(
      session(isMinor, {
        ...safeguarding(isOn),
        ...(flags === null ? {} : { 'item:emergencyContact': item(flags) }),
      }),
      client,
    );
  for (const isMinor of [true, false]) {
    expect(isGuarded(isMinor, { isGuardian: true })).toBe(true);
    expect(isGuarded(isMinor, { isGuardian: false })).toBe(false);
    expect(isGuarded(isMinor, {})).toBe(isMinor);
    expect(isGuarded(isMinor, null)).toBe(isMinor);
    expect(isGuarded(isMinor, { isGuardian: true }, false)).toBe(false);
  }
});
