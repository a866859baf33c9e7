import * as z from 'zod/mini';

/**
 * The set-up items, one chart each (A07, A08, A14). Nothing pre-ticked, no input settles two.
 *
 * `location` is what the client says; `locationConfirmed` is the practitioner reading it back (A10, H04). Nobody answers
 * `escalationRoute` (the session server tests it) and `competency` (the host asserts it).
 */
export const ITEMS = [
  'callBackNumber',
  'location',
  'consent',
  'device',
  'practitionerPrivacy',
  'identity',
  'clientPrivacy',
  'locationConfirmed',
  'emergencyContact',
  'backUpChannel',
  'limits',
  'signal',
  'preferences',
  'suitability',
  'escalationRoute',
  'competency',
  'guardianConsent',
  'localRoute',
] as const;
/** One of {@link ITEMS}. */
export const ItemName = z.enum(ITEMS);
/** What the schema {@link ItemName} lets through. */
export type ItemName = z.infer<typeof ItemName>;

/** The threshold before which an item is settled: before any media, or before the session is live. */
export const Threshold = z.enum(['media', 'live']);
/** What the schema {@link Threshold} lets through. */
export type Threshold = z.infer<typeof Threshold>;

/**
 * What a person can answer. `none` and `notSafe` are proper answers for the emergency contact (E09, H05);
 * `no` (not private, not alone, no consent) leads to options, never to a dead end (E07); `notSure` is always
 * an answer (C17). `confirmed`, `withExtraControls` and `notSuitable` are the outcomes of suitability (A52).
 */
export const ANSWERS = [
  'confirmed',
  'notSure',
  'no',
  'none',
  'notSafe',
  'notSafeToAsk',
  'withExtraControls',
  'notSuitable',
] as const;
/** One of {@link ANSWERS}; each item takes only some (see {@link ITEM_RULES}). */
export const Answer = z.enum(ANSWERS);
/** What the schema {@link Answer} lets through. */
export type Answer = z.infer<typeof Answer>;

/** Yes-or-no statements that belong to an answer. Absent means: not asked. */
export const AnswerFlags = z.strictObject({
  /** The agreed number may be rung (D14, H03). */
  safeToRing: z.optional(z.boolean()),
  /** A message may be left (D14, H03). Default of the protocol: no. */
  safeToLeaveMessage: z.optional(z.boolean()),
  /** Alone in the room (E07). */
  alone: z.optional(z.boolean()),
  /** Free to speak (E07, A11). */
  freeToSpeak: z.optional(z.boolean()),
  /** A guardian is near, and that was agreed with the client: private all the same (E05). */
  isGuardianNearby: z.optional(z.boolean()),
  /** The contact was agreed while the client was alone (H05). */
  agreedWhileAlone: z.optional(z.boolean()),
  /** The emergency contact is a parent or guardian (H30). */
  isGuardian: z.optional(z.boolean()),
  /** The contact may be told where the client is; that they may be at risk; about their care (E09, H28). Absent: no. */
  mayTellPlace: z.optional(z.boolean()),
  mayTellRisk: z.optional(z.boolean()),
  mayTellCare: z.optional(z.boolean()),
  /** The back-up channel is a voice call (H32). */
  usesVoice: z.optional(z.boolean()),
  /** The back-up channel was marked safe by the client. */
  isSafeChannel: z.optional(z.boolean()),
  /** Camera, microphone and speaker were found working by the device check. */
  hasCamera: z.optional(z.boolean()),
  hasMicrophone: z.optional(z.boolean()),
  /** Others are present and named by the practitioner (D12, E06). */
  othersPresent: z.optional(z.boolean()),
  /** Unit and way in are written down beside the address (C10). Set by the authority from which words there are. */
  isComplete: z.optional(z.boolean()),
  /** The address that was known already is where the client is (C11). Set by the choice; it is read back all the same. */
  samePlace: z.optional(z.boolean()),
  /** What happens when the call drops, and when somebody is in danger, was explained (C09, E03). */
  ladderExplained: z.optional(z.boolean()),
  /** A word that means "I am not alone" or "pause" is agreed (A11, C16). The word itself is in the vault, if anywhere. */
  hasSafeWord: z.optional(z.boolean()),
  /** A gesture is agreed (C16). */
  hasGesture: z.optional(z.boolean()),
  /** The silent sign of this software was shown and is agreed (C16). */
  hasSoftwareSignal: z.optional(z.boolean()),
  /** Talked about what helps the client already: people, places, services (D10). */
  askedResources: z.optional(z.boolean()),
  /** Talked about how at home the client is with devices (D10). */
  askedSkills: z.optional(z.boolean()),
  /** Measured by the client's device, never asked: the browser can do what a session needs (D07, E11). */
  isBrowserSupported: z.optional(z.boolean()),
  /** Measured: picture may stutter. Absent, with the next, where the browser does not tell. */
  isConnectionWeak: z.optional(z.boolean()),
  /** Measured: sound alone is likely to hold. */
  isConnectionBad: z.optional(z.boolean()),
  /** Measured: the browser tells of its battery. */
  isBatteryKnown: z.optional(z.boolean()),
  /** Measured: a fifth or less, and not charging. */
  isBatteryLow: z.optional(z.boolean()),
  /** The call-back number is the client's own; otherwise somebody else's phone rings, who may be a guardian (D14, H20, H30). */
  isOwnNumber: z.optional(z.boolean()),
  /** The practitioner read the number back to the client (H20). */
  wasReadBack: z.optional(z.boolean()),
  /** The service's own rules for video are met (A16). */
  isEligible: z.optional(z.boolean()),
  /** Device, link and place are there (A52, D03). */
  hasAccess: z.optional(z.boolean()),
  /** Able to take part in this way, with what help there is (A52, D03). */
  canEngage: z.optional(z.boolean()),
  /** Who consents was checked to be the guardian (E05). */
  guardianWasVerified: z.optional(z.boolean()),
});
/** What the schema {@link AnswerFlags} lets through. */
export type AnswerFlags = z.infer<typeof AnswerFlags>;

