import { nextDeadline, project } from '@holdfast/session/authority';
import {
  aLiveSession,
  ANSWERS,
  aWaitingSession,
  aWalk,
  CLIENT,
  deviceOf,
  DUTY,
  PRACTITIONER,
  SETTLED_BY_TALKING,
  type Walk,
} from '@holdfast/session/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const SIDES = [PRACTITIONER, CLIENT] as const;
const client = CLIENT;

/** What happens in both sessions at the same instants, and a time that passes after it. */
interface Happening {
  readonly name: string;
  readonly make: (walk: Walk) => void;
}
const happening = (name: string, make: (walk: Walk) => unknown): Happening => ({
  name,
  make: (walk) => void make(walk),
});
/** Of risk, safeguarding, the guardian exception, a no-show: what the client must not see. */
const RISK = 'risk';

const ofSide = fc.constantFrom(...SIDES).chain((person) =>
  fc.constantFrom<Happening>(
    happening(`${person} unloads`, (walk) =>
      walk.state({ type: 'device.unloading', person, device: deviceOf(person) }, person),
    ),
    happening(`${person} is back`, (walk) => walk.join(person)),
    happening(`${person} has media`, (walk) => walk.media(person, 'up')),
    happening(`${person} has no media`, (walk) => walk.media(person, 'silent')),
    happening(`${person} is silent`, (walk) => walk.silent(person)),
    happening(`${person} is heard`, (walk) => walk.heard(person)),
    happening(`${person} leaves`, (walk) => walk.leave(person)),
  ),
);
/** The practitioner says it where their screen asks for it: in the run that is open, or where phone was chosen. */
const reach = (walk: Walk): Walk =>
  walk.run.state === 'none'
    ? walk.say(PRACTITIONER, { type: 'channel.recordCall', client, outcome: 'reachedByName' })
    : walk.value(`channel:${client}`) === 'phone'
      ? walk.recordCall('reachedByName', { run: walk.runId })
      : walk;
const observe = (walk: Walk, sound: 'gone' | 'heard') =>
  walk.state(
    {
      type: 'media.observed',
      client,
      device: deviceOf(PRACTITIONER),
      picture: 'seen',
      sound,
      sinceMs: walk.nowMs,
    },
    PRACTITIONER,
  );
