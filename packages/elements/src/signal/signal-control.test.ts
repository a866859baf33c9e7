// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/dom';
import { afterEach, describe, expect, test } from 'vitest';
import '../define.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aChoice, aTask, aView, sentence } from '../testing/a-view.js';
import { showSession, type Shown } from '../testing/show-session.js';
import { stageViews } from '../testing/stage-views.js';

afterEach(() => document.body.replaceChildren());

const byKey = (): void => {
  for (let press = 0; press < 3; press += 1) fireEvent.keyDown(document.body, { key: 'Control' });
};
const byTaps = ({ root }: Shown): void => {
  const headline = root.getElementById('headline');
  if (headline === null) throw new TypeError('there is no headline');
  for (let tap = 0; tap < 3; tap += 1) fireEvent.click(headline);
};

/** Everything on the page and around it that another person, or a screen reader, could look at. */
const traces = ({ root, element }: Shown) => ({
  shadow: root.innerHTML,
  light: document.documentElement.outerHTML,
  attributes: element.getAttributeNames().map((name) => [name, element.getAttribute(name)]),
  roles: [...root.querySelectorAll('*')].map((one) => [
    one.tagName,
    one.getAttribute('role'),
    one.getAttribute('tabindex'),
    one.getAttributeNames().filter((name) => name.startsWith('aria-')),
  ]),
  said: [...root.querySelectorAll('[aria-live]')].map((region) => region.textContent),
  focus: [document.activeElement, root.activeElement],
  title: document.title,
  address: location.href,
  history: history.length,
  storage: [localStorage, sessionStorage].map((kept) => JSON.stringify(Object.entries(kept))),
  cookies: document.cookie,
});

describe('[Q3][C16][H16] the client’s signal', () => {
  const clients = Object.entries(stageViews).filter(([, { role }]) => role === 'client');
  test.each(clients)('%s: by key and by tap, and nothing on the page tells of it', async (_name, view) => {
    const session = new FakeJoinedSession(view);
    const shown = await showSession(session);
    const before = traces(shown);
    byKey();
    byTaps(shown);
    await shown.settle();
    expect(session.done).toEqual(['signalDiscreetly', 'signalDiscreetly']);
    expect(traces(shown)).toEqual(before);
    expect(session.sent).toEqual([]);
    expect(shown.sounds).toEqual([]);
  });

  test('presses keep their own effect: none is prevented', async () => {
    await showSession(new FakeJoinedSession(aView()));
    const results = [1, 2, 3].map(() => fireEvent.keyDown(document.body, { key: 'Control' }));
    expect(results).toEqual([true, true, true]);
  });

  test('a key that is held down, or staff who press it, signal nothing', async () => {
    const held = new FakeJoinedSession(aView());
    await showSession(held);
    for (let press = 0; press < 3; press += 1)
      fireEvent.keyDown(document.body, { key: 'Control', repeat: true });
    expect(held.done).toEqual([]);
    document.body.replaceChildren();
    const staff = new FakeJoinedSession(aView({ role: 'practitioner' }));
    await showSession(staff);
    byKey();
    expect(staff.done).toEqual([]);
  });
});

test('[Q12][H16] the practitioner’s cue is on the screen: no sound, and no screen reader says it', async () => {
  const session = new FakeJoinedSession(aView({ role: 'practitioner' }));
  const shown = await showSession(session);
  const said = () => [...shown.root.querySelectorAll('[aria-live]')].map((region) => region.textContent);
  const before = said();
  const cue = aTask({
    id: 'signal',
    title: sentence('Signal'),
    choices: [aChoice()],
    urgency: 'now',
    dueAtMs: 1,
    isQuiet: true,
  });
  const notice = {
    id: 'alert.d1',
    level: 'status',
    message: sentence('D1 was told'),
    isQuiet: true,
  } as const;
  session.show({ ...session.view, tasks: [cue], notices: [notice] });
  await shown.settle();
  expect(shown.screen.getByRole('heading', { name: 'Signal' })).toBeTruthy();
  expect(shown.sounds).toEqual([]);
  expect(said()).toEqual(before);
  const loud = aTask({ id: 'help', title: sentence('Help'), urgency: 'now', dueAtMs: 1 });
  session.show({ ...session.view, tasks: [cue, loud] });
  await shown.settle();
  expect([shown.sounds, said().join(' ')]).toEqual([['live'], expect.stringContaining('Help')]);
  expect(said().join(' ')).not.toContain('Signal');
});
