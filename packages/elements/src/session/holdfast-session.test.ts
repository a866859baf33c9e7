// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/dom';
import type { View } from '@holdfast/session';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../define.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aChoice, aTask, aView, sentence } from '../testing/a-view.js';
import type { HoldfastJoin } from '../join/holdfast-join.js';
import { settled, showSession } from '../testing/show-session.js';
import { stageViews } from '../testing/stage-views.js';
import { REMIND_EVERY_MS } from './attention-keeper.js';
import type { HoldfastSession } from './holdfast-session.js';

beforeEach(() => void (document.title = 'Appointment'));
afterEach(() => document.body.replaceChildren());

const shiftThreeTimes = (target: EventTarget): void => {
  for (let press = 0; press < 3; press += 1) fireEvent.keyDown(target as Element, { key: 'Shift' });
};

describe('every stage', () => {
  test('has a view to look at', () => {
    const stages: Readonly<Record<View['stage'], true>> = {
      setUp: true,
      waiting: true,
      settlingIn: true,
      live: true,
      reconnecting: true,
      phone: true,
      deciding: true,
      exhausted: true,
      closing: true,
      closed: true,
      left: true,
      openElsewhere: true,
      alerted: true,
      review: true,
    };
    const shown = new Set(Object.values(stageViews).map(({ stage }) => stage));
    expect([...shown].toSorted()).toEqual(Object.keys(stages).toSorted());
  });

  test.each(Object.entries(stageViews))(
    '%s: one headline, no button without a name, two live regions',
    async (_name, view) => {
      const { screen } = await showSession(new FakeJoinedSession(view));
      expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
      for (const button of screen.queryAllByRole('button')) expect(button.textContent?.trim()).not.toBe('');
      expect([screen.getAllByRole('status').length, screen.getAllByRole('alert').length]).toEqual([1, 1]);
    },
  );

  test.each(Object.entries(stageViews).filter(([, { role }]) => role === 'client'))(
    '[H23] %s: a client sees no clock and no count',
    async (_name, view) => {
      const late = { ...view, deadlines: [{ id: 'd', atMs: 1, message: sentence('Ringing begins') }] };
      const { root } = await showSession(new FakeJoinedSession(late));
      expect(root.querySelectorAll('time, holdfast-countdown')).toHaveLength(0);
      expect(root.textContent).not.toContain('Ringing begins');
    },
  );

  test.each(Object.entries(stageViews))(
    '[A27] %s: a drill says so, a real session does not',
    async (_name, view) => {
      const banners = async (drill: boolean) => {
        const { screen, element } = await showSession(new FakeJoinedSession({ ...view, drill }));
        const { length } = screen.queryAllByText(/Practice drill/);
        element.remove();
        return length;
      };
      expect([await banners(true), await banners(false)]).toEqual([1, 0]);
    },
  );

  test.each(Object.entries(stageViews).filter(([, { role }]) => role === 'client'))(
    '[K26][V2][C14] %s: in a drill the screen of a client says that no help comes from here, and where it is',
    async (_name, view) => {
      const { screen, element } = await showSession(new FakeJoinedSession({ ...view, drill: true }));
      expect(screen.getAllByText(/no help comes from here.*ring your local emergency number/)).toHaveLength(
        1,
      );
      element.remove();
    },
  );

  test.each(Object.entries(stageViews))(
    '%s: every word of the screen’s own is in the catalogue',
    async (_name, view) => {
      const { root } = await showSession(new FakeJoinedSession(view));
      const labels = [...root.querySelectorAll('[aria-label]')].map((element) =>
        element.getAttribute('aria-label'),
      );
      const all = [root.textContent, ...labels].join(' ');
      expect(
        all.match(/\b(screen|media|task|sent|exit|time|fact|left|elsewhere|announce|title)\.[a-z]\w*/g),
      ).toBeNull();
    },
  );
});

describe('quick exit', () => {
  test('[H12] the button silences the page and leaves through the session at once', async () => {
    const { screen, session, settle, root } = await showSession(
      new FakeJoinedSession(aView({ showsVideo: true })),
    );
    const videos = [...root.querySelectorAll('video')];
    screen.getByRole('button', { name: 'Leave this page quickly' }).click();
    expect(session.done).toEqual(['exit']);
    expect(videos.map(({ muted }) => muted)).toEqual([true, true]);
    await settle();
    expect(screen.queryByRole('heading')).toBeNull();
  });

  test('[H12] Shift three times does the same, anywhere on the page', async () => {
    const { session } = await showSession(new FakeJoinedSession(aView()));
    shiftThreeTimes(document.body);
    expect(session.done).toEqual(['exit']);
  });

  test('[H12] Shift three times does nothing while typing', async () => {
    const input = document.createElement('input');
    const { session } = await showSession(new FakeJoinedSession(aView()));
    document.body.append(input);
    shiftThreeTimes(input);
    expect(session.done).toEqual([]);
  });

  test.each(Object.entries(stageViews))(
    '[H12] %s: it is there for the client and for nobody else',
    async (_name, view) => {
      const { screen } = await showSession(new FakeJoinedSession(view));
      const buttons = screen.queryAllByRole('button', { name: 'Leave this page quickly' });
      expect(buttons).toHaveLength(view.role === 'client' ? 1 : 0);
    },
  );
});