/** Flags that nobody is asked for: the authority, the device or the choice itself sets them. */
export const UNASKED_FLAGS: readonly (keyof AnswerFlags)[] = [
  'isComplete',
  'samePlace',
  'isBrowserSupported',
  'isConnectionWeak',
  'isConnectionBad',
  'isBatteryKnown',
  'isBatteryLow',
];

/** How a client would rather meet (D06): a choice, not only what is left when video fails. */
export const PreferredWay = z.enum(['video', 'audioOnly', 'phone', 'text', 'faceToFace']);
/** What the schema {@link PreferredWay} lets through. */
export type PreferredWay = z.infer<typeof PreferredWay>;

/** How identity was checked (A09, E04). Other items use `spoken`. */
export const AnswerMethod = z.enum([
  'spoken',
  'nameAndBirthDate',
  'document',
  'knownFromBefore',
  'form',
  'deviceCheck',
]);
/** What the schema {@link AnswerMethod} lets through. */
export type AnswerMethod = z.infer<typeof AnswerMethod>;

/**
 * Why a session by video needs extra controls, or is not suitable (A52, D02). A policy may add codes of its own
 * (`suitabilityReasons`).
 */
export const SUITABILITY_REASONS = [
  'highVolatileRisk',
  'noPrivacyOrSafeContact',
  'needsSupportToEngage',
  'noRealisticAccess',
] as const;

/** What an item asks for, whose it is, and which answers it takes. */
export interface ItemRule {
  /** Roles that may answer. A client may always answer about themselves; a practitioner may write down what was said. */
  readonly answeredBy: readonly ('client' | 'practitioner')[];
  /** Answers that it takes; any other is refused with `bad-answer`. */
  readonly answers: readonly Answer[];
  /** Answers that settle the item. */
  readonly settledBy: readonly Answer[];
  /** Flags that the answer may carry. */
  readonly flags: readonly (keyof AnswerFlags)[];
  /** Keys of the vault that the answer may carry. */
  readonly personal: readonly string[];
  /** `confirmed` is whole without words: what was agreed may live in the two people's heads only (C16). Default: no. */
  readonly mayBeWordless?: true;
  /** Answers that name one of the reasons for them (`because`). Default none. */
  readonly withReason?: readonly Answer[];
  /** Answers that name where the reasons are written down (`rationaleRef`). Default none. */
  readonly withRationale?: readonly Answer[];
  /**
   * It holds up no threshold, although it is asked with urgency: only risk asks it, and a client who is kept longer
   * because of it would read risk from their stage (V1). Default false.
   */
  readonly isUncounted?: boolean;
}

const both = ['client', 'practitioner'] as const;
const practitioner = ['practitioner'] as const;

/**
 * The rule of each item: the one table that the charts, the screens and the checks of answers read (A07, A14).
 */
