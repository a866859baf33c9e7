// @vitest-environment happy-dom
import { fireEvent, within } from '@testing-library/dom';
import type { DeviceCheck, DeviceCheckOptions, MediaState, Preflight } from '@holdfast/session';
import { afterEach, describe, expect, test } from 'vitest';
import '../device-check.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aView } from '../testing/a-view.js';
import { settled } from '../testing/show-session.js';
import { en } from '../words/en.js';
import { checkWords } from './en-check.js';
import type { HoldfastDeviceCheck } from './holdfast-device-check.js';
import { nextSteps } from './next-steps.js';

afterEach(() => document.body.replaceChildren());

const good: Preflight = { browser: 'ok', connection: 'ok', battery: 'ok' };

/** A check that finds what it is told. */
function aCheck(preflight: Preflight = good) {
  const session = new FakeJoinedSession(aView());
  const asked: DeviceCheckOptions[] = [];
  const state = { measured: 0, ended: 0, preflight, isMeasuring: false };
  const open = (options: DeviceCheckOptions): DeviceCheck => {
    session.on('media', () => options.onChange());
    return {
      media: session.media,
      get preflight() {
        return state.preflight;
      },
      get isMeasuring() {
        return state.isMeasuring;
      },
      joining: 'joining-v1',
      drill: true,
      measure: async () => void (state.measured += 1),
      end: () => void (state.ended += 1),
    };
  };
  return {
    asked,
    state,
    check: async (options: DeviceCheckOptions) => {
      asked.push(options);
      return open(options);
    },
  };
}

async function show(check: HoldfastDeviceCheck['check'], link = 'https://host.example/check#token') {
  const element = document.createElement('holdfast-device-check') as HoldfastDeviceCheck;
  element.link = link;
  element.check = check;
  document.body.append(element);
  await settled(element);
  const screen = within(element.shadowRoot as unknown as HTMLElement);
  const press = async (name: string | RegExp) => {
    fireEvent.click(screen.getByRole('button', { name }));
    await settled(element);
    await settled(element);
  };
  return { element, screen, press, steps: () => screen.getByRole('status').textContent ?? '' };
}

describe('the page of a test link', () => {
  test('[N8][A43] it opens nothing by itself, and says that nobody sees or hears them', async () => {
    const { asked, check } = aCheck();
    const { screen, press } = await show(check);
    expect(asked).toEqual([]);
    expect(screen.getByText(/Nobody sees or hears you, and nobody is told/)).toBeTruthy();
    await press('Start the test');
    expect(asked.map(({ link }) => link)).toEqual(['https://host.example/check#token']);
  });

  test('[N8][A43][D07] camera, microphone, speaker and connection; then it says that the device is ready', async () => {
    const { check } = aCheck();
    const { screen, press, steps } = await show(check);
    await press('Start the test');
    expect(steps()).toMatch(/Turn on the camera/);
    await press(/^Camera/);
    await press(/^Microphone/);
    expect(steps()).not.toMatch(/Turn on the camera/);
    await press('Play a sound');
    await press('No');
    expect(steps()).toMatch(/Turn the sound up/);
    await press('Yes, I heard it');
    expect(steps()).toMatch(/Your device is ready/);
    expect(screen.getByText('Your internet is good enough.')).toBeTruthy();
    // How to join, in the words of the version that the policy names.
    expect(screen.getByRole('heading', { name: 'How to join your appointment' })).toBeTruthy();
  });

  test.each([
    [{ browser: 'unsupported' }, /newer Chrome/],
    [{ connection: 'weak' }, /nearer to the router/],
    [{ connection: 'bad' }, /Turn the camera off/],
    [{ battery: 'low' }, /plug your device in/],
  ] as const)('[D07] %j: what to do next, in plain words', async (found, words) => {
    const { check } = aCheck({ ...good, ...found });
    const { press, steps } = await show(check);
    await press('Start the test');
    expect(steps()).toMatch(words);
    expect(steps()).toMatch(/ask the service for a phone call/);
  });

  test('[D07] unsure is an answer: it keeps nobody from being ready, and can be tried again', async () => {
    const { check, state } = aCheck({ ...good, connection: 'unknown' });
    const { screen, press } = await show(check);
    state.isMeasuring = true;
    await press('Start the test');
    expect(screen.getByText(/takes up to three seconds/)).toBeTruthy();
    state.isMeasuring = false;
    await press(/^Camera/);
    expect(screen.getByText(/We cannot tell how good your internet is/)).toBeTruthy();
    await press('Try it again');
    expect(state.measured).toBe(1);
    const media = { camera: 'on', microphone: 'on' } as MediaState;
    const unsure = { preflight: { ...good, connection: 'unknown' } } as DeviceCheck;
    expect(nextSteps(unsure, media, 'yes')).toEqual(['check.next.ready']);
  });

  test('a link that is refused says why and what to do; the button can be pressed again', async () => {
    const sentence = 'This link is no longer valid. Ask for a new one.';
    const { screen, press } = await show(() => Promise.reject(Object.assign(new Error('no'), { sentence })));
    await press('Start the test');
    expect(screen.getByRole('alert').textContent).toContain(sentence);
    expect(screen.getByRole('button', { name: 'Start the test' })).toBeTruthy();
  });

  test('taken off the page it lets go of camera and microphone', async () => {
    const { check, state } = aCheck();
    const { element, press } = await show(check);
    await press('Start the test');
    element.remove();
    expect(state.ended).toBe(1);
  });

  test('[H29][N8] the title of the page is left alone, and no word says what the appointment is about', async () => {
    document.title = 'Appointment';
    const { check } = aCheck();
    const { press } = await show(check);
    await press('Start the test');
    expect(document.title).toBe('Appointment');
    const words = Object.values(checkWords);
    expect(words.filter((text) => /therap|practitioner|client|patient|session|mental/i.test(text))).toEqual(
      [],
    );
    expect(Object.keys(checkWords).filter((key) => Object.hasOwn(en, key))).toEqual([]);
    // As short as the words of the sessions.
    expect(
      words.flatMap((text) => text.split(/[.?!:;]\s/)).filter((part) => part.split(/\s+/).length > 20),
    ).toEqual([]);
  });
});