describe('what is said aloud', () => {
  test('[WCAG 4.1.3] a new headline is a status, a task that waits is an alert, once', async () => {
    const { screen, session, settle } = await showSession(
      new FakeJoinedSession(aView({ role: 'practitioner' })),
    );
    const view = aView({
      role: 'practitioner',
      stage: 'phone',
      headline: sentence('Contact is lost'),
      tasks: [aTask({ title: sentence('Ring now'), urgency: 'now' })],
    });
    session.show(view);
    await settle();
    expect(screen.getByRole('status').textContent).toContain('Contact is lost');
    expect(screen.getByRole('alert').textContent).toContain('You need to act: Ring now');
    const spoken = screen.getByRole('alert').firstElementChild;
    session.show({ ...view, explanation: [sentence('A detail changed')] });
    await settle();
    expect(screen.getByRole('alert').firstElementChild).toBe(spoken);
  });

  test('[H33] something that waits for staff rings once and is in the title', async () => {
    const view = aView({
      role: 'practitioner',
      stage: 'phone',
      headline: sentence('Contact is lost'),
      tasks: [aTask({ urgency: 'now' })],
    });
    const { session, settle, sounds } = await showSession(new FakeJoinedSession(view));
    session.show({ ...view, explanation: [sentence('A detail changed')] });
    await settle();
    expect(sounds).toEqual(['phone']);
    expect(document.title).toBe('Act now: Contact is lost');
  });

  test('[A8][H33] while it waits and the page is hidden it rings again; looked at, or settled, it is still', async () => {
    vi.useFakeTimers();
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    try {
      const waits = aView({ role: 'practitioner', stage: 'live', tasks: [aTask({ urgency: 'now' })] });
      const { session, sounds } = await showSession(new FakeJoinedSession(waits));
      const before = sounds.length;
      const rings = (): number => sounds.length - before;
      vi.advanceTimersByTime(REMIND_EVERY_MS * 2);
      expect(rings()).toBe(2);
      visible.mockReturnValue('visible');
      vi.advanceTimersByTime(REMIND_EVERY_MS * 2);
      expect(rings()).toBe(2);
      visible.mockReturnValue('hidden');
      session.show({ ...waits, tasks: [] });
      vi.advanceTimersByTime(REMIND_EVERY_MS * 2);
      expect(rings()).toBe(2);
      session.show({ ...waits, role: 'client' });
      vi.advanceTimersByTime(REMIND_EVERY_MS * 2);
      expect(rings()).toBe(2);
    } finally {
      visible.mockRestore();
      vi.useRealTimers();
    }
  });

  test('[H29] the title of a client’s page is left alone, and nothing rings there', async () => {
    const task = aTask({ urgency: 'now' });
    const { sounds } = await showSession(new FakeJoinedSession(aView({ stage: 'setUp', tasks: [task] })));
    expect(document.title).toBe('Appointment');
    expect(sounds).toEqual([]);
  });

  test('what could not be sent yet is said', async () => {
    const { screen, session, settle } = await showSession(
      new FakeJoinedSession(
        aView({ actions: [aChoice({ id: 'help', label: sentence('I need someone now') })] }),
      ),
    );
    session.result = { outcome: 'queued' };
    screen.getByRole('button', { name: 'I need someone now' }).click();
    await settle();
    expect(screen.getByRole('status').textContent).toContain('Not sent yet');
  });
});

