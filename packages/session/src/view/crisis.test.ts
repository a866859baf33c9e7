import { describe, expect, test } from 'vitest';
import type { Care } from '../project/projection.js';
import {
  aCrisis,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
  aRun,
  itemsBut,
} from '../testing/a-projection.js';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';
import type { ShownFact, View } from './types.js';
import { view } from './view.js';

const client = CLIENT;
const WORDS = {
  c1: {
    callBackNumber: '+44 20 0000 0000',
    address: '1 Test Street',
    contactName: 'A',
    contactNumber: '100',
    contactMayBeTold: 'all',
  },
};
const seen = (care: Partial<Care> = {}): View =>
  view(
    aPractitionerProjection({ openPathways: ['crisis'], crisis: aCrisis(), ...care }, { vault: WORDS }),
    aDevice(),
    0,
  );
const ofDuty = (care: Partial<Care> = {}, role: 'duty' | 'supervisor' = 'duty'): View =>
  view(
    aDutyProjection(
      { openPathways: ['crisis'], crisis: aCrisis(), ...care },
      { vault: WORDS, role, person: `${role}-1` },
    ),
    aDevice(),
    0,
  );
const screenWith = (walk: Walk, person: string): View => screenOf(walk, person, WORDS);
const ids = (shown: View): string[] => shown.tasks.map(({ id }) => id);
const choicesOf = (shown: View, id: string): string[] =>
  shown.tasks.find((task) => task.id === id)?.choices.map((choice) => choice.id) ?? [];
const factOf = (shown: View, id: string): ShownFact | undefined => shown.facts.find((fact) => fact.id === id);

describe('what is asked again', () => {
  test('[C9][A28] place and number come first, one tap each, and beside it the way to write down what changed', () => {
    expect(ids(seen()).slice(0, 3)).toEqual(['crisis.location', 'crisis.callBackNumber', 'crisis']);
    const [place, number] = seen().tasks;
    for (const task of [place, number]) {
      expect(task?.choices.map(({ id }) => id)).toEqual(['unchanged', 'changed']);
      expect(task?.choices[0]).toMatchObject({ fields: [], confirm: null, weight: 'main' });
      expect(task?.urgency).toBe('now');
    }
    expect(place?.choices[0]?.command).toEqual({
      type: 'item.answer',
      item: 'locationConfirmed',
      answer: 'confirmed',
    });
  });

  test('[C9][A28][H04] what is read back stands in the question itself, as far as this page knows it', () => {
    const why = (shown: View) => shown.tasks.slice(0, 2).map((task) => task.why);
    expect(why(seen())).toEqual([
      { key: 'staff.crisis.location.is', params: { known: WORDS.c1.address } },
      { key: 'staff.crisis.callBackNumber.is', params: { known: WORDS.c1.callBackNumber } },
    ]);
    const nameless = aPractitionerProjection({ openPathways: ['crisis'], crisis: aCrisis() });
    expect(why(view(nameless, aDevice(), 0)).map((message) => message?.key)).toEqual([
      'staff.crisis.location.why',
      'staff.crisis.callBackNumber.why',
    ]);
  });

  test('[C9][I3] the duty person confirms for the crisis; answers of items are not theirs', () => {
    expect(choicesOf(ofDuty(), 'crisis.location')).toEqual(['unchanged']);
    expect(ofDuty().tasks[0]?.choices[0]?.command).toEqual({
      type: 'crisis.confirmFact',
      client,
      fact: 'location',
    });
  });

  test('[C9] it is asked once: not as an item beside it, and not once it was checked', () => {
    const items = itemsBut({ locationConfirmed: { isSettled: false, state: 'expired', answer: null } });
    expect(ids(seen({ items })).filter((id) => id.includes('ocation'))).toEqual(['crisis.location']);
    const checked = { state: 'checked', atMs: 5 } as const;
    const after = ids(seen({ crisis: aCrisis({ location: checked, callBackNumber: checked }) }));
    expect(after.filter((id) => id.startsWith('crisis.'))).toEqual(['crisis.harm']);
    const missing = itemsBut({ location: { isSettled: false, state: 'open', answer: null } });
    expect(choicesOf(seen({ items: missing }), 'crisis.location')).toEqual(['changed']);
  });

  test('[C9][H04] the address is marked as unverified until it is read back, in the crisis and after a move', () => {
    const walk = aLiveSession();
    const note = (person = PRACTITIONER) => factOf(screenWith(walk, person), 'address');
    expect(note()).toMatchObject({ isCaution: false, note: { key: 'fact.address.confirmed' } });
    walk.say(PRACTITIONER, { type: 'crisis.open', client });
    expect(note()).toMatchObject({ isCaution: true, note: { key: 'fact.address.unchecked' } });
    walk.say(PRACTITIONER, ANSWERS.locationConfirmed);
    expect(note()).toMatchObject({ isCaution: false, note: { params: { atMs: walk.nowMs } } });
    walk.say(CLIENT, { type: 'item.reopen', item: 'location' });
    expect(note()).toMatchObject({ isCaution: true, note: { key: 'fact.address.moved' } });
    walk.say(CLIENT, ANSWERS.location);
    expect(note()).toMatchObject({ isCaution: true });
    walk.say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(note()).toMatchObject({ isCaution: true, note: { key: 'fact.address.unconfirmed' } });
    expect(walk.say(PRACTITIONER, ANSWERS.locationConfirmed) && note()).toMatchObject({ isCaution: false });
    walk.say(CLIENT, { type: 'item.reopen', item: 'location' });
    expect(note()).toMatchObject({ isCaution: true });
  });

  test('[C9][A32][H04] the number is marked as not checked, and can be rung; a blocked one stays blocked', () => {
    expect(factOf(seen(), 'number')).toMatchObject({
      isCaution: true,
      note: { key: 'fact.number.unchecked' },
      href: 'tel:+442000000000',
    });
    expect(factOf(seen({ mayRing: false }), 'number')).toMatchObject({
      note: { key: 'fact.number.mustNotRing' },
      href: null,
    });
  });
});

