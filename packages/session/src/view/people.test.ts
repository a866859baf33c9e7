import { describe, expect, test } from 'vitest';
import { aClientProjection, aDevice, aPractitionerProjection } from '../testing/a-projection.js';
import type { View } from './types.js';
import { view } from './view.js';

const said = (shown: View) => shown.people.map(({ id, presence, isHere }) => [id, presence.key, isHere]);

describe('who is here', () => {
  test('as the session server says, while the line to it is up', () => {
    expect(said(view(aClientProjection(), aDevice(), 0))).toEqual([
      ['p1', 'presence.here', true],
      ['c1', 'presence.here', true],
    ]);
    expect(said(view(aPractitionerProjection(), aDevice(), 0)).at(-1)).toEqual([
      'duty-1',
      'presence.alive',
      true,
    ]);
  });

  test('staff of the lists who never came are nobody in the session; whoever was here stays in the list', () => {
    const people = [
      { id: 'p1', role: 'practitioner', presence: 'alive' },
      { id: 'c1', role: 'client', presence: 'notYet' },
      { id: 'duty-1', role: 'duty', presence: 'gone' },
      { id: 'duty-2', role: 'duty', presence: 'notYet' },
      { id: 'supervisor-1', role: 'supervisor', presence: 'notYet' },
    ] as const;
    const shown = view(aPractitionerProjection({ people: [...people] }), aDevice(), 0);
    expect(shown.people.map(({ id }) => id)).toEqual(['p1', 'c1', 'duty-1']);
  });

  test('[V5] with the own line down nobody is called here, neither oneself nor the others', () => {
    expect(said(view(aClientProjection(), aDevice(), 2001))).toEqual([
      ['p1', 'presence.unknown', false],
      ['c1', 'presence.cutOff', false],
    ]);
    expect(said(view(aPractitionerProjection(), aDevice(), 2001))).toEqual([
      ['p1', 'presence.cutOff', false],
      ['c1', 'presence.unknown', false],
      ['duty-1', 'presence.unknown', false],
    ]);
  });

  test('a session that is closed, or was left, has no list', () => {
    const over = [
      view(aClientProjection({ stage: 'ended' }), aDevice(), 0),
      view(aClientProjection(), aDevice({ hasLeft: 'left' }), 0),
      view(aPractitionerProjection({ stage: 'closed' }), aDevice(), 0),
    ];
    expect(over.map(({ stage, people }) => [stage, people])).toEqual([
      ['closed', []],
      ['left', []],
      ['closed', []],
    ]);
  });
});
