import { describe, expect, test } from 'vitest';
import { ladderPlan, type Precedence } from './precedence.js';

const both = [false, true];
const every: Precedence[] = both.flatMap((hasExited) =>
  both.flatMap((isPrivacyCompromised) =>
    both.flatMap((mayRing) =>
      both.map((isRiskActive) => ({ hasExited, isPrivacyCompromised, mayRing, isRiskActive })),
    ),
  ),
);
const isBlocked = (of: Precedence): boolean => of.hasExited || of.isPrivacyCompromised || !of.mayRing;

describe('precedence of the ladder', () => {
  test('[L3] [H03] nothing rings while ringing is unsafe, the room is not private, or the client exited', () => {
    for (const of of every.filter(isBlocked))
      expect(ladderPlan(of).phoning, JSON.stringify(of)).toBe('never');
  });

  test('[A32] with risk active nothing waits: phoning (where it may ring), deciding and the duty alert at once', () => {
    for (const of of every.filter((each) => each.isRiskActive)) {
      const plan = ladderPlan(of);
      expect(plan.deciding, JSON.stringify(of)).toBe('atOnce');
      expect(plan.alertDuty, JSON.stringify(of)).toBe(true);
      if (!isBlocked(of)) expect(plan.phoning).toBe('atOnce');
    }
  });

  test('[E13] routine: reconnect first, phoning after the wait, deciding after phoning, nobody else alerted', () => {
    const plan = ladderPlan({
      hasExited: false,
      isPrivacyCompromised: false,
      mayRing: true,
      isRiskActive: false,
    });
    expect(plan).toEqual({
      reconnecting: true,
      phoning: 'afterWait',
      deciding: 'afterPhoning',
      alertDuty: false,
    });
  });

  test('[H03] routine and not safe to ring: deciding takes the place of phoning at the instant when it was due', () => {
    const plan = ladderPlan({
      hasExited: false,
      isPrivacyCompromised: false,
      mayRing: false,
      isRiskActive: false,
    });
    expect(plan).toEqual({ reconnecting: true, phoning: 'never', deciding: 'afterWait', alertDuty: false });
  });

  test('[H12] quick exit opens no reconnecting, and deciding at once', () => {
    for (const of of every.filter((each) => each.hasExited)) {
      expect(ladderPlan(of).reconnecting).toBe(false);
      expect(ladderPlan(of).deciding).toBe('atOnce');
    }
  });

  test('[L3] [E14] a decision by a person is reached in every case, from something that opens by itself', () => {
    for (const of of every) {
      const { reconnecting, phoning, deciding } = ladderPlan(of);
      expect(reconnecting || phoning === 'atOnce' || deciding === 'atOnce', JSON.stringify(of)).toBe(true);
      // Nothing waits for a part that never opens.
      if (deciding === 'afterPhoning') expect(phoning, JSON.stringify(of)).not.toBe('never');
      if (phoning === 'afterWait' || deciding === 'afterWait')
        expect(reconnecting, JSON.stringify(of)).toBe(true);
    }
  });
});
