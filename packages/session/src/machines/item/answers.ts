import { ITEM_RULES, type Answer, type AnswerFlags, type ItemName, type ItemRule } from '@holdfast/protocol';
import type { Expiry, Id, Instant, Policy, SessionType } from '@holdfast/protocol';
import type { ChartState } from '../../step/session.js';
import type { NotApplicable } from './set-up-answers.js';

/** What an item's chart keeps: the answer as codes and references, never the words (H18). */
export interface ItemContext {
  readonly item: ItemName;
  readonly answer: Answer | null;
  readonly flags: AnswerFlags;
  readonly method: string | null;
  /** Ways of checking that left a doubt, until another one settles it; asking anew forgets none of them (A09). */
  readonly doubted: readonly string[];
  readonly by: Id | null;
  /** When the authority took the answer (A10: time of confirmation). */
  readonly atMs: Instant | null;
  readonly answerRef: Id | null;
  readonly textVersion: string | null;
  readonly overrideReason: string | null;
  /** The reason, or the reference to the reasons, that goes with the answer (A52, H30). */
  readonly note: string | null;
  /** Why the item asks nothing at present (I9). */
  readonly notApplicable: NotApplicable | null;
  /** Version of the text that this session shows for the item; null where none belongs to it (A12). */
  readonly shownText: string | null;
  /** The client's device when privacy was last asked: another device asks again. */
  readonly clientDevice: Id | null;
  /** When the client said that they are in another place now; null once a place is given anew (C11). */
  readonly movedAtMs: Instant | null;
  /** How the client would rather meet, until when that counts, and for which kind of session (D06). */
  readonly preference: ItemPreference | null;
  readonly sessionType: SessionType;
  /** What makes the answer old, from the policy (H15, H24). */
  readonly asksAgainOn: readonly Expiry[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** A preference as it was said: for one kind of session, with the day on which it is asked again (D06). */
export interface ItemPreference {
  readonly way: string;
  readonly reviewOn: string;
  readonly sessionType: SessionType;
}

/** The policy's text of an item: people agree to a version, not to a mood (A12). */
export const shownTextOf = (item: ItemName, policy: Pick<Policy, 'texts'>): string | null =>
  item === 'consent' ? policy.texts.consent : item === 'limits' ? policy.texts.limits : null;

/** Statements that `confirmed` cannot do without: asked one by one, nothing is assumed (A14, D14, E07, H05, H13). */
export const NEEDED_FLAGS: Readonly<Partial<Record<ItemName, readonly (keyof AnswerFlags)[]>>> = {
  callBackNumber: ['safeToRing', 'safeToLeaveMessage'],
  practitionerPrivacy: ['alone'],
  clientPrivacy: ['alone', 'freeToSpeak'],
  emergencyContact: ['agreedWhileAlone'],
  backUpChannel: ['usesVoice', 'isSafeChannel'],
  consent: ['ladderExplained'],
  signal: ['hasSafeWord', 'hasGesture', 'hasSoftwareSignal'],
  preferences: ['askedResources', 'askedSkills'],
};

export interface ProposedAnswer {
  readonly answer: Answer;
  readonly flags?: AnswerFlags | undefined;
  readonly method?: string | undefined;
  readonly textVersion?: string | undefined;
  readonly way?: string | undefined;
  readonly reviewOn?: string | undefined;
  readonly because?: string | undefined;
  readonly rationaleRef?: string | undefined;
}

/** Whether an answer belongs to the item and is whole. */
export function isProperAnswer(item: ItemName, shownText: string | null, proposed: ProposedAnswer): boolean {
  const rule: ItemRule = ITEM_RULES[item];
  const flags = proposed.flags ?? {};
  if (!rule.answers.includes(proposed.answer)) return false;
  if (!Object.keys(flags).every((flag) => rule.flags.some((known) => known === flag))) return false;
  // D06: a wish names the way and the day on which it is asked again; no other item has either.
  const { way, reviewOn } = proposed;
  const hasWish = item === 'preferences' && proposed.answer === 'confirmed';
  if (!hasWish && (way !== undefined || reviewOn !== undefined)) return false;
  if (proposed.answer !== 'confirmed') return true;
  if (!(NEEDED_FLAGS[item] ?? []).every((flag) => flags[flag] !== undefined)) return false;
  if (item === 'clientPrivacy' && flags.freeToSpeak !== true) return false;
  // C09, E03: nobody agrees to what was not explained. A11, C16: an agreed signal is at least one of the three.
  if (item === 'consent' && flags.ladderExplained !== true) return false;
  if (item === 'preferences' && (way === undefined || reviewOn === undefined)) return false;
  if (item === 'signal' && !Object.values(flags).includes(true)) return false;
  if (item === 'practitionerPrivacy' && flags.alone !== true && flags.othersPresent !== true) return false;
  return shownText === null || proposed.textVersion === shownText;
}

const PAST = ['open', 'expired'];

/** Settled by an answer that counts now. An override does not settle: it only lets the gate pass. */
export function isAnswered(chart: ChartState): boolean {
  const { item, answer } = chart.context as unknown as ItemContext;
  return (
    typeof chart.value === 'string' &&
    !PAST.includes(chart.value) &&
    answer !== null &&
    ITEM_RULES[item].settledBy.includes(answer)
  );
}

const ASKS_NOTHING = ['overridden', 'notApplicable'];

/** Settled for the gate: answered, passed over by a practitioner with a reason (A19, H14), or not applicable (I9). */
export const isSettled = (chart: ChartState): boolean =>
  ASKS_NOTHING.some((value) => value === chart.value) || isAnswered(chart);
