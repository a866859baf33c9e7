// @vitest-environment happy-dom
import type { Choice } from '@holdfast/session';
import { afterEach, expect, test } from 'vitest';
import '../define.js';
import { aView } from '../testing/a-view.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { showSession } from '../testing/show-session.js';

afterEach(() => document.body.replaceChildren());

const moved: Choice = {
  id: 'moved',
  label: { key: 'client.action.moved' },
  command: { type: 'item.reopen', item: 'location' },
  fields: [],
  weight: 'other',
  confirm: null,
};
const withdraw: Choice = {
  ...moved,
  id: 'withdraw',
  label: { key: 'client.action.withdraw' },
  command: { type: 'consent.withdraw' },
  confirm: { key: 'client.action.withdraw.confirm' },
};

async function aMenu() {
  const shown = await showSession(
    new FakeJoinedSession(aView({ role: 'client', actions: [moved, withdraw] })),
  );
  const menu = shown.root.querySelector<HTMLDetailsElement>('details.more');
  if (menu === null) throw new Error('no menu');
  menu.open = true;
  const press = async (name: string): Promise<void> => {
    shown.screen.getByRole('button', { name }).click();
    await shown.settle();
  };
  return { ...shown, menu, press };
}

test('the menu of a client closes with the choice, so that it hides nothing of what the page then says', async () => {
  const { menu, press, session } = await aMenu();
  await press('I am in another place now');
  expect(session.sent).toMatchObject([{ command: { type: 'item.reopen' } }]);
  expect(menu.open).toBe(false);
});

test('what is asked once more is asked in the menu; it closes with the answer', async () => {
  const { menu, press, session } = await aMenu();
  await press('I do not want to go on by video');
  expect([menu.open, session.sent]).toEqual([true, []]);
  await press('Yes, go on');
  expect(session.sent).toMatchObject([{ command: { type: 'consent.withdraw' } }]);
  expect(menu.open).toBe(false);
});