export const ITEM_RULES: Readonly<Record<ItemName, ItemRule>> = {
  callBackNumber: {
    answeredBy: both,
    answers: ['confirmed', 'none', 'notSure'],
    settledBy: ['confirmed', 'none'],
    flags: ['safeToRing', 'safeToLeaveMessage', 'isOwnNumber', 'wasReadBack'],
    personal: ['callBackNumber', 'callerName'],
  },
  location: {
    answeredBy: both,
    answers: ['confirmed', 'notSure'],
    settledBy: ['confirmed'],
    flags: ['isComplete', 'samePlace'],
    personal: ['address', 'addressUnit', 'entryNotes'],
  },
  consent: {
    answeredBy: both,
    answers: ['confirmed', 'no', 'notSure'],
    settledBy: ['confirmed'],
    flags: ['ladderExplained'],
    personal: [],
  },
  device: {
    answeredBy: both,
    answers: ['confirmed', 'no', 'notSure'],
    settledBy: ['confirmed', 'no'],
    flags: [
      'hasCamera',
      'hasMicrophone',
      'isBrowserSupported',
      'isConnectionWeak',
      'isConnectionBad',
      'isBatteryKnown',
      'isBatteryLow',
    ],
    personal: [],
  },
  practitionerPrivacy: {
    answeredBy: practitioner,
    answers: ['confirmed', 'no', 'notSure'],
    settledBy: ['confirmed'],
    flags: ['alone', 'othersPresent'],
    personal: [],
  },
  identity: {
    answeredBy: practitioner,
    answers: ['confirmed', 'notSure', 'no', 'notSafeToAsk'],
    settledBy: ['confirmed'],
    flags: [],
    personal: [],
  },
  clientPrivacy: {
    answeredBy: practitioner,
    answers: ['confirmed', 'no', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed'],
    flags: ['alone', 'freeToSpeak', 'isGuardianNearby'],
    personal: [],
  },
  locationConfirmed: {
    answeredBy: practitioner,
    answers: ['confirmed', 'no', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed'],
    flags: [],
    personal: [],
  },
  emergencyContact: {
    answeredBy: both,
    answers: ['confirmed', 'none', 'notSafe', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed', 'none', 'notSafe'],
    flags: ['agreedWhileAlone', 'isGuardian', 'mayTellPlace', 'mayTellRisk', 'mayTellCare'],
    personal: ['contactName', 'contactNumber', 'contactMayBeTold'],
  },
  backUpChannel: {
    answeredBy: both,
    answers: ['confirmed', 'none', 'notSure'],
    settledBy: ['confirmed', 'none'],
    flags: ['usesVoice', 'isSafeChannel'],
    personal: ['backUpChannel'],
  },
  limits: {
    answeredBy: practitioner,
    answers: ['confirmed', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed'],
    flags: [],
    personal: [],
  },
  signal: {
    answeredBy: practitioner,
    answers: ['confirmed', 'none', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed', 'none'],
    flags: ['hasSafeWord', 'hasGesture', 'hasSoftwareSignal'],
    personal: ['safeWord'],
    mayBeWordless: true,
  },
  preferences: {
    answeredBy: practitioner,
    answers: ['confirmed', 'none', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed', 'none'],
    flags: ['askedResources', 'askedSkills'],
    personal: [],
  },
  suitability: {
    answeredBy: practitioner,
    answers: ['confirmed', 'withExtraControls', 'notSuitable', 'notSure'],
    settledBy: ['confirmed', 'withExtraControls'],
    flags: ['isEligible', 'hasAccess', 'canEngage'],
    personal: [],
    withReason: ['withExtraControls', 'notSuitable'],
  },
  escalationRoute: {
    answeredBy: [],
    answers: [],
    settledBy: ['confirmed'],
    flags: [],
    personal: [],
  },
  competency: {
    answeredBy: [],
    answers: [],
    settledBy: ['confirmed'],
    flags: [],
    personal: [],
  },
  guardianConsent: {
    answeredBy: practitioner,
    answers: ['confirmed', 'none', 'notSafe', 'notSure', 'notSafeToAsk'],
    settledBy: ['confirmed', 'notSafe'],
    flags: ['guardianWasVerified'],
    personal: [],
    withRationale: ['notSafe'],
  },
  localRoute: {
    answeredBy: practitioner,
    answers: ['confirmed', 'none', 'notSure'],
    settledBy: ['confirmed'],
    flags: [],
    personal: ['localRoute'],
    isUncounted: true,
  },
};
