// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/dom';
import type { Choice } from '@holdfast/session';
import { afterEach, describe, expect, test } from 'vitest';
import '../define.js';
import { aChoice, aFlag, aTask, aView, sentence } from '../testing/a-view.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { showSession } from '../testing/show-session.js';

afterEach(() => document.body.replaceChildren());

const step = (id: string, type: 'introduceClient' | 'releaseSender' | 'offerEscalation'): Choice =>
  aChoice({ id, label: sentence(id), command: { type: `crisis.${type}`, client: 'c1' } });
const introduce = step('introduce', 'introduceClient');
const release = step('release', 'releaseSender');
const offer = step('offer', 'offerEscalation');

const crisis = (choices: readonly Choice[]) =>
  aView({ role: 'duty', tasks: [aTask({ id: 'crisis', title: sentence('Crisis'), choices })] });

async function aCrisis(choices: readonly Choice[]) {
  const shown = await showSession(new FakeJoinedSession(crisis(choices)));
  const button = (name: string): HTMLElement => shown.screen.getByRole('button', { name });
  const change = async (to: readonly Choice[]): Promise<void> => {
    shown.session.show(crisis(to));
    await shown.settle();
  };
  const sent = (): readonly string[] => shown.session.sent.map(({ command }) => command.type);
  return { ...shown, button, change, sent };
}

describe('[Z15] [H09] one press is one choice', () => {
  test('a button stays itself while others go: whoever has aimed at it, or has focus on it, gets nothing else', async () => {
    const { button, change, root, sent, settle } = await aCrisis([introduce, release, offer]);
    const aimedAt = button('release');
    aimedAt.focus();
    await change([release, offer]);
    expect(button('release')).toBe(aimedAt);
    expect(root.activeElement).toBe(aimedAt);
    aimedAt.click();
    await settle();
    expect(sent()).toEqual(['crisis.releaseSender']);
  });

  test('a button that is gone is gone, and becomes no other', async () => {
    const { button, change } = await aCrisis([introduce, release]);
    const gone = button('introduce');
    await change([release]);
    expect(gone.isConnected).toBe(false);
    expect(button('release')).not.toBe(gone);
  });

  test('what was asked of a choice stays itself, too, and keeps focus, while what was asked of another goes', async () => {
    const one: Choice = { ...introduce, fields: ['one'] };
    const other: Choice = { ...release, fields: ['other'] };
    const fields = [aFlag('one', 'One?'), aFlag('other', 'Other?')];
    const asks = (choices: readonly Choice[]) =>
      aView({ role: 'duty', tasks: [aTask({ id: 'crisis', fields, choices })] });
    const { session, screen, settle, root } = await showSession(new FakeJoinedSession(asks([one, other])));
    const asked = screen.getByRole('radiogroup', { name: 'Other?' });
    const yes = asked.querySelector('input')!;
    yes.focus();
    session.show(asks([other]));
    await settle();
    expect(screen.getByRole('radiogroup', { name: 'Other?' })).toBe(asked);
    expect(root.activeElement).toBe(yes);
  });

  test('the second click of a double click is ignored, whatever stands there by then', async () => {
    const { button, change, sent, settle } = await aCrisis([introduce, release]);
    fireEvent.click(button('introduce'), { detail: 1 });
    await change([release, offer]);
    fireEvent.click(button('release'), { detail: 2 });
    await settle();
    expect(sent()).toEqual(['crisis.introduceClient']);
    fireEvent.click(button('release'), { detail: 1 });
    await settle();
    expect(sent()).toEqual(['crisis.introduceClient', 'crisis.releaseSender']);
  });

  test('[WCAG 3.3.4] [H13] a double click does not answer the question whether it was meant', async () => {
    const { button, sent, settle } = await aCrisis([{ ...offer, confirm: sentence('Ask again?') }]);
    fireEvent.click(button('offer'), { detail: 1 });
    await settle();
    fireEvent.click(button('Yes, go on'), { detail: 2 });
    await settle();
    expect(sent()).toEqual([]);
    fireEvent.click(button('Yes, go on'), { detail: 1 });
    await settle();
    expect(sent()).toEqual(['crisis.offerEscalation']);
  });

  test('nor does one on an action of the bar: it asks once, and stays', async () => {
    const view = aView({ role: 'practitioner', actions: [{ ...offer, confirm: sentence('Ask again?') }] });
    const { screen, session, settle } = await showSession(new FakeJoinedSession(view));
    const press = async (name: string, detail: number): Promise<void> => {
      fireEvent.click(screen.getByRole('button', { name }), { detail });
      await settle();
    };
    await press('offer', 1);
    await press('offer', 2);
    expect(screen.queryAllByText('Ask again?')).toHaveLength(1);
    await press('Yes, go on', 2);
    expect(session.sent).toEqual([]);
    await press('Yes, go on', 1);
    expect(session.sent.map(({ command }) => command.type)).toEqual(['crisis.offerEscalation']);
  });
});
