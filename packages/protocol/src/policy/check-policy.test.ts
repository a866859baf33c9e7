import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from './check-policy.js';
import { DURATIONS, type DurationName } from './durations.js';
import { drillPolicy, referencePolicy } from './reference.js';

const names = Object.keys(DURATIONS) as DurationName[];

const faultsOf = (document: unknown) => {
  const check = checkPolicy(document);
  return check.ok ? [] : check.faults;
};

describe('a policy is checked once, at the entry', () => {
  test('[A08] takes the reference policy and the drill policy as they ship', () => {
    for (const policy of [referencePolicy, drillPolicy])
      expect(checkPolicy(policy)).toEqual({ ok: true, policy });
  });

  test('[E13] the reference policy waits five minutes before phoning', () => {
    expect(referencePolicy.durations.reconnectWaitMs).toBe(300_000);
  });

  test('[Y1] [H25] refuses reconnectWaitMs: 300 with the bound, the reason and the likely mistake', () => {
    const [fault, ...others] = faultsOf({
      ...referencePolicy,
      durations: { ...referencePolicy.durations, reconnectWaitMs: 300 },
    });
    expect(others).toEqual([]);
    expect(fault?.path).toBe('durations.reconnectWaitMs');
    expect(fault?.sentence).toContain('30000 to 300000 ms');
    expect(fault?.sentence).toContain('five minutes');
    expect(fault?.sentence).toContain('milliseconds');
  });

  test('[Y1] [H25] refuses every duration one step outside its bounds, in both kinds, and names it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(referencePolicy, drillPolicy),
        fc.boolean(),
        (name, policy, isLow) => {
          const bounds = policy.kind === 'drill' ? DURATIONS[name].drill : DURATIONS[name];
          const valueMs = isLow ? bounds.minMs - 1 : bounds.maxMs + 1;
          const faults = faultsOf({ ...policy, durations: { ...policy.durations, [name]: valueMs } });
          expect(faults.map((fault) => fault.path)).toContain(`durations.${name}`);
        },
      ),
    );
  });

  test('[Y1] [H25] a host may never loosen a default towards the less strict side beyond its bound', () => {
    for (const name of names) {
      const { stricter, defaultMs, minMs, maxMs } = DURATIONS[name];
      expect(defaultMs, name).toBeGreaterThanOrEqual(minMs);
      expect(defaultMs, name).toBeLessThanOrEqual(maxMs);
      expect(['shorter', 'longer'], name).toContain(stricter);
    }
  });

  test('[Y1] [H25] refuses unknown fields, missing fields and seconds that look like milliseconds', () => {
    expect(faultsOf({ ...referencePolicy, reconnectWaitSeconds: 300 })).not.toEqual([]);
    const { owner: _owner, ...ownerless } = referencePolicy;
    expect(faultsOf(ownerless).map((fault) => fault.path)).toEqual(['owner']);
    expect(faultsOf(null)).not.toEqual([]);
  });

  test('[Y1] [H25] refuses a risk time that is longer than the routine time', () => {
    const durations = { ...referencePolicy.durations, decideMs: 60_000, decideRiskMs: 90_000 };
    expect(faultsOf({ ...referencePolicy, durations })[0]?.sentence).toContain('must not be longer than');
  });

  test('[A10] refuses to move location or the call-back number behind the media threshold', () => {
    const { therapy } = referencePolicy.sessionTypes;
    const late = { ...therapy?.items, location: { settledBefore: 'live', asksAgainOn: [] } };
    const sessionTypes = { ...referencePolicy.sessionTypes, therapy: { items: late } };
    expect(faultsOf({ ...referencePolicy, sessionTypes })[0]?.path).toBe(
      'sessionTypes.therapy.items.location.settledBefore',
    );
  });

  test('[A08] refuses a session with a client that leaves out an item of the floor, or makes it last too long', () => {
    const { therapy } = referencePolicy.sessionTypes;
    const { identity: _, ...others } = therapy?.items ?? {};
    const lasting = { ...therapy?.items, clientPrivacy: { settledBefore: 'live', asksAgainOn: [] } };
    const of = (items: object) =>
      faultsOf({
        ...referencePolicy,
        sessionTypes: { ...referencePolicy.sessionTypes, therapy: { items } },
      }).map(({ path }) => path);
    expect(of(others)).toEqual(['sessionTypes.therapy.items.identity']);
    expect(new Set(of(lasting))).toEqual(new Set(['sessionTypes.therapy.items.clientPrivacy.asksAgainOn']));
  });

  test('[I7][H16][H05] refuses an item of the client’s own that a crisis asks again: their screen would tell of it', () => {
    const { therapy } = referencePolicy.sessionTypes;
    const telling = {
      ...therapy?.items,
      callBackNumber: { settledBefore: 'media', asksAgainOn: ['crisis'] },
    };
    const sessionTypes = { ...referencePolicy.sessionTypes, therapy: { items: telling } };
    expect(faultsOf({ ...referencePolicy, sessionTypes }).map(({ path }) => path)).toEqual([
      'sessionTypes.therapy.items.callBackNumber.asksAgainOn',
    ]);
  });

  test('[B03] refuses a practice room outside a drill policy, and a policy that holds no session at all', () => {
    const { sessionTypes } = referencePolicy;
    const room = { ...sessionTypes, practiceRoom: sessionTypes.therapy };
    expect(faultsOf({ ...referencePolicy, sessionTypes: room })[0]?.path).toBe('sessionTypes.practiceRoom');
    expect(faultsOf({ ...drillPolicy, sessionTypes: room })).toEqual([]);
    const none = Object.fromEntries(Object.keys(sessionTypes).map((type) => [type, null]));
    expect(faultsOf({ ...referencePolicy, sessionTypes: none })[0]?.path).toBe('sessionTypes');
  });

  test('[K21][K23][C01] refuses the transport without picture and sound outside a drill policy', () => {
    const transports = ['webrtc', 'practice'];
    expect(faultsOf({ ...referencePolicy, transports }).map(({ path }) => path)).toEqual(['transports']);
    expect(faultsOf({ ...drillPolicy, transports })).toEqual([]);
  });

  test('[A17] refuses a policy that names nobody to alert, or the same person twice', () => {
    const { staff } = referencePolicy;
    expect(faultsOf({ ...referencePolicy, staff: { ...staff, duty: [] } })).not.toEqual([]);
    const twice = { ...staff, duty: [{ person: 'd1' }, { person: 'd1' }] };
    expect(faultsOf({ ...referencePolicy, staff: twice })[0]?.sentence).toContain('twice');
  });
});
