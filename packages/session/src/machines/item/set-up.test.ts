import {
  EXPIRIES,
  ITEM_RULES,
  ITEMS,
  referencePolicy,
  SESSION_TYPES,
  type Expiry,
  type ItemName,
  type Policy,
} from '@holdfast/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project } from '../../project/project.js';
import type { VaultView } from '@holdfast/protocol';
import { aDevice } from '../../testing/a-projection.js';
import {
  aLiveSession,
  aSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
} from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { aChart, deliver } from '../../testing/deliver.js';
import type { DeviceState, View } from '../../view/types.js';
import { view } from '../../view/view.js';
import { isSettled, type ItemContext } from './answers.js';
import { itemConcept } from './item.concept.js';

const itemOf = (walk: Walk, item: ItemName) => walk.session.charts[`item:${item}`]?.context as ItemContext;
const screen = (
  walk: Walk,
  person: string,
  vault: VaultView = {},
  device: Partial<DeviceState> = {},
): View => {
  const held = project(walk.session, person, vault);
  if (held === null) throw new Error('nobody');
  return view(held, aDevice({ lastHeardAtMs: walk.nowMs, ...device }), walk.nowMs);
};
const taskOf = (shown: View, item: ItemName) => shown.tasks.find((task) => task.item === item);
const OWN = ITEMS.filter((item) => ITEM_RULES[item].answeredBy.includes('client'));

describe('asking, and not being sure', () => {
  test.each(OWN)(
    '[I20][C17] %s can be answered with "not sure" by whoever tells, and the practitioner reads that they ask',
    (item) => {
      expect(ITEM_RULES[item].answers).toContain('notSure');
      const walk = aWaitingSession().say(CLIENT, { type: 'item.answer', item, answer: 'notSure' });
      const notice = screen(walk, PRACTITIONER).notices.find(({ id }) => id === `asks.${item}`);
      expect(notice?.message).toEqual({ key: 'notice.asks', params: { name: 'c1', what: `item.${item}` } });
      walk.say(CLIENT, ANSWERS[item]);
      expect(screen(walk, PRACTITIONER).notices.map(({ id }) => id)).not.toContain(`asks.${item}`);
    },
  );

  test('[I20][C17] every step that a person answers offers it, on whichever screen it stands', () => {
    const open = aWalk().join(PRACTITIONER).join(CLIENT);
    for (const person of [PRACTITIONER, CLIENT]) {
      for (const { item, choices } of screen(open, person).tasks.filter(
        ({ item, urgency }) => item !== null && ITEM_RULES[item].answeredBy.length > 0 && urgency !== 'done',
      ))
        expect(
          choices.map(({ id }) => id),
          `${person} ${String(item)}`,
        ).toContain('notSure');
    }
  });

  test('[C17] what the practitioner is not sure of is no question of the client', () => {
    const walk = aWaitingSession().say(PRACTITIONER, {
      type: 'item.answer',
      item: 'location',
      answer: 'notSure',
    });
    expect(screen(walk, PRACTITIONER).notices).toEqual([]);
  });
});

