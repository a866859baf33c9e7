// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../define.js';
import { aTask, aView, sentence } from '../testing/a-view.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { showSession } from '../testing/show-session.js';
import { mayScroll } from './may-scroll.js';

beforeEach(() => void (document.title = 'Appointments'));
afterEach(() => document.body.replaceChildren());

const quiet = (headline: string) => aView({ role: 'practitioner', headline: sentence(headline) });
const pressing = (headline: string) =>
  aView({
    role: 'practitioner',
    stage: 'phone',
    headline: sentence(headline),
    tasks: [aTask({ title: sentence('Ring now'), urgency: 'now' })],
  });
const two = async () =>
  [
    await showSession(new FakeJoinedSession(quiet('First'))),
    await showSession(new FakeJoinedSession(quiet('Second'))),
  ] as const;

describe('two sessions on one page', () => {
  test('[H33] the title is of the one in which somebody must act, whatever is told of the other since', async () => {
    const [first, second] = await two();
    expect(document.title).toContain('First');
    second.session.show(pressing('Contact is lost'));
    expect(document.title).toBe('Act now: Contact is lost');
    first.session.show(quiet('All is well'));
    expect(document.title).toBe('Act now: Contact is lost');
    second.session.show(quiet('Together'));
    expect(document.title).toContain('All is well');
  });

  test('one that is taken off the page has no say in the title any more', async () => {
    const [first, second] = await two();
    second.session.show(pressing('Contact is lost'));
    second.element.remove();
    expect(document.title).toContain('First');
    first.element.session = null;
    await first.settle();
    expect(document.title).toContain('First');
  });

  test('each says its own aloud, in regions of its own', async () => {
    const [first, second] = await two();
    second.session.show(pressing('Contact is lost'));
    await second.settle();
    expect(second.screen.getByRole('alert').textContent).toContain('Ring now');
    expect(first.screen.getByRole('alert').textContent?.trim()).toBe('');
  });

  test('ids of one are not found in the other: each screen is a tree of its own', async () => {
    const [first, second] = await two();
    expect(document.querySelectorAll('#headline')).toHaveLength(0);
    const headlines = [first, second].map(({ root }) => root.querySelectorAll('#headline').length);
    expect(headlines).toEqual([1, 1]);
  });

  test('one that changes does not come into view while somebody is at the other, or writes anywhere', async () => {
    const [first, second] = await two();
    expect(mayScroll(second.element)).toBe(true);
    first.root.querySelector<HTMLElement>('#headline')?.focus();
    expect([mayScroll(first.element), mayScroll(second.element)]).toEqual([true, false]);
    const notes = document.body.appendChild(document.createElement('textarea'));
    notes.focus();
    expect([mayScroll(first.element), mayScroll(second.element)]).toEqual([false, false]);
  });

  test('[P17] a microphone that is off in the other session says so, cannot be pressed, and warns that nobody hears', async () => {
    const { screen, session, settle } = await showSession(
      new FakeJoinedSession(aView({ role: 'practitioner', stage: 'live', showsVideo: true })),
    );
    session.showMedia({ microphone: 'offElsewhere' });
    await settle();
    const description = 'Off in your other session on this page';
    const microphone = screen.getByRole('button', { name: 'Microphone', description });
    expect(microphone.getAttribute('aria-disabled')).toBe('true');
    expect(screen.queryAllByText('Your microphone is off. The other person cannot hear you.')).toHaveLength(
      1,
    );
  });
});
