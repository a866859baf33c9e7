import type { Command } from '@holdfast/protocol';
import {
  aLiveSession,
  ANSWERS,
  aWaitingSession,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';

const client = CLIENT;
const live = (): Walk => aLiveSession();
const admitted = (): Walk =>
  aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal();

interface OwnConcept {
  readonly name: string;
  readonly from: () => Walk;
  readonly chart: string;
  /** What changes its state, who says it, and the event of its own that records it. */
  readonly act: readonly [person: string, command: Command];
  readonly event: string;
  /** What nobody can do as long as it stands in the way, and the code that says why. */
  readonly barred: readonly [from: () => Walk, command: Command, code: string];
}

const goLive: Command = { type: 'session.goLive' };
const openSafeguarding: Command = { type: 'safeguarding.open', client, about: 'adult' };
const item = (name: 'identity' | 'clientPrivacy' | 'limits'): OwnConcept => ({
  name,
  from: admitted,
  chart: `item:${name}`,
  act: [PRACTITIONER, ANSWERS[name]],
  event: 'item.answered',
  barred: [admitted, goLive, 'gate-open'],
});

const OWN: readonly OwnConcept[] = [
  item('identity'),
  item('clientPrivacy'),
  item('limits'),
  {
    name: 'consent',
    from: live,
    chart: 'item:consent',
    act: [CLIENT, { type: 'consent.withdraw' }],
    event: 'consent.withdrawn',
    barred: [() => live().say(CLIENT, { type: 'consent.withdraw' }), goLive, 'not-now'],
  },
  {
    name: 'what can be seen and heard',
    from: live,
    chart: `observation:${client}`,
    act: [PRACTITIONER, { type: 'observation.report', client, what: 'cannotSee' }],
    event: 'observation.reported',
    barred: [live, { type: 'observation.settle', client }, 'not-now'],
  },
  {
    name: 'live risk',
    from: live,
    chart: `risk:${client}`,
    act: [PRACTITIONER, { type: 'risk.raise', client }],
    event: 'risk.raised',
    barred: [
      () => live().say(PRACTITIONER, { type: 'crisis.open', client }),
      { type: 'risk.lower', client, reason: 'planAgreed' },
      'crisis-open',
    ],
  },
  {
    name: 'safeguarding',
    from: live,
    chart: `safeguarding:${client}`,
    act: [PRACTITIONER, openSafeguarding],
    event: 'safeguarding.opened',
    barred: [
      () =>
        live()
          .say(PRACTITIONER, openSafeguarding)
          .say(PRACTITIONER, { type: 'session.end' })
          .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' }),
      { type: 'session.close' },
      'pathway-open',
    ],
  },
];

describe('what must be known of every session', () => {
  test.each(OWN)(
    '[Z13][A01] $name has a state, a guard and an event of its own',
    ({ from, chart, act, event, barred }) => {
      const walk = from();
      const key = chart as keyof typeof walk.session.charts;
      const before = walk.session.charts[key];
      expect(before).toBeDefined();
      const [person, command] = act;
      const kinds = walk.kinds.length;
      walk.say(person, command);
      expect(walk.lastRefusal).toBeNull();
      expect(walk.session.charts[key]).not.toEqual(before);
      expect(walk.kinds.slice(kinds)).toContain(event);
      const [place, wanted, code] = barred;
      expect(place().say(PRACTITIONER, wanted).lastRefusal?.code).toBe(code);
    },
  );
});