describe('the place', () => {
  const known = { c1: { address: '1 Example Street' } };

  test('[I21][C11][E08] the same place as last time is one tap, and is read back all the same', () => {
    const walk = aWalk().join(PRACTITIONER).join(CLIENT);
    for (const person of [CLIENT, PRACTITIONER]) {
      const task = taskOf(screen(walk, person, known), 'location');
      expect(task?.why?.params).toEqual({ address: '1 Example Street' });
      expect(task?.choices[0]).toMatchObject({
        id: 'same',
        fields: [],
        command: { flags: { samePlace: true } },
      });
      // Another place is written anew: nothing of the last one is left in the field.
      expect(task?.fields.flatMap((field) => (field.kind === 'personal' ? [field.current] : []))).toEqual([
        null,
        null,
        null,
      ]);
    }
    const same = taskOf(screen(walk, CLIENT, known), 'location')?.choices[0];
    if (same === undefined) throw new Error('not offered');
    expect(walk.say(CLIENT, same.command).lastRefusal).toBeNull();
    expect(itemOf(walk, 'location').flags).toEqual({ samePlace: true });
    expect(walk.value('item:locationConfirmed')).toBe('open');
    expect(
      taskOf(screen(aWalk().join(CLIENT), CLIENT), 'location')?.choices.map(({ id }) => id),
    ).not.toContain('same');
  });

  test('[I21][C11][H04] "I have moved" is loud, and no card shows the old place as the one for help', () => {
    const walk = aLiveSession().say(CLIENT, { type: 'item.reopen', item: 'location' });
    const shown = screen(walk, PRACTITIONER, known);
    expect(shown.notices.find(({ id }) => id === 'moved')?.level).toBe('alert');
    expect(shown.tasks.filter(({ urgency }) => urgency === 'now').map(({ item }) => item)).toEqual([
      'location',
      'locationConfirmed',
    ]);
    expect(shown.facts.find(({ id }) => id === 'address')).toMatchObject({
      value: null,
      note: { key: 'fact.address.moved' },
      isCaution: true,
    });
    walk.say(CLIENT, ANSWERS.location);
    expect(screen(walk, PRACTITIONER, known).facts.find(({ id }) => id === 'address')).toMatchObject({
      note: { key: 'fact.address.unconfirmed' },
      isCaution: true,
    });
    walk.say(PRACTITIONER, ANSWERS.locationConfirmed);
    expect(screen(walk, PRACTITIONER, known).facts.find(({ id }) => id === 'address')).toMatchObject({
      value: '1 Example Street',
      note: { key: 'fact.address.confirmed' },
      isCaution: false,
    });
    expect(screen(walk, PRACTITIONER).notices.map(({ id }) => id)).not.toContain('moved');
  });

  test('[I21][C17][H04] who moved and is not sure where they are gives no new place: all of it stays loud', () => {
    for (const by of [CLIENT, PRACTITIONER]) {
      const walk = aLiveSession().say(CLIENT, { type: 'item.reopen', item: 'location' });
      walk.say(by, { type: 'item.answer', item: 'location', answer: 'notSure' });
      expect([walk.lastRefusal, walk.value('item:location')]).toEqual([null, 'uncertain']);
      const shown = screen(walk, PRACTITIONER, known);
      expect(shown.notices.find(({ id }) => id === 'moved')?.level).toBe('alert');
      expect(shown.facts.find(({ id }) => id === 'address')).toMatchObject({
        value: null,
        note: { key: 'fact.address.moved' },
      });
    }
  });

  test('[I21] during a run the notice and the card stay; a practitioner who corrects the place is not alarmed', () => {
    const walk = aLiveSession().say(CLIENT, { type: 'item.reopen', item: 'location' }).cut().by(400_000);
    expect(screen(walk, PRACTITIONER).notices.map(({ id }) => id)).toContain('moved');
    const own = aLiveSession().say(PRACTITIONER, { type: 'item.reopen', item: 'location' });
    expect(screen(own, PRACTITIONER).notices.map(({ id }) => id)).not.toContain('moved');
  });

  test('[I20][C10] a place without its unit or its way in is shown as not complete', () => {
    const cautions = (words: object) =>
      screen(aLiveSession(), PRACTITIONER, { c1: { address: 'x', ...words } })
        .facts.filter(({ id, isCaution }) => isCaution && ['addressUnit', 'entryNotes'].includes(id))
        .map(({ id }) => id);
    expect(cautions({})).toEqual(['addressUnit', 'entryNotes']);
    expect(cautions({ addressUnit: '2' })).toEqual(['entryNotes']);
    expect(cautions({ addressUnit: '2', entryNotes: 'x' })).toEqual([]);
  });
});

