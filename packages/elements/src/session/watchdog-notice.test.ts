// @vitest-environment happy-dom
import type { View } from '@holdfast/session';
import { afterEach, expect, test } from 'vitest';
import '../define.js';
import { aTask, aView, NOON_MS, sentence } from '../testing/a-view.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { showSession } from '../testing/show-session.js';

afterEach(() => document.body.replaceChildren());

const failing: View['notices'][number] = {
  id: 'watchdog.sinkFailing.files',
  level: 'status',
  message: { key: 'watchdog.sinkFailing', params: { name: 'files', sinceMs: NOON_MS } },
};
const undelivered: View['notices'][number] = {
  id: 'watchdog.alertUndelivered.pager',
  level: 'status',
  message: { key: 'watchdog.alertUndelivered.practitioner', params: { name: 'pager', sinceMs: NOON_MS } },
};
const staff = (notices: View['notices'], change: Partial<View> = {}): View =>
  aView({ role: 'practitioner', person: 'p1', notices, ...change });

test('[V7] what is wrong on the server’s side stands among the messages, in plain words, and goes when it ends', async () => {
  const { screen, session, settle } = await showSession(new FakeJoinedSession(staff([])));
  expect(screen.queryByRole('list', { name: 'Messages' })).toBeNull();
  session.show(staff([failing, undelivered]));
  await settle();
  const said = [...screen.getByRole('list', { name: 'Messages' }).children].map((item) => item.textContent);
  expect(said).toEqual([
    expect.stringMatching(
      /^Since \d\d:\d\d( [AP]M)? the record of this session is not reaching “files”\. Keep your own notes\./,
    ),
    'An alert to the duty person could not be delivered by “pager”. Ring the duty line yourself.',
  ]);
  session.show(staff([undelivered]));
  await settle();
  expect(screen.getByRole('list', { name: 'Messages' }).children).toHaveLength(1);
  session.show(staff([]));
  await settle();
  expect(screen.queryByRole('list', { name: 'Messages' })).toBeNull();
});

test('[V7] [WCAG 4.1.3] it is said once, when its turn comes: it never interrupts what must be done', async () => {
  const { screen, session, sounds, settle } = await showSession(new FakeJoinedSession(staff([])));
  const task = aTask({ title: sentence('Ring now'), urgency: 'now' });
  session.show(staff([undelivered], { stage: 'phone', tasks: [task] }));
  await settle();
  expect(screen.getByRole('status').textContent).toContain('Ring the duty line yourself');
  expect(screen.getByRole('alert').textContent).toBe('You need to act: Ring now');
  expect(sounds).toHaveLength(1);
  const spoken = screen.getByRole('status').firstElementChild;
  session.show(staff([undelivered], { stage: 'phone', tasks: [task], explanation: [sentence('A detail')] }));
  await settle();
  expect(screen.getByRole('status').firstElementChild).toBe(spoken);
  expect(sounds).toHaveLength(1);
});
