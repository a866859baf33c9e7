// @vitest-environment happy-dom
import { within } from '@testing-library/dom';
import { afterEach, describe, expect, test } from 'vitest';
import type { JoinedSession, JoinOptions } from '@holdfast/session';
import '../define.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aView } from '../testing/a-view.js';
import { settled } from '../testing/show-session.js';
import type { HoldfastJoin, Join } from './holdfast-join.js';

afterEach(() => document.body.replaceChildren());

async function showJoin(join: Join, link = 'https://host.example/join#token') {
  const element = document.createElement('holdfast-join') as HoldfastJoin;
  element.link = link;
  element.join = join;
  document.body.append(element);
  await settled(element);
  return {
    element,
    screen: within(element.shadowRoot as unknown as HTMLElement),
    settle: () => settled(element),
  };
}

describe('join', () => {
  test('[H12] explains quick exit before it can be needed, and redeems nothing by itself', async () => {
    const asked: JoinOptions[] = [];
    const { screen } = await showJoin(async (options) => {
      asked.push(options);
      return new FakeJoinedSession(aView());
    });
    const heading = screen.getByRole('heading', { name: 'If you need to leave in a hurry' });
    expect(heading.nextElementSibling?.textContent).toMatch(/press the Shift key three times/);
    expect(asked).toEqual([]);
  });

  test('the words fit everybody who may open a link: client, practitioner, duty', async () => {
    const { element } = await showJoin(async () => new FakeJoinedSession(aView()));
    const words = element.shadowRoot?.textContent ?? '';
    // A duty person has no video and is let in by nobody; staff have no quick exit.
    expect(words).not.toMatch(/video|let in|your practitioner|client/i);
    expect(words).toMatch(/If this is your own appointment: press “Leave this page quickly”/);
  });

  test('the button redeems the link once and hands the session on', async () => {
    const session = new FakeJoinedSession(aView());
    const asked: string[] = [];
    const { element, screen, settle } = await showJoin(async ({ link }) => {
      asked.push(link);
      return session;
    });
    const joined: JoinedSession[] = [];
    element.addEventListener('holdfast-joined', (event) => void joined.push((event as CustomEvent).detail));
    const button = screen.getByRole('button', { name: 'Join the session' });
    button.click();
    button.click();
    await settle();
    expect([asked, joined]).toEqual([['https://host.example/join#token'], [session]]);
  });

  test('a link that is used up says what to do, in words and aloud', async () => {
    const refused = Object.assign(new Error('refused'), {
      sentence: 'This link has already been used. Ask for a new one.',
    });
    let asked = 0;
    const { screen, settle } = await showJoin(() => {
      asked += 1;
      return Promise.reject(refused);
    });
    screen.getByRole('button', { name: 'Join the session' }).click();
    await settle();
    const said = screen.getAllByText(/This link has already been used\. Ask for a new one\./);
    expect(said.map((place) => place.getAttribute('role'))).toEqual([null, 'alert']);
    // The button is there again, for a link that was only unlucky.
    screen.getByRole('button', { name: 'Join the session' }).click();
    await settle();
    expect(asked).toBe(2);
  });

  test('after a reload, when the token is out of the address, the tab goes on by itself', async () => {
    const asked: string[] = [];
    await showJoin(async ({ link }) => {
      asked.push(link);
      return new FakeJoinedSession(aView());
    }, 'https://host.example/join');
    expect(asked).toEqual(['https://host.example/join']);
  });
});