describe('consent, the agreed sign and wishes', () => {
  test('[I22][C09][E03] nobody agrees without having been told what happens when the call drops, and in danger', () => {
    for (const person of [CLIENT, PRACTITIONER]) {
      for (const flags of [undefined, {}, { ladderExplained: false }]) {
        const { flags: _, ...bare } = ANSWERS.consent;
        const walk = aWalk()
          .join(person)
          .say(person, { ...bare, ...(flags && { flags }) });
        expect([walk.lastRefusal?.code, walk.value('item:consent')]).toEqual(['bad-answer', 'open']);
      }
      expect(aWalk().join(person).say(person, ANSWERS.consent).lastRefusal).toBeNull();
    }
    const client = screen(aWalk().join(CLIENT), CLIENT);
    expect(client.explanation.map(({ key }) => key)).toContain('client.setUp.ifDropped');
    expect(taskOf(client, 'consent')?.fields.map(({ name }) => name)).toEqual(['ladderExplained']);
  });

  test('[I22][C15] consent and limits each stand for the version that was shown, and for no other', () => {
    const policy = { ...referencePolicy, texts: { ...referencePolicy.texts, consent: 'consent-v2' } };
    const walk = aWalk({ policy }).join(CLIENT);
    expect(walk.say(CLIENT, ANSWERS.consent).lastRefusal?.code).toBe('bad-answer');
    expect(walk.say(CLIENT, { ...ANSWERS.consent, textVersion: 'consent-v2' }).lastRefusal).toBeNull();
    expect(walk.events.at(-1)?.details).toEqual({ textVersion: 'consent-v2', ladderExplained: true });
  });

  test('[I22][A11][C16] an agreed sign is at least one of three; the client’s device never holds that there is one', () => {
    const none = { hasSafeWord: false, hasGesture: false, hasSoftwareSignal: false };
    expect(aLiveSession().say(PRACTITIONER, { ...ANSWERS.signal, flags: none }).lastRefusal?.code).toBe(
      'bad-answer',
    );
    const bytes = (walk: Walk) => JSON.stringify([project(walk.session, CLIENT), screen(walk, CLIENT)]);
    const quiet = aLiveSession().say(PRACTITIONER, { type: 'item.answer', item: 'signal', answer: 'none' });
    for (const name of ['hasSafeWord', 'hasGesture', 'hasSoftwareSignal'] as const) {
      const agreed = aLiveSession().say(PRACTITIONER, {
        ...ANSWERS.signal,
        flags: { ...none, [name]: true },
      });
      expect(agreed.lastRefusal).toBeNull();
      expect(bytes(agreed)).toBe(bytes(quiet));
    }
    const facts = screen(aLiveSession(), PRACTITIONER).facts.map(({ id }) => id);
    expect(facts).toContain('gesture');
    expect(aLiveSession().say(CLIENT, ANSWERS.signal).lastRefusal?.code).toBe('not-allowed');
  });

  test('[I22][D10][D06] a first session asks for wishes, resources and skills; the wish has a way, a kind of session and a day', () => {
    const walk = aLiveSession();
    expect(walk.events.find(({ subject }) => subject?.id === 'preferences')?.details).toEqual({
      askedResources: true,
      askedSkills: true,
      way: 'video',
      reviewOn: '2026-06-01',
      sessionType: 'therapy',
    });
    const { way: _, ...bare } = ANSWERS.preferences;
    expect(aLiveSession().say(PRACTITIONER, bare).lastRefusal?.code).toBe('bad-answer');
    expect(aLiveSession().say(PRACTITIONER, { ...ANSWERS.identity, way: 'phone' }).lastRefusal?.code).toBe(
      'bad-answer',
    );
  });

  test('[I22][D06] later it is asked again when its day has come, and what the host keeps is shown', () => {
    const asked = (appointment: SessionOptions['appointment']) =>
      aSession({ appointment: { isFirst: false, ...appointment } }).charts['item:preferences'] !== undefined;
    const preference = { way: 'phone', reviewOn: '2026-06-01' } as const;
    const at = (date: string) => Date.parse(`${date}T09:00:00Z`);
    expect([
      asked({ preference: null }),
      asked({ preference, startsAtMs: at('2026-05-31') }),
      asked({ preference, startsAtMs: at('2026-06-01') }),
      asked({ preference }),
    ]).toEqual([false, false, true, true]);
    const fact = screen(aWalk({ appointment: { isFirst: false, preference } }), PRACTITIONER).facts.find(
      ({ id }) => id === 'preference',
    );
    expect(fact?.note?.params).toEqual({ way: 'way.phone', date: '2026-06-01' });
  });
});

