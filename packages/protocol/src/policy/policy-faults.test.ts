import { expect, test } from 'vitest';
import { STAFF_ROLES } from '../actors.js';
import type { ItemName } from '../items.js';
import { checkPolicy } from './check-policy.js';
import { DURATIONS, type DurationName } from './durations.js';
import type { Policy, SessionTypePolicy } from './policy.js';
import { drillPolicy, referencePolicy } from './reference.js';

const faultsOf = (document: unknown): readonly string[] => {
  const check = checkPolicy(document);
  return check.ok ? [] : check.faults.map(({ path, sentence }) => `${path}: ${sentence}`);
};
const withDurations = (
  durations: Partial<Record<DurationName, number>>,
  policy: Policy = referencePolicy,
) => ({
  ...policy,
  durations: { ...policy.durations, ...durations },
});
const { therapy } = referencePolicy.sessionTypes;
const items: SessionTypePolicy['items'] = therapy?.items ?? {};
const withItems = (changed: object, type = 'therapy') => ({
  ...referencePolicy,
  sessionTypes: { ...referencePolicy.sessionTypes, [type]: { items: { ...items, ...changed } } },
});

test('[A08][E29] the reference policy, whole, but for its durations, which are the defaults of the table', () => {
  const { durations, ...rest } = referencePolicy;
  expect(rest).toMatchSnapshot();
  const { durations: drill, ...rehearsal } = drillPolicy;
  expect(rehearsal).toEqual({
    ...rest,
    id: 'reference-drill',
    kind: 'drill',
    sessionTypes: { ...rest.sessionTypes, practiceRoom: therapy },
  });
  for (const name of Object.keys(DURATIONS) as DurationName[]) {
    expect(durations[name], name).toBe(DURATIONS[name].defaultMs);
    expect(drill[name], name).toBe(DURATIONS[name].drill.defaultMs);
  }
});

test('[Y1][H25] a form that is not a policy’s is refused in plain words, field by field', () => {
  const { owner: _, ...ownerless } = referencePolicy;
  const faults = {
    'no policy at all': faultsOf(null),
    'a field is missing': faultsOf(ownerless),
    'a wrong type': faultsOf({ ...referencePolicy, phoneAttempts: '3' }),
    'unknown fields': faultsOf({ ...referencePolicy, reconnectWaitSeconds: 300, other: 1 }),
    'an unknown field within': faultsOf(withDurations({ waitMs: 1 } as never)),
    'a value of no list': faultsOf({ ...referencePolicy, kind: 'other' }),
    'an expiry of no list': faultsOf(
      withItems({ location: { settledBefore: 'media', asksAgainOn: ['never'] } }),
    ),
    'a day in another form': faultsOf({ ...referencePolicy, reviewOn: '1.11.2027' }),
    'a day with more before it': faultsOf({ ...referencePolicy, reviewOn: 'on 2027-11-01' }),
    'a day with more after it': faultsOf({ ...referencePolicy, reviewOn: '2027-11-01T00:00' }),
    'too many attempts': faultsOf({ ...referencePolicy, phoneAttempts: 4 }),
    'a recording rule of no kind': faultsOf({ ...referencePolicy, recording: { mode: 'always' } }),
    'two grants without their policy': faultsOf({ ...referencePolicy, recording: { mode: 'twoGrants' } }),
  };
  expect(faults).toMatchSnapshot();
  expect(faultsOf({ ...referencePolicy, recording: { mode: 'twoGrants', policy: 'recording-v1' } })).toEqual(
    [],
  );
});

test('[Y1][H25] at its bounds a duration is taken, and one beside them is refused with bound, reason and unit', () => {
  for (const policy of [referencePolicy, drillPolicy])
    for (const name of Object.keys(DURATIONS) as DurationName[]) {
      const { minMs, maxMs } = policy.kind === 'drill' ? DURATIONS[name].drill : DURATIONS[name];
      expect(minMs, name).toBeGreaterThanOrEqual(1000);
      const bounds = (valueMs: number) =>
        faultsOf(withDurations({ [name]: valueMs }, policy)).filter((fault) =>
          fault.includes(' it must be from '),
        );
      expect([bounds(minMs), bounds(maxMs)], name).toEqual([[], []]);
    }
  expect({
    'as if it were seconds': faultsOf(withDurations({ reconnectWaitMs: 300 })),
    'a thousand is no slip of the unit': faultsOf(withDurations({ reconnectWaitMs: 1000 })),
    'too long': faultsOf(withDurations({ reconnectWaitMs: 300_001 })),
    'in a drill, where a second is the least': faultsOf(withDurations({ lateAfterMs: 999 }, drillPolicy)),
  }).toMatchSnapshot();
});

