/**
 * Precedence of the ladder, one table (design, "Precedence"; H03, H12, A32):
 * 1. quick exit, privacy compromised, not safe to ring; 2. risk active; 3. routine.
 */
export interface Precedence {
  /** The client pressed quick exit. */
  readonly hasExited: boolean;
  /** The room is not private (rule Q6). */
  readonly isPrivacyCompromised: boolean;
  /** The agreed number may be rung, or a non-voice channel was marked safe, or a person overrode the block. */
  readonly mayRing: boolean;
  /** A person said that the client is at risk (rule K1). */
  readonly isRiskActive: boolean;
}

/** What opens when, on a loss of contact. */
export interface LadderPlan {
  /** Media goes on trying to come back, until the reconnect wait is over. */
  readonly reconnecting: boolean;
  /** When phoning opens: at once, when the reconnect wait is over, or never. */
  readonly phoning: 'atOnce' | 'afterWait' | 'never';
  /** When deciding opens: at once, when phoning is used up, or when phoning would have been due. */
  readonly deciding: 'atOnce' | 'afterPhoning' | 'afterWait';
  /** The duty role is alerted as the run opens. */
  readonly alertDuty: boolean;
}

const blocked = (precedence: Precedence): boolean =>
  precedence.hasExited || precedence.isPrivacyCompromised || !precedence.mayRing;

/** The plan of a run under a given precedence. Total: every combination has a row. */
export function ladderPlan(precedence: Precedence): LadderPlan {
  const reconnecting = !precedence.hasExited;
  if (blocked(precedence)) {
    if (precedence.isRiskActive)
      return { reconnecting, phoning: 'never', deciding: 'atOnce', alertDuty: true };
    return {
      reconnecting,
      phoning: 'never',
      deciding: precedence.hasExited ? 'atOnce' : 'afterWait',
      alertDuty: false,
    };
  }
  if (precedence.isRiskActive)
    return { reconnecting, phoning: 'atOnce', deciding: 'atOnce', alertDuty: true };
  return { reconnecting, phoning: 'afterWait', deciding: 'afterPhoning', alertDuty: false };
}