describe('the device', () => {
  const preflight = { browser: 'ok', connection: 'bad', battery: 'low' } as const;

  test('[I23][E11] the client reads what to do next, and the practitioner reads what the device found', () => {
    const walk = aWalk().join(PRACTITIONER).join(CLIENT);
    const client = screen(walk, CLIENT, {}, { preflight });
    expect(client.notices.map(({ message }) => message.key)).toEqual([
      'preflight.connection.bad',
      'preflight.battery.low',
    ]);
    const works = taskOf(client, 'device')?.choices.find(({ id }) => id === 'confirmed');
    if (works === undefined) throw new Error('not offered');
    expect(walk.say(CLIENT, works.command).lastRefusal).toBeNull();
    expect(itemOf(walk, 'device').flags).toEqual({
      isBrowserSupported: true,
      isConnectionBad: true,
      isConnectionWeak: false,
      isBatteryKnown: true,
      isBatteryLow: true,
    });
    expect(screen(walk, PRACTITIONER).facts.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['clientConnection', 'clientBattery']),
    );
  });

  test('[I23][E11] what the browser does not tell is left out, and nothing of it keeps anybody out', () => {
    const unknown = { browser: 'unsupported', connection: 'unknown', battery: 'unknown' } as const;
    const walk = aWalk().join(CLIENT);
    const shown = screen(walk, CLIENT, {}, { preflight: unknown });
    const works = taskOf(shown, 'device')?.choices.find(({ id }) => id === 'confirmed');
    expect(works?.command).toMatchObject({ flags: { isBrowserSupported: false, isBatteryKnown: false } });
    expect(works?.command).not.toHaveProperty('flags.isConnectionWeak');
    if (works !== undefined) walk.say(CLIENT, works.command);
    expect(isSettled(walk.session.charts['item:device'] as never)).toBe(true);
  });
});