const ofBoth = fc.constantFrom<Happening>(
  happening('reload', (walk) =>
    walk.state({ type: 'device.unloading', person: PRACTITIONER, device: deviceOf(PRACTITIONER) }).cut(),
  ),
  happening('heal', (walk) => walk.join(PRACTITIONER).join(CLIENT).heal()),
  happening('cut', (walk) => walk.cut()),
  happening('ask', (walk) => walk.say(CLIENT, { type: 'help.ask', client })),
  happening('tell', (walk) => walk.say(PRACTITIONER, { type: 'client.tell', client, step: 'stayTogether' })),
  happening('sound only', (walk) => walk.say(CLIENT, { type: 'channel.choose', client, to: 'audioOnly' })),
  happening('phone', (walk) => walk.say(CLIENT, { type: 'channel.choose', client, to: 'phone' })),
  happening('video', (walk) => walk.say(CLIENT, { type: 'channel.choose', client, to: 'video' })),
  happening('reached', reach),
  happening('call cut', (walk) => walk.say(PRACTITIONER, { type: 'call.cut', client })),
  happening('no sound', (walk) => observe(walk, 'gone')),
  happening('sound', (walk) => observe(walk, 'heard')),
  happening('not heard', (walk) =>
    walk.say(PRACTITIONER, { type: 'observation.report', client, what: 'cannotHear' }),
  ),
  happening('works again', (walk) => walk.say(CLIENT, { type: 'observation.settle', client })),
  happening('admit', (walk) => walk.say(PRACTITIONER, { type: 'person.admit', person: client })),
  happening('moved', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' })),
  happening('place', (walk) => walk.say(CLIENT, ANSWERS.location)),
);
/** Everything that the live threshold asks, and then live: what only risk asks must not show in the stage (I18). */
function goLive(walk: Walk): void {
  for (const item of SETTLED_BY_TALKING) walk.say(PRACTITIONER, ANSWERS[item]);
  walk.say(PRACTITIONER, { type: 'session.goLive' });
}

/** Only one of the two sessions hears of it. */
const ofRisk = fc.constantFrom<Happening>(
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client })),
  happening(RISK, (walk) => walk.say(DUTY[0], { type: 'crisis.joinEscalation', client })),
  happening(RISK, (walk) =>
    walk.say(DUTY[0], { type: 'crisis.confirmFact', client, fact: 'callBackNumber' }),
  ),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'crisis.setHarm', client, to: 'both' })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'consult.ask', client, person: 'supervisor-1' })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'staffNote.send', client })),
  happening(RISK, (walk) => walk.say(DUTY[0], { type: 'risk.raise', client })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'reassessed' })),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'child' })),
  happening(RISK, (walk) =>
    walk.say(PRACTITIONER, { type: 'safeguarding.notifyLead', client, way: 'alert' }),
  ),
  happening(RISK, (walk) =>
    walk.say(DUTY[0], {
      type: 'safeguarding.setGuardianException',
      client,
      isOn: true,
      rationaleRef: 'note-1',
    }),
  ),
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'attendance.openNoShow', client })),
);
/** What only one of the two sessions hears of: a discreet signal, what staff do about it, and what was agreed (Q3, Q11). */
const SECRET = 'secret';
const ofSecrets = fc.constantFrom<Happening>(
  happening(SECRET, (walk) => walk.say(CLIENT, { type: 'privacy.signal', client })),
  happening(SECRET, (walk) =>
    walk.say(PRACTITIONER, { type: 'privacy.acknowledge', client, outcome: 'seen' }),
  ),
  happening(SECRET, (walk) =>
    walk.say(PRACTITIONER, { type: 'privacy.setSafeContact', client, answerRef: 'a-1' }),
  ),
);
/** The same pauses for another reason: one session is paused, the other has an open pathway (U2). */
const UNTIL_PAUSED = 'pause for privacy';
const paused = (walk: Walk): boolean => walk.value('pause:session') === 'paused';
const pausing = (isPrivate: boolean, walk: Walk): void => {
  if (paused(walk)) {
    if (!isPrivate) return void walk.say(PRACTITIONER, { type: 'pause.end', client });
    return void walk.say(PRACTITIONER, {
      type: 'privacy.resolve',
      client,
      outcome: 'privateAgain',
      isFreeToSpeak: true,
    });
  }
  if (!isPrivate) return void walk.say(PRACTITIONER, { type: 'pause.start', client, reason: 'needed' });
  walk.say(PRACTITIONER, { type: 'privacy.open', client });
  walk.say(PRACTITIONER, { type: 'privacy.alertLead', client });
};
const ofPauses = fc.constantFrom<Happening>(
  happening(UNTIL_PAUSED, () => undefined),
  happening('client is ready', (walk) => walk.say(CLIENT, { type: 'pause.end', client })),
);
/** Nor of what staff, a supervisor or the service's management look back at. */
const ofReview = fc.constantFrom<Happening>(
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'nearMiss.flag', kind: 'overheard' })),
  happening(RISK, (walk) => walk.say(DUTY[0], { type: 'issue.report', kind: 'safety' })),
  happening(RISK, (walk) =>
    walk.say(PRACTITIONER, {
      type: 'closing.addFollowUp',
      followUp: 'f1',
      kind: 'callClient',
      owner: PRACTITIONER,
      dueOn: '2025-01-01',
    }),
  ),
  happening(RISK, (walk) =>
    walk.say('supervisor-1', { type: 'supervision.settle', pathway: 'c1.r1', rationaleRef: 'n1' }),
  ),
);
/** Neither of these is any business of a client's device (I22, I25). */
const ofPlan = fc.constantFrom<Happening>(
  happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'plan.raise', client, because: 'presentation' })),
  happening(RISK, (walk) =>
    walk.say(PRACTITIONER, { type: 'plan.review', client, review: 'crisisRoutes', outcome: 'reviewed' }),
  ),
  happening(RISK, (walk) => walk.say(PRACTITIONER, ANSWERS.signal)),
  happening(RISK, (walk) => walk.say(PRACTITIONER, ANSWERS.localRoute)),
);
const afterMs = fc.constantFrom(0, 1, 500, 1500, 2999, 3000, 3001, 5000, 9000, 14_999, 15_000, 70_000);
const story = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 4, arbitrary: ofSide },
      { weight: 3, arbitrary: ofBoth },
      { weight: 2, arbitrary: ofRisk },
      { weight: 1, arbitrary: ofReview },
      { weight: 1, arbitrary: ofPlan },
    ),
    afterMs,
  ),
  { minLength: 3, maxLength: 14 },
);

/** Everything that the client's device is sent, with the instant at which it is sent. */
function framesOf(
  walk: Walk,
  happenings: readonly (readonly [Happening, number])[],
  isTold: boolean,
): string[] {
  const frames: string[] = [];
  let last = '';
  const push = (): void => {
    const json = JSON.stringify(project(walk.session, CLIENT));
    if (json !== last) frames.push(`${walk.nowMs} ${json}`);
    last = json;
  };
  for (const [{ name, make }, waitMs] of happenings) {
    if (isTold || (name !== RISK && name !== SECRET)) make(walk);
    push();
    const untilMs = walk.nowMs + waitMs;
    for (
      let due = nextDeadline(walk.session);
      due !== null && due <= untilMs;
      due = nextDeadline(walk.session)
    ) {
      walk.to(due);
      push();
    }
    walk.to(untilMs);
  }
  return frames;
}

const STARTS: Readonly<Record<string, () => Walk>> = {
  'nobody came yet': () => aWalk().join(PRACTITIONER),
  waiting: () => aWaitingSession(),
  live: () => aLiveSession(),
};