test('[V9] [E10] number and place are on every screen on which somebody acts, whatever is open', () => {
  const lost = { state: 'lost', isMediaUp: false, lastTogetherAtMs: 0, deadlines: {} };
  const matters: Partial<Care>[] = [
    {},
    { crisis: aCrisis({ escalation: 'accepted', owner: 'duty-1' }) },
    { stage: 'closing' },
    { run: aRun(), contact: lost },
    { run: aRun({ phoning: 'open' }), contact: lost },
    { run: aRun({ deciding: 'undecided' }), contact: lost },
    { run: aRun({ status: 'exhausted' }), contact: lost },
    { contact: { ...lost, state: 'byPhone' } },
    { help: { isAsked: true, askedAtMs: 0, deadlines: {} } },
  ];
  for (const matter of matters) {
    for (const shown of [seen(matter), ofDuty(matter)]) {
      expect(factOf(shown, 'number')?.value).toBe(WORDS.c1.callBackNumber);
      expect(factOf(shown, 'address')?.value).toBe(WORDS.c1.address);
    }
  }
});

test('[C7][B07] who came reads what they do, and the others read who it is', () => {
  for (const escalation of ['joined', 'briefed', 'accepted'] as const) {
    const crisis = aCrisis({ escalation, joinedBy: 'duty-1', owner: 'duty-1' });
    const why = (shown: View) => shown.tasks.find(({ id }) => id === 'crisis')?.why?.key;
    expect(why(ofDuty({ crisis }))).toBe(`staff.crisis.why.${escalation}.you`);
    expect(why(seen({ crisis }))).toBe(`staff.crisis.why.${escalation}`);
  }
});