describe('answers grow old with the session and by the policy', () => {
  /** How each thing of the policy's list happens in a session. What a pause says is the pause's own (the test after this). */
  const HAPPENS: Readonly<Record<Exclude<Expiry, 'afterPause' | 'guardianNotSafe'>, (walk: Walk) => Walk>> = {
    newPlace: (walk) => walk.say(CLIENT, { type: 'item.reopen', item: 'location' }),
    crisis: (walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }),
    anotherDevice: (walk) => walk.join(CLIENT, 'c1.b'),
    rejoin: (walk) => walk.leave(CLIENT).by(1000).join(CLIENT),
    channelSwitch: (walk) =>
      walk
        .cut()
        .by(310_000)
        .recordCall('reachedByName')
        .heal()
        .by(10_000)
        .say(PRACTITIONER, { type: 'call.moveToVideo', client: CLIENT }),
    restored: (walk) => walk.away(60_000),
    restoredLate: (walk) => walk.away(3_600_000),
  };
  /** What a person answers in every session: the others are tested, asserted, or concern only some. */
  const ANSWERED = ITEMS.filter(
    (item) => !['escalationRoute', 'competency', 'guardianConsent', 'localRoute'].includes(item),
  );
  const cells = ANSWERED.flatMap((item) =>
    EXPIRIES.filter((expiry) => expiry !== 'afterPause' && expiry !== 'guardianNotSafe').map(
      (expiry) => [item, expiry] as const,
    ),
  );
  const policyWith = (listed: Partial<Record<ItemName, readonly Expiry[]>>): Policy => {
    const items = referencePolicy.sessionTypes.therapy?.items ?? {};
    const therapy = {
      items: Object.fromEntries(
        ITEMS.map((item) => [item, { ...items[item], asksAgainOn: [...(listed[item] ?? [])] }]),
      ),
    } as Policy['sessionTypes']['therapy'];
    return { ...referencePolicy, sessionTypes: { ...referencePolicy.sessionTypes, therapy } };
  };

  test.each(cells)(
    '[I24][H15][H24] %s on %s: old if the policy lists it, and otherwise as it was',
    (item, expiry) => {
      const state = (listed: readonly Expiry[]) =>
        HAPPENS[expiry](aLiveSession({ policy: policyWith({ [item]: listed }) })).value(`item:${item}`);
      // The place itself is what "another place" opens: by the person, not by the policy.
      const calm = item === 'location' && expiry === 'newPlace' ? 'open' : 'confirmed';
      // What set-up itself brings about (a place is given) or what comes with it (a way back) says nothing here.
      const others = EXPIRIES.filter(
        (other) => ![expiry, 'rejoin', 'channelSwitch', 'newPlace', 'restored'].includes(other),
      );
      expect([state([]), state([expiry])]).toEqual([calm, calm === 'open' ? 'open' : 'expired']);
      if (expiry !== 'rejoin' && expiry !== 'channelSwitch') expect(state(others)).toBe(calm);
    },
  );

  test.each(ANSWERED)('[I24] %s is old after whatever else the concept routes to it, once', (item) => {
    const told = deliver(itemConcept, aChart(itemConcept, item), ANSWERS[item], {
      by: {
        person: ITEM_RULES[item].answeredBy.includes('client') ? CLIENT : PRACTITIONER,
        role: ITEM_RULES[item].answeredBy.includes('client') ? 'client' : 'practitioner',
        source: 'device',
        device: 'd',
      },
    }).chart;
    const after = { type: 'session.serverStarted', rules: [], subject: null } as const;
    const old = deliver(itemConcept, told, after);
    expect([old.chart.value, old.emitted.map(({ type }) => type)]).toEqual(['expired', ['item.expired']]);
    expect(deliver(itemConcept, old.chart, after)).toEqual({ chart: old.chart, emitted: [], refused: null });
  });

  test('[I24][A04] in the reference policy, who comes back after they left is asked for privacy again; a reload is not', () => {
    const back = aLiveSession().leave(CLIENT).by(1000).join(CLIENT);
    expect(back.value('item:clientPrivacy')).toBe('expired');
    const reload = aLiveSession().state({ type: 'device.unloading', person: CLIENT, device: 'c1.a' }, CLIENT);
    expect(reload.by(1000).join(CLIENT).value('item:clientPrivacy')).toBe('confirmed');
  });

  test('[I24][H13][H15][H24] a new session takes over nothing as settled, whatever the host knows from before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SESSION_TYPES.filter((type) => type !== 'practiceRoom')),
        fc.boolean(),
        fc.constantFrom(null, '2025-12-01'),
        fc.constantFrom(null, { way: 'video' as const, reviewOn: '2026-01-01' }),
        (type, isFirst, planReviewedOn, preference) => {
          const { charts } = aSession({ appointment: { type, isFirst, planReviewedOn, preference } });
          const items = Object.entries(charts).filter(
            ([key, { value }]) => key.startsWith('item:') && value !== 'notApplicable',
          );
          expect(items.length).toBeGreaterThan(5);
          for (const [key, chart] of items)
            expect([key, chart.value, isSettled(chart)]).toEqual([key, 'open', false]);
        },
      ),
    );
  });
});
