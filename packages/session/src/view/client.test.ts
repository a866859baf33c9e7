import { Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aClientProjection, aDevice } from '../testing/a-projection.js';
import { view } from './view.js';

const open = (...names: string[]) =>
  aClientProjection().items.map((item) => ({ ...item, isSettled: !names.includes(item.item) }));
const early = { stage: 'gathering', isAdmitted: false, mediaAllowed: false, contact: 'notYet' } as const;
const keys = (messages: readonly { key: string }[]) => messages.map((message) => message.key);

describe('where the client is', () => {
  test('[A08] own items first, then waiting, then setting up, then live', () => {
    const stages = [
      aClientProjection({ ...early, items: open('location') }),
      aClientProjection(early),
      aClientProjection({ stage: 'settingUp' }),
      aClientProjection(),
      aClientProjection({ stage: 'ended' }),
    ].map((p) => view(p, aDevice(), 0).stage);
    expect(stages).toEqual(['setUp', 'waiting', 'settlingIn', 'live', 'closed']);
  });

  test('[B07] waiting: "nothing to do" is said only where no question is open', () => {
    const waiting = view(aClientProjection(early), aDevice(), 0);
    expect(keys(waiting.explanation)).toEqual(['client.waiting.letIn', 'client.waiting.nothing']);
    for (const isAdmitted of [false, true]) {
      const items = open('emergencyContact');
      const asked = view(aClientProjection({ ...early, isAdmitted, items }), aDevice(), 0);
      expect([asked.stage, asked.tasks.some((task) => task.urgency !== 'done')]).toEqual(['waiting', true]);
      expect(keys(asked.explanation)).toEqual([
        isAdmitted ? 'client.waiting.admitted' : 'client.waiting.letIn',
        'client.waiting.meanwhile',
      ]);
    }
  });

  test('a suspicion shows nothing; after lostAfterMs this page says so before the session server does', () => {
    const silent = aDevice({ media: 'silent', mediaSilentSinceMs: 0, lastHeardAtMs: 3000 });
    expect(view(aClientProjection(), silent, 2999).stage).toBe('live');
    expect(view(aClientProjection(), silent, 3000).stage).toBe('reconnecting');
  });

  test('[V2] after a loss the screen says what happens now, and promises only what was agreed', () => {
    const shown = view(aClientProjection({ contact: 'lost' }), aDevice({ verdict: 'them' }), 0);
    expect(keys(shown.explanation)).toEqual([
      'client.reconnecting.theirs',
      'client.reconnecting.stay',
      'client.reconnecting.reach',
    ]);
    expect([shown.whoActs, shown.showsVideo]).toEqual(['software', true]);
    expect(keys(shown.notices.map((notice) => notice.message))).toEqual(['client.emergencyNumbers']);
  });

  test('[H02] the practitioner hung up: the client is told to stay, not that a search goes on', () => {
    const people = [{ id: 'p1', role: 'practitioner', presence: 'away' } as const];
    const shown = view(aClientProjection({ contact: 'apart', people }), aDevice(), 0);
    expect([shown.stage, ...keys(shown.explanation)]).toEqual(['waiting', 'client.waiting.practitionerAway']);
  });

  test('a newer device has the media: the older one says so', () => {
    expect(view(aClientProjection(), aDevice({ isSuperseded: true }), 0)).toMatchObject({
      stage: 'openElsewhere',
      showsVideo: false,
      tasks: [],
    });
  });

  test('[H12] after leaving nothing is asked and nothing is offered', () => {
    for (const hasLeft of ['left', 'exited'] as const) {
      const shown = view(aClientProjection(), aDevice({ hasLeft }), 0);
      expect([shown.stage, shown.tasks, shown.actions, shown.showsVideo]).toEqual(['left', [], [], false]);
    }
  });
});

describe('set-up', () => {
  const p = aClientProjection({
    ...early,
    items: open('callBackNumber', 'location', 'consent', 'device', 'emergencyContact', 'backUpChannel'),
  });

  test('[A14 H13] each item is a task of its own, nothing is ticked and every item can be left unsure (C17)', () => {
    const { tasks } = view(p, aDevice(), 0);
    expect(tasks.map((task) => task.item)).toEqual(['callBackNumber', 'location', 'consent', 'device']);
    for (const task of tasks) {
      expect(task.choices.some((choice) => choice.id === 'notSure')).toBe(true);
      for (const { command } of task.choices) {
        expect(Command.safeParse(command).success).toBe(true);
        expect(command).toMatchObject({ type: 'item.answer', item: task.item });
        // What the device measured of itself is no answer of a person (D07): nothing else is ticked beforehand.
        if (task.item !== 'device') expect(command).not.toHaveProperty('flags');
      }
    }
  });

  test('[A12] agreeing carries the version of the text that was shown', () => {
    const consent = view(p, aDevice(), 0).tasks.find((task) => task.item === 'consent');
    expect(consent?.choices.find((choice) => choice.id === 'confirmed')?.command).toMatchObject({
      textVersion: 'consent-v1',
    });
    expect(consent?.choices.find((choice) => choice.id === 'no')?.command).not.toHaveProperty('textVersion');
  });

  test('[D14] the number asks for both flags before it can be used', () => {
    const number = view(p, aDevice(), 0).tasks.find((task) => task.item === 'callBackNumber');
    expect(number?.fields.filter((field) => field.kind === 'flag')).toMatchObject([
      { name: 'safeToRing', required: true },
      { name: 'safeToLeaveMessage', required: true },
      { name: 'isOwnNumber', required: true },
    ]);
  });

  test('one item at a time is the next one; a settled one stays and can be changed', () => {
    const { tasks } = view({ ...p, items: open('location', 'consent', 'device') }, aDevice(), 0);
    expect(tasks.map((task) => task.urgency)).toEqual(['done', 'now', 'normal', 'normal']);
    expect(tasks[0]?.choices).toMatchObject([{ command: { type: 'item.reopen', item: 'callBackNumber' } }]);
  });

  test('[H05] nothing on the screen tells which answer settled the emergency contact, nor the words', () => {
    const { tasks } = view(aClientProjection({ stage: 'settingUp' }), aDevice(), 0);
    expect(tasks.find((task) => task.item === 'emergencyContact')).toMatchObject({
      urgency: 'done',
      fields: [],
    });
  });
});

describe('asking for someone', () => {
  test('"I need someone now" is in the same place from set-up to the phone', () => {
    const held = [
      aClientProjection(early),
      aClientProjection(),
      aClientProjection({ contact: 'lost' }),
      aClientProjection({ contact: 'byPhone' }),
    ];
    for (const p of held)
      expect(view(p, aDevice(), 0).actions[0]?.command).toEqual({ type: 'help.ask', client: 'c1' });
  });

  test('[V5 C13 H08] offline it says "not sent yet" and shows the local emergency numbers', () => {
    const shown = view(aClientProjection(), aDevice({ unsent: 1 }), 2001);
    expect(shown.line).toEqual({ isUp: false, unsent: 1, sinceMs: 0 });
    expect(keys(shown.notices.map((notice) => notice.message))).toEqual([
      'line.client.down',
      'line.client.notSentYet',
      'client.emergencyNumbers',
    ]);
    expect(view(aClientProjection(), aDevice({ unsent: 1 }), 2000).notices).toEqual([]);
  });

  test('the first seconds of a page are no alarm', () => {
    const { notices } = view(aClientProjection(), aDevice({ lastHeardAtMs: null, media: 'none' }), 0);
    expect(notices).toMatchObject([{ level: 'status', message: { key: 'line.opening' } }]);
  });
});