describe('the lists', () => {
  const checklists = {
    crisis: [{ step: 'means', outcome: null }],
    crisisOthers: [{ step: 'dutyToWarn', outcome: null }],
  };
  test('[C8][A30][E17] the enquiry is shown as short steps; harm to others brings its own list', () => {
    for (const harm of ['self', 'unknown'] as const)
      expect(ids(seen({ checklists, crisis: aCrisis({ harm }) }))).not.toContain(
        'checklist.crisisOthers.dutyToWarn',
      );
    for (const harm of ['others', 'both'] as const)
      expect(ids(seen({ checklists, crisis: aCrisis({ harm }) }))).toEqual(
        expect.arrayContaining(['checklist.crisisOthers.dutyToWarn', 'checklist.crisis.means']),
      );
    expect(ids(seen({ checklists, crisis: aCrisis({ state: 'none' }) }))).not.toContain(
      'checklist.crisis.means',
    );
  });

  test('[C8][T2] the four ways out are there while every step is open', () => {
    expect(choicesOf(seen({ checklists }), 'crisis')).toEqual(
      expect.arrayContaining(['helpOnScene', 'clientSafe', 'overridden']),
    );
  });
});

describe('beside every pathway', () => {
  const ALWAYS = ['consult', 'staffNote.1', 'tell', 'disclosure.1'];
  test('[M1][C20] a colleague can be asked in every open pathway and run, and nothing demands it', () => {
    const matters: Partial<Care>[] = [
      {},
      { crisis: aCrisis({ state: 'none' }), openPathways: ['safeguarding'] },
      { crisis: aCrisis({ state: 'none' }), openPathways: [], run: aRun() },
    ];
    for (const matter of matters) {
      expect(ids(seen(matter))).toEqual(expect.arrayContaining(ALWAYS));
      expect(seen(matter).tasks.find(({ id }) => id === 'consult')?.urgency).toBe('normal');
    }
    const quiet = view(aPractitionerProjection(), aDevice(), 0);
    expect(ids(quiet).filter((id) => ALWAYS.includes(id))).toEqual([]);
  });

  test('[R6][M1] who is asked from another list reads and writes notes, and is offered no command of the duty role', () => {
    const shown = ofDuty({ run: aRun(), risk: { isActive: true, sinceMs: 0 } }, 'supervisor');
    expect(shown.actions).toEqual([]);
    const alert = {
      id: 'a',
      about: 'c1.consult1',
      cause: 'consult',
      state: 'acknowledged',
      deadlines: {},
    } as const;
    const consult = {
      state: 'asked',
      person: 'supervisor-1',
      takenBy: null,
      staff: ['supervisor-1'],
    } as const;
    const asked = ofDuty(
      {
        crisis: aCrisis({ escalation: 'offered' }),
        alerts: [{ ...alert, person: 'supervisor-1' }],
        consult: { ...consult, staff: [...consult.staff] },
      },
      'supervisor',
    );
    const commands = (one: View) =>
      one.tasks.flatMap(({ choices }) => choices.map(({ command }) => command.type));
    expect(commands(shown)).toEqual(['staffNote.send']);
    expect(commands(asked)).toEqual(['alert.accept', 'staffNote.send']);
  });

  test('[M1][C20][B07] who was asked reads that it was them', () => {
    const consult = { person: 'duty-1', takenBy: 'duty-1', staff: ['duty-1'] };
    const title = (shown: View) => shown.tasks.find(({ id }) => id === 'consult')?.title.key;
    for (const state of ['asked', 'taken'] as const) {
      expect(title(ofDuty({ consult: { ...consult, state } }))).toBe(`consult.${state}.you`);
      expect(title(seen({ consult: { ...consult, state } }))).toBe(`consult.${state}.title`);
    }
  });

  test('[M2][A33] what was told stands on the screen of staff, with who and when', () => {
    const made = { to: 'police', categories: ['place', 'risk'], by: 'duty-1', atMs: 9 } as const;
    const shown = seen({ disclosures: [{ ...made, categories: [...made.categories] }] });
    expect(shown.tasks.find(({ id }) => id === 'disclosure.2')?.urgency).toBe('normal');
    expect(shown.tasks.find(({ id }) => id === 'disclosure.1')).toMatchObject({
      title: { key: 'disclosure.to.police' },
      why: { params: { name: 'duty-1', atMs: 9, count: 2 } },
      urgency: 'done',
    });
  });
});

