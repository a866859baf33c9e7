/**
 * Every duration of the protocol: its default, the bounds that no host can leave, and the direction that is
 * stricter (H25). A host may tighten, never loosen below the floor. Defaults are the table "The ladder" of the
 * design; E13 gives the five minutes. `drill` bounds apply to drill policies only.
 */
export interface DurationRule {
  /** Milliseconds in the reference policy. */
  readonly defaultMs: number;
  /** Least milliseconds that a host may set. */
  readonly minMs: number;
  /** Most milliseconds that a host may set. */
  readonly maxMs: number;
  /** Which way is safer for the client. */
  readonly stricter: 'shorter' | 'longer';
  /** The same for drill policies: seconds instead of minutes (A27). */
  readonly drill: { readonly defaultMs: number; readonly minMs: number; readonly maxMs: number };
  /** Why the bounds are where they are: shown when a value is refused. */
  readonly reason: string;
}

const s = 1000;
const min = 60 * s;
const day = 24 * 60 * min;

const rule = (
  [defaultMs, minMs, maxMs]: readonly [number, number, number],
  [drillDefault, drillMin, drillMax]: readonly [number, number, number],
  stricter: DurationRule['stricter'],
  reason: string,
): DurationRule => ({
  defaultMs,
  minMs,
  maxMs,
  stricter,
  drill: { defaultMs: drillDefault, minMs: drillMin, maxMs: drillMax },
  reason,
});

/**
 * The rule of every duration, by its name in a policy. The text of each rule is in docs/safety-protocol.md.
 */