const ORDER: readonly (readonly [DurationName, DurationName])[] = [
  ['suspectAfterMs', 'lostAfterMs'],
  ['decideRiskMs', 'decideMs'],
  ['actRiskMs', 'actMs'],
  ['notNowRiskMs', 'notNowMs'],
  ['acceptRiskMs', 'acceptMs'],
  ['wordRiskMs', 'wordMs'],
  ['unloadingRiskMs', 'unloadingMs'],
  ['stillTogetherEveryRiskMs', 'stillTogetherEveryMs'],
  ['phoneAttemptMs', 'phoningMs'],
  ['restoreFreshMs', 'restoreStaleMs'],
];
test.each(ORDER)('[Y1][H25] %s may be as long as %s, and not longer', (shorter, longer) => {
  const order = (longerBy: number) =>
    faultsOf(withDurations({ [shorter]: 5000 + longerBy, [longer]: 5000 })).filter((fault) =>
      fault.includes('must not be longer than'),
    );
  expect(order(0)).toEqual([]);
  expect(order(1)).toEqual([
    `durations.${shorter}: ${shorter} (5001 ms) must not be longer than ${longer} (5000 ms).`,
  ]);
});

const CARE = ['therapy', 'assessment', 'practiceRoom'] as const;
test.each(CARE)(
  '[A08][A10] %s: an item of the floor is asked, before media where the floor says so, and grows old',
  (type) => {
    const floor = Object.keys(items).map((name) => {
      const { [name as ItemName]: asked, ...others } = items;
      const of = (changed: object) =>
        faultsOf({
          ...drillPolicy,
          sessionTypes: { ...drillPolicy.sessionTypes, [type]: { items: changed } },
        });
      const lasting = { ...asked, asksAgainOn: [] };
      const late = { ...asked, settledBefore: 'live' };
      return {
        name,
        'left out': of(others),
        late: of({ ...items, [name]: late }),
        lasting: of({ ...items, [name]: lasting }),
      };
    });
    expect(floor.filter((faults) => Object.values(faults).flat().length > 1)).toMatchSnapshot();
  },
);

test('[B01] a session among colleagues may ask what it likes, and nothing', () => {
  const sessionTypes = { ...referencePolicy.sessionTypes, supervision: { items: {} }, training: null };
  expect(faultsOf({ ...referencePolicy, sessionTypes })).toEqual([]);
});

test('[I7][H16] an item that the client answers is never asked again by a crisis; one of staff may be', () => {
  const again = (name: ItemName) =>
    faultsOf(
      withItems({ [name]: { ...items[name], asksAgainOn: [...(items[name]?.asksAgainOn ?? []), 'crisis'] } }),
    );
  expect(
    Object.fromEntries((Object.keys(items) as ItemName[]).map((name) => [name, again(name)])),
  ).toMatchSnapshot();
});

test('[A46] claims that the policy asks for need the item that looks at them', () => {
  const { competency: _, ...others } = items;
  const of = (competency: readonly string[], asked: object) =>
    faultsOf({
      ...referencePolicy,
      competency,
      sessionTypes: { ...referencePolicy.sessionTypes, therapy: { items: asked } },
    });
  expect([of([], others), of(['telehealth'], items)]).toEqual([[], []]);
  expect(of(['telehealth'], others)).toEqual([
    'sessionTypes.therapy.items.competency: the policy asks for claims in competency: the item that looks at them must be listed.',
  ]);
});

test('[B03][K21] what is only for rehearsal is refused elsewhere, and so is a policy that holds no session', () => {
  const none = Object.fromEntries(Object.keys(referencePolicy.sessionTypes).map((type) => [type, null]));
  expect([
    ...faultsOf({
      ...referencePolicy,
      sessionTypes: { ...referencePolicy.sessionTypes, practiceRoom: therapy },
    }),
    ...faultsOf({ ...referencePolicy, transports: ['webrtc', 'practice'] }),
    ...faultsOf({ ...referencePolicy, sessionTypes: none }),
  ]).toEqual([
    'sessionTypes.practiceRoom: practiceRoom is for rehearsal: only a drill policy may hold it; set it to null.',
    'transports: practice has no picture and no sound: only a drill policy may list it; take it out.',
    'sessionTypes: at least one kind of session must be held.',
  ]);
});

test('[A17][A1] somebody is on duty, and on no list twice; the same person may be on several', () => {
  const { staff } = referencePolicy;
  expect(faultsOf({ ...referencePolicy, staff: { ...staff, duty: [] } })).toEqual([
    'staff.duty: name at least one person on duty: without one no alert reaches anybody.',
  ]);
  for (const role of STAFF_ROLES) {
    const list = [{ person: 'x1' }, { person: 'x2' }, { person: 'x1' }];
    expect(faultsOf({ ...referencePolicy, staff: { ...staff, [role]: list } })).toEqual([
      `staff.${role}: x1 is listed twice: an alert goes to each person once.`,
    ]);
  }
  const everywhere = Object.fromEntries(STAFF_ROLES.map((role) => [role, [{ person: 'x1' }]]));
  expect(faultsOf({ ...referencePolicy, staff: everywhere })).toEqual([]);
});