test('[M3][H28] the card of the contact equals the permission, for all scopes: what was not agreed is not to be said', () => {
  const scopes = ['mayTellPlace', 'mayTellRisk', 'mayTellCare'] as const;
  const values = [true, false, undefined];
  for (const mayTellPlace of values) {
    for (const mayTellRisk of values) {
      for (const mayTellCare of values) {
        const agreed = { mayTellPlace, mayTellRisk, mayTellCare };
        const flags = Object.fromEntries(
          Object.entries({ agreedWhileAlone: true, ...agreed }).filter(([, value]) => value !== undefined),
        );
        const items = itemsBut({ emergencyContact: { answer: 'confirmed', flags } });
        const shown = seen({ items });
        const may = scopes.filter((scope) => factOf(shown, scope)?.note?.key === 'fact.scope.may');
        const mustNot = scopes.filter((scope) => factOf(shown, scope)?.note?.key === 'fact.scope.mustNot');
        expect(may).toEqual(scopes.filter((scope) => agreed[scope] === true));
        expect([...may, ...mustNot].length).toBe(3);
        expect(mustNot.every((scope) => factOf(shown, scope)?.isCaution)).toBe(true);
      }
    }
  }
  const items = itemsBut({ emergencyContact: { answer: 'notSafe', flags: {} } });
  expect(scopes.filter((scope) => factOf(seen({ items }), scope) !== undefined)).toEqual([]);
});

describe('whoever came is not there any more', () => {
  const [DUTY_1, DUTY_2] = DUTY;
  const taken = (): Walk =>
    aLiveSession()
      .join(DUTY_1)
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.offerEscalation', client })
      .say(DUTY_1, { type: 'crisis.joinEscalation', client });
  const gone = (walk: Walk): Walk => walk.silent(DUTY_1).by(60_000);
  const noticeFor = (walk: Walk, person: string) =>
    screenWith(walk, person).notices.find(({ id }) => id === 'crisis.gone');

  test.for([
    ['who came', taken],
    [
      'who took it over',
      () =>
        taken()
          .say(DUTY_1, { type: 'crisis.briefEscalation', client })
          .say(DUTY_1, { type: 'crisis.acceptEscalation', client }),
    ],
  ] as const)('[C10][E18][H22] %s: said at once to those who wait, who may ask for the next', ([, begin]) => {
    const walk = begin();
    expect(noticeFor(walk, PRACTITIONER)).toBeUndefined();
    gone(walk);
    expect(noticeFor(walk, PRACTITIONER)).toMatchObject({
      level: 'alert',
      message: { key: 'notice.crisis.gone.ask', params: { name: DUTY_1 } },
    });
    expect(choicesOf(screenWith(walk, PRACTITIONER), 'crisis')).toContain('offerOn');
    // Nobody is asked by itself.
    expect(walk.session.charts[`alert:c1.crisis1.o1.escalation.${DUTY_2}`]).toBeUndefined();
    walk.say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
    expect(noticeFor(walk, PRACTITIONER)).toBeUndefined();
  });

  test('[C10] who is there again is no news, and nobody reads it of themselves or of a crisis that is over', () => {
    const walk = gone(taken());
    expect(noticeFor(walk, DUTY_1)).toBeUndefined();
    const over = gone(taken()).say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' });
    expect(noticeFor(over, PRACTITIONER)).toBeUndefined();
    expect(noticeFor(walk.join(DUTY_1), PRACTITIONER)).toBeUndefined();
  });

  test('[C10] who cannot ask for the next reads who has it', () => {
    const people = [{ id: DUTY_2, role: 'duty' as const, presence: 'gone' }];
    const shown = ofDuty({ people, crisis: { ...aCrisis(), escalation: 'joined', joinedBy: DUTY_2 } });
    expect(shown.notices.find(({ id }) => id === 'crisis.gone')).toMatchObject({
      level: 'status',
      message: { key: 'notice.crisis.gone' },
    });
  });
});