export const DURATIONS = {
  suspectAfterMs: rule(
    [1.5 * s, 1 * s, 3 * s],
    [1.5 * s, 1 * s, 3 * s],
    'shorter',
    'below 1 s a healthy link looks suspect',
  ),
  lostAfterMs: rule(
    [3 * s, 2 * s, 10 * s],
    [3 * s, 2 * s, 10 * s],
    'shorter',
    'contact is called lost within seconds, not at every hiccup',
  ),
  reconnectWaitMs: rule(
    [300 * s, 30 * s, 300 * s],
    [15 * s, 2 * s, 60 * s],
    'shorter',
    'most outages heal within 30 s; after five minutes a person must act (E13)',
  ),
  phoneAttemptMs: rule(
    [60 * s, 30 * s, 120 * s],
    [4 * s, 1 * s, 60 * s],
    'shorter',
    'a phone rings about 30 s before it is lost',
  ),
  phoningMs: rule(
    [180 * s, 60 * s, 300 * s],
    [12 * s, 3 * s, 60 * s],
    'shorter',
    'three attempts, then a decision (E14)',
  ),
  decideMs: rule(
    [120 * s, 30 * s, 300 * s],
    [10 * s, 1 * s, 60 * s],
    'shorter',
    'silence of a practitioner is handed to the duty role',
  ),
  decideRiskMs: rule(
    [60 * s, 15 * s, 120 * s],
    [6 * s, 1 * s, 60 * s],
    'shorter',
    'with risk active silence is handed over sooner (A32)',
  ),
  actMs: rule(
    [120 * s, 30 * s, 300 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    'a decision without a result is not yet an act',
  ),
  actRiskMs: rule(
    [60 * s, 15 * s, 120 * s],
    [5 * s, 1 * s, 60 * s],
    'shorter',
    'a decision without a result is not yet an act',
  ),
  notNowMs: rule(
    [300 * s, 30 * s, 300 * s],
    [15 * s, 1 * s, 60 * s],
    'shorter',
    '"not now" always names when to look again',
  ),
  notNowRiskMs: rule(
    [60 * s, 15 * s, 60 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    '"not now" always names when to look again',
  ),
  acknowledgeMs: rule(
    [60 * s, 15 * s, 120 * s],
    [6 * s, 1 * s, 60 * s],
    'shorter',
    'an alert that nobody sees goes to the next in line (H33)',
  ),
  acceptMs: rule(
    [120 * s, 30 * s, 300 * s],
    [10 * s, 1 * s, 60 * s],
    'shorter',
    'an alert that nobody takes goes to the next in line',
  ),
  acceptRiskMs: rule(
    [60 * s, 15 * s, 120 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    'an alert that nobody takes goes to the next in line',
  ),
  exhaustedRepeatMs: rule(
    [60 * s, 15 * s, 120 * s],
    [5 * s, 1 * s, 60 * s],
    'shorter',
    'exhausted is never silent',
  ),
  practitionerGoneMs: rule(
    [60 * s, 10 * s, 120 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    'nobody is with the client (H02)',
  ),
  recoveredAfterMs: rule(
    [5 * s, 3 * s, 15 * s],
    [3 * s, 1 * s, 15 * s],
    'longer',
    'a link that flaps has not recovered (H27)',
  ),
  wordMs: rule(
    [60 * s, 20 * s, 120 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    'a picture is not yet a person who can talk',
  ),
  wordRiskMs: rule(
    [30 * s, 15 * s, 60 * s],
    [5 * s, 1 * s, 60 * s],
    'shorter',
    'a picture is not yet a person who can talk',
  ),
  stillTogetherEveryMs: rule(
    [600 * s, 60 * s, 900 * s],
    [20 * s, 2 * s, 120 * s],
    'shorter',
    'nobody else sees a phone call end',
  ),
  stillTogetherEveryRiskMs: rule(
    [180 * s, 60 * s, 300 * s],
    [10 * s, 2 * s, 120 * s],
    'shorter',
    'nobody else sees a phone call end',
  ),
  stillTogetherAnswerMs: rule(
    [120 * s, 30 * s, 180 * s],
    [8 * s, 1 * s, 60 * s],
    'shorter',
    'silence on the phone is handed to the duty role',
  ),
  helpAnswerMs: rule(
    [30 * s, 10 * s, 60 * s],
    [6 * s, 1 * s, 60 * s],
    'shorter',
    'a person who asks for someone is answered',
  ),
  flappingBudgetMs: rule(
    [300 * s, 60 * s, 300 * s],
    [25 * s, 2 * s, 60 * s],
    'shorter',
    'many short losses are one long one (H27)',
  ),
  flappingWindowMs: rule(
    [30 * min, 10 * min, 60 * min],
    [120 * s, 10 * s, 600 * s],
    'longer',
    'many short losses are one long one (H27)',
  ),
  unloadingMs: rule([15 * s, 3 * s, 15 * s], [8 * s, 1 * s, 15 * s], 'shorter', 'a reload takes seconds'),
  unloadingRiskMs: rule(
    [3 * s, 2 * s, 5 * s],
    [3 * s, 1 * s, 5 * s],
    'shorter',
    'with risk active nothing waits for a reload',
  ),
  soundMissingMs: rule(
    [12 * s, 5 * s, 30 * s],
    [5 * s, 1 * s, 30 * s],
    'shorter',
    'a voice that is gone is not noticed by whoever is speaking (H11)',
  ),
  reassessMs: rule(
    [15 * s, 5 * s, 15 * s],
    [15 * s, 3 * s, 15 * s],
    'shorter',
    'after a start of the session server devices get time to come back',
  ),
  signalAcknowledgeMs: rule(
    [30 * s, 10 * s, 60 * s],
    [6 * s, 1 * s, 60 * s],
    'shorter',
    'a discreet signal that the practitioner has not seen goes to the duty role (H16)',
  ),
  privacyActMs: rule(
    [120 * s, 30 * s, 300 * s],
    [10 * s, 1 * s, 60 * s],
    'shorter',
    'silence of a practitioner while somebody listens is handed to the duty role (A26)',
  ),
  pauseRemindMs: rule(
    [180 * s, 60 * s, 600 * s],
    [15 * s, 2 * s, 60 * s],
    'shorter',
    'a client who is neither seen nor heard is not forgotten (A42)',
  ),
  callBackRemindMs: rule(
    [120 * s, 30 * s, 300 * s],
    [10 * s, 2 * s, 60 * s],
    'shorter',
    'a client who cannot understand or be understood is not left waiting (D05)',
  ),
  restartHoldMs: rule(
    [3 * s, 1 * s, 3 * s],
    [3 * s, 1 * s, 3 * s],
    'shorter',
    'an open run waits for what the devices saw',
  ),
  restoreFreshMs: rule(
    [30 * s, 10 * s, 60 * s],
    [30 * s, 1 * s, 60 * s],
    'shorter',
    'a restart takes seconds, and who talks goes on talking; from a minute on nobody knows who is in the room (H24)',
  ),
  restoreStaleMs: rule(
    [60 * min, 10 * min, 4 * 60 * min],
    [60 * s, 5 * s, 4 * 60 * min],
    'shorter',
    'after the length of a session it is another meeting: who and where is asked again (H24)',
  ),
  lateAfterMs: rule(
    [300 * s, 60 * s, 1800 * s],
    [6 * s, 1 * s, 60 * s],
    'shorter',
    'a client who does not come may be in need (C24)',
  ),
  incidentFollowUpMs: rule(
    [24 * 60 * min, 60 * min, 7 * 24 * 60 * min],
    [60 * s, 10 * s, 24 * 60 * min],
    'shorter',
    'after an incident somebody comes back to the client soon, within a week at most (C22)',
  ),
  planStaleAfterMs: rule(
    [90 * day, 1 * day, 366 * day],
    [1 * day, 1 * min, 366 * day],
    'shorter',
    'a safety plan that nobody has looked at for long may not be true any more (C04)',
  ),
} as const satisfies Record<string, DurationRule>;

/** The name of a duration, like `reconnectWaitMs`. */
export type DurationName = keyof typeof DURATIONS;
/** The durations of one policy, in milliseconds. */
export type Durations = Readonly<Record<DurationName, number>>;

/** Numbers that are counts, not durations. */
export const PHONE_ATTEMPTS = 3;