/** Opened where nothing is open to pause, a pathway would be shown to nobody: both sessions have a call that goes on. */
const inPauses = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 3, arbitrary: ofSide },
      { weight: 2, arbitrary: ofBoth },
      { weight: 2, arbitrary: ofSecrets },
      { weight: 4, arbitrary: ofPauses },
    ),
    afterMs,
  ),
  { minLength: 3, maxLength: 14 },
);

test('[V1][U2][Q3][H16] a signal, what staff do about it, and broken privacy instead of a pause change neither a frame nor its instant', () => {
  fc.assert(
    fc.property(inPauses, (happenings) => {
      const told = (isPrivate: boolean) =>
        framesOf(
          aLiveSession(),
          happenings.map(([one, waitMs]) => [
            one.name === UNTIL_PAUSED ? happening(one.name, (walk) => pausing(isPrivate, walk)) : one,
            waitMs,
          ]),
          isPrivate,
        );
      expect(told(true)).toEqual(told(false));
    }),
    { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 100) },
  );
});

for (const [name, start] of Object.entries(STARTS)) {
  test(`[V1][P3][H05][H16] risk, told to one of two sessions, changes neither a frame of the client nor its instant, from ${name}`, () => {
    fc.assert(
      fc.property(story, (happenings) => {
        expect(framesOf(start(), happenings, true)).toEqual(framesOf(start(), happenings, false));
      }),
      { numRuns: Number(process.env['HOLDFAST_RUNS'] ?? 300) },
    );
  });
}

const STORIES: Readonly<Record<string, readonly (readonly [Happening, number])[]>> = {
  'a cut after a reload that was quick enough for nobody to notice': [
    [happening(RISK, (walk) => walk.say(DUTY[0], { type: 'risk.raise', client })), 0],
    [
      happening('unload', (walk) =>
        walk.state({ type: 'device.unloading', person: CLIENT, device: deviceOf(CLIENT) }, CLIENT),
      ),
      500,
    ],
    [happening('back', (walk) => walk.join(CLIENT).media(CLIENT, 'up')), 6000],
    [happening('cut', (walk) => walk.cut()), 20_000],
  ],
  'media that is back after a run was closed': [
    [happening('cut', (walk) => walk.cut()), 5000],
    [
      happening('close', (walk) =>
        walk.say(PRACTITIONER, { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' }),
      ),
      1000,
    ],
    [happening(RISK, (walk) => walk.say(DUTY[0], { type: 'risk.raise', client })), 1000],
    [happening('heal', (walk) => walk.heal()), 3000],
    [happening('cut', (walk) => walk.cut()), 10_000],
    [happening('heal', (walk) => walk.heal()), 10_000],
  ],
};

for (const [name, happenings] of Object.entries(STORIES)) {
  test(`[V1][P10][P15][H16] the client's frames do not tell of risk: ${name}`, () => {
    const told = framesOf(aLiveSession(), happenings, true);
    expect(told).toEqual(framesOf(aLiveSession(), happenings, false));
    expect(told.some((frame) => frame.includes('"contact":"lost"'))).toBe(true);
  });
}

test('[V1][I18][D15] what only risk asks does not show in the stage: set-up goes live all the same', () => {
  const happenings = [
    [happening(RISK, (walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client })), 0],
    [happening('admit', (walk) => walk.say(PRACTITIONER, { type: 'person.admit', person: client })), 1000],
    [happening('media', (walk) => walk.heal()), 1000],
    [happening('go live', goLive), 1000],
    [happening('moved', (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' })), 1000],
    [happening(RISK, (walk) => walk.say(PRACTITIONER, ANSWERS.localRoute)), 1000],
  ] as const;
  const told = framesOf(aWaitingSession(), happenings, true);
  expect(told).toEqual(framesOf(aWaitingSession(), happenings, false));
  expect(told.some((frame) => frame.includes('"stage":"live"'))).toBe(true);
});

test('[V1][P3] a page that goes is away for the client at once, and contact is lost with the first silence', () => {
  const shown = (walk: Walk) => {
    const held = project(walk.session, CLIENT);
    if (held?.role !== 'client') throw new Error('no client');
    return [held.contact, held.people.find(({ id }) => id === PRACTITIONER)?.presence];
  };
  for (const isRisky of [false, true]) {
    const walk = aLiveSession().by(10_000);
    if (isRisky) walk.say(PRACTITIONER, { type: 'risk.raise', client });
    walk.state({ type: 'device.unloading', person: PRACTITIONER, device: deviceOf(PRACTITIONER) });
    expect(shown(walk)).toEqual(['together', 'away']);
    const atMs = walk.nowMs;
    expect(shown(walk.by(1500).media(CLIENT, 'silent', atMs))).toEqual(['lost', 'away']);
    expect(shown(walk.by(7000).join(PRACTITIONER).heal())).toEqual(['together', 'here']);
    // Only a silence that begins later is a suspicion again, which the client is not shown (P9).
    expect(shown(walk.by(6000).media(CLIENT, 'silent', walk.nowMs))).toEqual(['together', 'here']);
  }
});
