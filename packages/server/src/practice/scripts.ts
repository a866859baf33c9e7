import type { Span } from './dice.js';
import type { Deed, Habit, Part, PracticeScript, Press, Step } from './script.js';

const s = 1000;
const habit = (press: Press, afterMs: Span): Habit => ({ press, afterMs });
const confirmed = { answer: 'confirmed' } as const;

/** A client who reads each question, then answers it. */
export const CLIENT: readonly Habit[] = [habit({ type: 'item.answer', with: confirmed }, [1.5 * s, 4 * s])];

/** Takes what comes, one after the other; stands down what is over, and settles a run that they have taken over. */
const DUTY: readonly Habit[] = [
  habit({ type: 'alert.acknowledge' }, [1.5 * s, 4 * s]),
  habit({ type: 'alert.accept' }, [1.5 * s, 5 * s]),
  habit({ type: 'ladder.standDown' }, [6 * s, 10 * s]),
  habit({ type: 'ladder.dispose' }, [20 * s, 30 * s]),
];

/** Nobody says these in the client's place. */
const CLIENTS_OWN = ['callBackNumber', 'location', 'consent', 'device'];
/** The client may give these themselves; the practitioner asks for them only after a while. */
const ASKED_LATER = ['emergencyContact', 'backUpChannel'];

/** A practitioner who does what is to be done. */
export const PRACTITIONER: readonly Habit[] = [
  habit({ type: 'item.answer', with: confirmed, notItems: [...CLIENTS_OWN, ...ASKED_LATER] }, [
    1.5 * s,
    4 * s,
  ]),
  habit({ type: 'item.answer', with: confirmed, notItems: CLIENTS_OWN }, [15 * s, 25 * s]),
  habit({ type: 'person.admit' }, [3 * s, 6 * s]),
  habit({ type: 'session.goLive' }, [2 * s, 4 * s]),
  habit({ type: 'help.answer' }, [2 * s, 5 * s]),
  habit({ type: 'privacy.acknowledge', with: { outcome: 'seen' } }, [2 * s, 5 * s]),
  habit({ type: 'pause.end' }, [6 * s, 10 * s]),
  habit({ type: 'ladder.confirmTogether' }, [1.5 * s, 4 * s]),
  habit({ type: 'ladder.standDown' }, [2 * s, 5 * s]),
  habit({ type: 'ladder.recordCall', with: { outcome: 'noAnswer' } }, [2 * s, 4 * s]),
  habit({ type: 'ladder.dispose' }, [25 * s, 35 * s]),
  habit({ type: 'closing.giveRationale' }, [1 * s, 2 * s]),
  habit({ type: 'closing.dispose' }, [2 * s, 4 * s]),
  habit({ type: 'session.close' }, [4 * s, 6 * s]),
];

const soon: Span = [0.5 * s, 3 * s];
const IN_CALL = ['live'] as const;
const step = (afterMs: Span, does: Deed, when: Step['when'] = IN_CALL): Step => ({ when, afterMs, does });
const drop = (forMs: Span): Deed => ({ kind: 'drop', line: true, forMs });
const client = (...steps: readonly Step[]): Part => ({ comesAfterMs: soon, habits: CLIENT, steps });
const withClient = (about: string, other: Part, hasTime = false): PracticeScript => ({
  practises: 'practitioner',
  about,
  other,
  duty: DUTY,
  hasTime,
});

/** The first thing that happens in a call, once it has settled. */
const first: Span = [12 * s, 20 * s];
const next: Span = [6 * s, 10 * s];
const shortly: Span = [4 * s, 6 * s];

/** The scripts that there are, by name. Times are those of a drill policy: seconds stand for minutes. */
export const SCRIPTS = {
  smooth: withClient('The client answers everything and stays until you end the session.', client()),
  oneDrop: withClient(
    'The line of the client drops once and heals by itself.',
    client(step(first, drop([6 * s, 9 * s]))),
  ),
  longDrop: withClient(
    'The line of the client drops for long: to the phone, and to the decision about the emergency contact.',
    client(step(first, drop([70 * s, 90 * s]))),
  ),
  flapping: withClient(
    'The line of the client drops again and again.',
    client(step(first, drop(shortly)), ...[1, 2, 3, 4, 5].map(() => step(next, drop(shortly)))),
  ),
  discreetSignal: withClient(
    'The client gives the discreet signal: somebody is near.',
    client(step(first, { kind: 'signal' })),
  ),
  crisis: withClient(
    'The client asks for someone; open a crisis. Then their line drops.',
    client(
      step(first, { kind: 'press', press: { type: 'help.ask' } }),
      step([20 * s, 30 * s], drop([40 * s, 55 * s])),
    ),
  ),
  quickExit: withClient('The client leaves by quick exit.', client(step(first, { kind: 'exit' }))),
  noShow: withClient('The client does not come.', { comesAfterMs: null, habits: [], steps: [] }, true),
  firstTime: {
    practises: 'client',
    about: 'A practitioner lets you in, and loses the line once. Try everything; then the session ends.',
    other: {
      comesAfterMs: soon,
      habits: PRACTITIONER,
      steps: [
        step([20 * s, 30 * s], drop([8 * s, 11 * s])),
        step([75 * s, 100 * s], { kind: 'press', press: { type: 'session.end' } }, [
          'live',
          'waiting',
          'reconnecting',
          'phone',
          'deciding',
        ]),
      ],
    },
    duty: DUTY,
    hasTime: false,
  },
} as const satisfies Readonly<Record<string, PracticeScript>>;

/** The name of a script; {@link PRACTICE_SCRIPTS} says what happens in each. */
export type PracticeScriptName = keyof typeof SCRIPTS;

/** A script, for the person who chooses one. */
export interface PracticeScriptInfo {
  /** For `createPracticeRoom`. */
  readonly name: PracticeScriptName;
  /** Who practises with it. */
  readonly practises: 'practitioner' | 'client';
  /** What to expect, in a sentence. */
  readonly about: string;
}

/** Every script, the plainest first. */
export const PRACTICE_SCRIPTS: readonly PracticeScriptInfo[] = (
  Object.keys(SCRIPTS) as PracticeScriptName[]
).map((name) => ({ name, practises: SCRIPTS[name].practises, about: SCRIPTS[name].about }));

/** At the end of the room's time: whatever is open is ended by whoever may, so that nothing goes on for nobody (K25). */
export const TIDYING: readonly Habit[] = [
  habit({ type: 'alert.acknowledge' }, [300, 600]),
  habit({ type: 'alert.accept' }, [300, 600]),
  habit({ type: 'help.answer' }, [300, 600]),
  habit({ type: 'privacy.acknowledge', with: { outcome: 'seen' } }, [300, 600]),
  habit({ type: 'privacy.resolve', with: { outcome: 'falseAlarm' } }, [300, 600]),
  habit({ type: 'crisis.resolve', with: { exit: 'overridden' } }, [300, 600]),
  habit({ type: 'ladder.takeOver' }, [300, 600]),
  habit({ type: 'ladder.confirmTogether' }, [300, 600]),
  habit({ type: 'ladder.dispose' }, [300, 600]),
  habit({ type: 'session.end' }, [300, 600]),
  habit({ type: 'closing.giveRationale' }, [300, 600]),
  habit({ type: 'closing.dispose' }, [300, 600]),
  habit({ type: 'session.close' }, [300, 600]),
];