describe('controls', () => {
  test('microphone and camera keep their name; pressed says whether they are on', async () => {
    const { screen, settle } = await showSession(new FakeJoinedSession(aView()));
    const camera = screen.getByRole('button', { name: 'Camera' });
    expect(camera.getAttribute('aria-pressed')).toBe('false');
    camera.click();
    await settle();
    expect(screen.getByRole('button', { name: 'Camera' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('[A06] a camera that is not allowed says what to do, and that one can go on', async () => {
    const { screen, session, settle } = await showSession(new FakeJoinedSession(aView()));
    session.showMedia({ camera: 'denied' });
    await settle();
    const camera = screen.getByRole('button', { name: 'Camera', description: /You can go on without it/ });
    expect(camera.getAttribute('aria-pressed')).toBe('false');
  });

  test('[P13] a microphone that is off because they talk by phone says so, and is no trouble', async () => {
    const { screen, session, settle } = await showSession(new FakeJoinedSession(aView({ showsVideo: true })));
    session.showMedia({ microphone: 'byPhone' });
    await settle();
    const description = 'Off while you talk by phone';
    const microphone = screen.getByRole('button', { name: 'Microphone', description });
    expect(microphone.getAttribute('aria-pressed')).toBe('false');
    expect(microphone.getAttribute('aria-disabled')).toBe('true');
    microphone.click();
    expect(session.media.state.microphone).toBe('byPhone');
    expect(screen.queryByText(/The other person cannot hear you|Press Microphone again/)).toBeNull();
  });

  test.each(['settlingIn', 'live'] as const)(
    '[A03] %s: a microphone that is off is said on the screen',
    async (stage) => {
      const { screen, session, settle } = await showSession(
        new FakeJoinedSession(aView({ stage, showsVideo: true })),
      );
      const said = () =>
        screen.queryAllByText('Your microphone is off. The other person cannot hear you.').length;
      expect(said()).toBe(1);
      session.showMedia({ microphone: 'on' });
      await settle();
      expect(said()).toBe(0);
    },
  );

  test('devices: opens two named lists, Escape closes and gives focus back', async () => {
    const { screen, settle, root } = await showSession(new FakeJoinedSession(aView()));
    const button = screen.getByRole('button', { name: 'Devices and data' });
    button.click();
    await settle();
    const list = screen.getByRole('combobox', { name: 'Microphone in use' });
    list.focus();
    fireEvent.keyDown(list, { key: 'Escape' });
    await settle();
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(root.activeElement).toBe(button);
  });

  test("[A06] the other person's picture, which takes most of the data, can be turned off and on", async () => {
    const { screen, settle } = await showSession(new FakeJoinedSession(aView()));
    screen.getByRole('button', { name: 'Devices and data' }).click();
    await settle();
    screen.getByRole('button', { name: 'Show their picture', pressed: true }).click();
    await settle();
    screen.getByRole('button', { name: 'Show their picture', pressed: false }).click();
    await settle();
    expect(screen.getByRole('button', { name: 'Show their picture', pressed: true })).toBeDefined();
  });

  test('a client leaves with one press, staff are asked first', async () => {
    const client = await showSession(new FakeJoinedSession(aView()));
    client.screen.getByRole('button', { name: 'Leave' }).click();
    expect(client.session.done).toEqual(['leave']);
    client.element.remove();
    const staff = await showSession(new FakeJoinedSession(aView({ role: 'practitioner' })));
    staff.screen.getByRole('button', { name: 'Leave' }).click();
    await staff.settle();
    expect(staff.session.done).toEqual([]);
    staff.screen.getByRole('button', { name: 'Yes, leave' }).click();
    expect(staff.session.done).toEqual(['leave']);
  });

  test('a session that is open elsewhere can be taken back', async () => {
    const { screen, session } = await showSession(new FakeJoinedSession(aView({ stage: 'openElsewhere' })));
    screen.getByRole('button', { name: 'Use this device instead' }).click();
    expect(session.done).toEqual(['takeBack']);
  });
});

describe('the page', () => {
  test('asks before it joins a link, then shows the session and gives focus to its headline', async () => {
    const element = document.createElement('holdfast-session') as HoldfastSession;
    element.link = 'https://host.example/join#token';
    document.body.append(element);
    await settled(element);
    const join = element.shadowRoot?.querySelector('holdfast-join') as HoldfastJoin;
    join.join = async () => new FakeJoinedSession(aView());
    const button = join.shadowRoot?.querySelector('button');
    button?.focus();
    button?.click();
    await settled(join);
    await settled(element);
    expect(element.session?.view.headline.key).toBe('You are in your session');
    expect(element.shadowRoot?.activeElement?.id).toBe('headline');
  });

  test('focus goes to the headline when what had it is gone, and not to the page', async () => {
    const { screen, session, settle, root } = await showSession(
      new FakeJoinedSession(aView({ tasks: [aTask()] })),
    );
    screen.getByRole('button', { name: 'Yes, I agree' }).focus();
    session.show(aView({ tasks: [] }));
    await settle();
    expect(root.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  test('an element that is taken off the page stops listening', async () => {
    const { element, session } = await showSession(new FakeJoinedSession(aView()));
    expect(session.count('view')).toBe(1);
    element.remove();
    expect([session.count('view'), session.count('media'), session.count('refused')]).toEqual([0, 0, 0]);
  });

  test.each([
    ['client', 'closed', 0],
    ['client', 'left', 0],
    ['interpreter', 'left', 0],
    ['client', 'live', 1],
    ['practitioner', 'left', 1],
  ] as const)(
    '[E4] [H29] a page of a %s that goes while %s keeps nothing to show again',
    async (role, stage, sessions) => {
      const headline = sentence('This is what was on the screen');
      const { element, root, settle } = await showSession(
        new FakeJoinedSession(aView({ role, stage, headline })),
      );
      window.dispatchEvent(new Event('pagehide'));
      await settle();
      expect(root.textContent?.includes(headline.key)).toBe(sessions === 1);
      expect(element.session === null).toBe(sessions === 0);
    },
  );

  test('a link of a fact is followed only to a phone or a secure page', async () => {
    const fact = (id: string, href: string) => ({
      id,
      label: sentence(id),
      value: id,
      note: null,
      isCaution: false,
      href,
    });
    const facts = [fact('number', 'tel:+15550100'), fact('odd', 'javascript:alert(1)')];
    const { screen } = await showSession(new FakeJoinedSession(aView({ facts })));
    expect(screen.getAllByRole('link').map((link: HTMLElement) => link.textContent)).toEqual(['number']);
  });
});
