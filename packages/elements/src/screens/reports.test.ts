// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import '../define.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aView } from '../testing/a-view.js';
import { reportTask } from '../testing/stage-tasks.js';
import { showSession } from '../testing/show-session.js';

afterEach(() => document.body.replaceChildren());

test('[F4][F5][A47] reports are folded apart from the tasks, and the page says that one was taken', async () => {
  const { screen, session, settle, root } = await showSession(
    new FakeJoinedSession(aView({ reports: [reportTask] })),
  );
  expect(root.querySelector('details.reports')?.hasAttribute('open')).toBe(false);
  expect(screen.queryByRole('radio')).toBeNull();
  screen.getByRole('button', { name: 'Something nearly went wrong' }).click();
  await settle();
  screen.getByRole('radio', { name: 'Somebody could have heard it' }).click();
  await settle();
  screen.getByRole('button', { name: 'Send it' }).click();
  await settle();
  expect(session.sent).toMatchObject([{ command: { type: 'nearMiss.flag', kind: 'overheard' } }]);
  expect(root.querySelector('details.reports')?.textContent).toContain('Thank you. The service has it now.');
  expect(screen.getByRole('status').textContent).toContain('Thank you. The service has it now.');
  const radio = screen.getByRole('radio', { name: 'Somebody could have heard it' });
  expect((radio as HTMLInputElement).checked).toBe(false);
});

test('a page without reports draws none', async () => {
  const { root } = await showSession(new FakeJoinedSession(aView()));
  expect(root.querySelector('details.reports')).toBeNull();
});
